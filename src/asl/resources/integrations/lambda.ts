import type { IntegrationActions } from "../integration-action.ts";
import { callback } from "../patterns.ts";

export const lambda = {
  invoke: {
    patterns: callback,
    parameters: {
      FunctionName: "string!",
      Payload: "json",
      Qualifier: "string",
      InvocationType: "string",
      ClientContext: "json",
      LogType: "string",
    },
  },
} as const satisfies IntegrationActions;
