import type { IntegrationActions } from "../integration-action.ts";
import { callback } from "../patterns.ts";

export const sqs = {
  sendMessage: {
    patterns: callback,
    parameters: {
      QueueUrl: "text!",
      MessageBody: "json!",
      DelaySeconds: "number",
      MessageAttributes: "object",
      MessageSystemAttributes: "object",
      MessageDeduplicationId: "text",
      MessageGroupId: "text",
    },
  },
} as const satisfies IntegrationActions;
