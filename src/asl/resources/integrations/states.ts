import type { IntegrationActions } from "../integration-action.ts";

export const states = {
  startExecution: {
    patterns: ["requestResponse", "sync", "sync:2", "waitForTaskToken"],
    parameters: {
      StateMachineArn: "string!",
      Input: "json",
      Name: "string",
      TraceHeader: "string",
    },
  },
} as const satisfies IntegrationActions;
