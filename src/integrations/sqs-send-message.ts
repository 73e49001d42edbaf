import type { TaskHandler } from "../ports/task-handler.ts";
import { callOptimized, type OptimizedIntegration } from "./aws/optimized-call.ts";
import { type ParameterTable, parameterProblems } from "./aws/parameter-table.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { parametersRefusal } from "./invalid-parameters.ts";

const table: ParameterTable = {
  QueueUrl: "text!",
  MessageBody: "json!",
  DelaySeconds: "number",
  MessageAttributes: "object",
  MessageSystemAttributes: "object",
  MessageDeduplicationId: "text",
  MessageGroupId: "text",
};

const sqs: OptimizedIntegration = {
  service: "sqs",
  errorPrefix: "SQS",
  serviceName: "AmazonSQS",
  baseException: "AmazonSQSException",
  headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  documents: ["MessageBody"],
  // Observed for MessageBody.
  refuseNulls: (members) => ({
    message: `The request must contain the parameter ${members[0]}.`,
    code: "MissingParameter",
  }),
};

/**
 * `arn:aws:states:::sqs:sendMessage`, also with `.waitForTaskToken`. The body may be any JSON. *Observed*: the host of the
 * queue's URL is called.
 */
export function sqsSendMessage(clients: SdkClients, options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "sqs" &&
      resource.action === "sendMessage",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, parameterProblems(table, parameters.value)),
    run: (request, control) => callOptimized(sqs, table, request, control, { clients, options }),
  };
}
