import { isJsonArray, isJsonObject, ownMember } from "../../expression/json.ts";
import type { athena as actions } from "../../asl/resources/integrations/athena.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { PermissionResource } from "../described/permission.ts";
import { statusAt } from "../jobs/status-at.ts";

const workGroup: PermissionResource = {
  parameters: ["WorkGroup"],
  as: "name",
  arn: "arn:{partition}:athena:{region}:{account}:workgroup/{name}",
  otherwise: "primary",
};

/**
 * `arn:aws:states:::athena:startQueryExecution`, also with `.sync`, and the actions that look at a query or stop it.
 *
 * *Documented*: the result of `.sync` has the shape of GetQueryExecution, and its statuses are those of
 * QueryExecutionStatus. A query that Athena repeats by itself goes from FAILED back to QUEUED; like AWS's integration we
 * believe the first FAILED.
 */
export const athena: ServiceDescription<keyof typeof actions> = {
  service: "athena",
  calls: { client: "athena" },
  wording: {
    sdk: 1,
    errorPrefix: "Athena",
    serviceName: "AmazonAthena",
    baseException: "AmazonAthenaException",
    headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  },
  actions: {
    startQueryExecution: {
      permission: { action: "athena:StartQueryExecution", resource: workGroup },
      job: {
        ends: "by look",
        idempotencyKey: "ClientRequestToken",
        key: { QueryExecutionId: "submission.QueryExecutionId" },
        look: { operation: "getQueryExecution", permission: "athena:GetQueryExecution" },
        lookAtMany: {
          operation: "batchGetQueryExecution",
          permission: "athena:BatchGetQueryExecution",
          // Documented: BatchGetQueryExecution.
          most: 50,
          parameters: (keys) => ({
            QueryExecutionIds: keys.map((key) => key["QueryExecutionId"] ?? null),
          }),
          described: (answer, key) => {
            const found = ownMember(answer, "QueryExecutions");
            const query = (isJsonArray(found) ? found : []).find(
              (one) =>
                isJsonObject(one) && ownMember(one, "QueryExecutionId") === key["QueryExecutionId"],
            );
            return query === undefined ? undefined : { QueryExecution: query };
          },
        },
        status: statusAt("QueryExecution.Status.State", {
          succeeded: ["SUCCEEDED"],
          failed: ["FAILED", "CANCELLED"],
        }),
        cancel: { operation: "stopQueryExecution", permission: "athena:StopQueryExecution" },
      },
    },
    stopQueryExecution: { permission: { action: "athena:StopQueryExecution" } },
    getQueryExecution: { permission: { action: "athena:GetQueryExecution" } },
    getQueryResults: { permission: { action: "athena:GetQueryResults" } },
  },
};
