import type { IntegrationActions } from "../integration-action.ts";
import { callback } from "../patterns.ts";

export const apigateway = {
  invoke: {
    patterns: callback,
    parameters: {
      ApiEndpoint: "string!",
      Method: "string!",
      Headers: "object",
      Stage: "string",
      Path: "string",
      QueryParameters: "object",
      RequestBody: "json",
      AllowNullValues: "boolean",
      AuthType: "string",
    },
  },
} as const satisfies IntegrationActions;
