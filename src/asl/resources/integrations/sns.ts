import type { IntegrationActions } from "../integration-action.ts";
import { callback } from "../patterns.ts";

export const sns = {
  publish: {
    patterns: callback,
    parameters: {
      TopicArn: "text",
      TargetArn: "text",
      PhoneNumber: "text",
      Message: "json!",
      MessageAttributes: "object",
      MessageDeduplicationId: "text",
      MessageGroupId: "text",
      MessageStructure: "text",
      Subject: "text",
    },
  },
} as const satisfies IntegrationActions;
