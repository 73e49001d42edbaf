import type { TaskHandler } from "../ports/task-handler.ts";
import { callOptimized, type OptimizedIntegration } from "./aws/optimized-call.ts";
import { type ParameterTable, parameterProblems } from "./aws/parameter-table.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { parametersRefusal } from "./invalid-parameters.ts";

const table: ParameterTable = {
  TopicArn: "text",
  TargetArn: "text",
  PhoneNumber: "text",
  Message: "json!",
  MessageAttributes: "object",
  MessageDeduplicationId: "text",
  MessageGroupId: "text",
  MessageStructure: "text",
  Subject: "text",
};

const sns: OptimizedIntegration = {
  service: "sns",
  errorPrefix: "SNS",
  serviceName: "AmazonSNS",
  baseException: "AmazonSNSException",
  headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  documents: ["Message"],
};

/** `arn:aws:states:::sns:publish`, also with `.waitForTaskToken`. The message may be any JSON. */
export function snsPublish(clients: SdkClients, options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "sns" &&
      resource.action === "publish",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, parameterProblems(table, parameters.value)),
    run: (request, control) => callOptimized(sns, table, request, control, { clients, options }),
  };
}
