import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { batch as actions } from "../../asl/resources/integrations/batch.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { isJob } from "../described/described-action.ts";
import type { ServiceDescription } from "../described/description.ts";
import { memberAt } from "../jobs/member-at.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

/**
 * `arn:aws:states:::batch:submitJob`, also with `.sync` and `.waitForTaskToken`.
 *
 * *Observed*, by others: the result of `.sync` is the job alone, as DescribeJobs describes it. *Documented*: no policy can
 * name the jobs that are submitted.
 */
export const batch: ServiceDescription<keyof typeof actions> = {
  service: "batch",
  calls: { client: "batch" },
  wording: oldWording("Batch", "AWSBatch", "rest"),
  actions: {
    submitJob: {
      permission: { action: "batch:SubmitJob" },
      complete: withMark,
      job: {
        ends: "by look",
        key: { JobId: "submission.JobId" },
        look: {
          operation: "describeJobs",
          permission: "batch:DescribeJobs",
          parameters: ({ JobId = null }) => ({ Jobs: [JobId] }),
        },
        lookAtMany: {
          operation: "describeJobs",
          permission: "batch:DescribeJobs",
          // Documented: DescribeJobs.
          most: 100,
          parameters: (keys) => ({ Jobs: keys.map(({ JobId = null }) => JobId) }),
          described: (answer, { JobId }) => {
            const found = ownMember(answer, "Jobs");
            const one = (isJsonArray(found) ? found : []).find(
              (each) => isJsonObject(each) && ownMember(each, "JobId") === JobId,
            );
            return one === undefined ? undefined : { Jobs: [one] };
          },
        },
        status: statusAt("Jobs.0.Status", {
          succeeded: ["SUCCEEDED"],
          failed: ["FAILED"],
          otherwise: "missing",
        }),
        result: (described) => {
          const found = memberAt(described, "Jobs.0");
          return found !== undefined && isJsonObject(found) ? found : described;
        },
        cancel: {
          operation: "terminateJob",
          permission: "batch:TerminateJob",
          parameters: ({ JobId = null }) => ({ JobId, Reason: "Aborted by Step Functions" }),
        },
      },
    },
  },
};

/** What a job's containers see that Step Functions waits for. *Observed*, by others. */
const mark: JsonObject = { Name: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" };

/** Our choice: not to jobs whose overrides are of another kind, which Batch then refuses. */
function withMark(parameters: JsonObject, { resource }: TaskRequest): JsonObject {
  const others = ["NodeOverrides", "EksPropertiesOverride", "EcsPropertiesOverride"];
  if (!isJob(resource) || others.some((name) => isGiven(ownMember(parameters, name)))) {
    return parameters;
  }
  const overrides = ownMember(parameters, "ContainerOverrides") ?? {};
  if (!isJsonObject(overrides)) return parameters;
  const environment = ownMember(overrides, "Environment") ?? [];
  if (!isJsonArray(environment)) return parameters;
  return {
    ...parameters,
    ContainerOverrides: { ...overrides, Environment: [...environment, mark] },
  };
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}
