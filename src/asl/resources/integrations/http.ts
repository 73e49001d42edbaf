import type { IntegrationActions } from "../integration-action.ts";
import { request } from "../patterns.ts";

/**
 * *Documented*: the connection is in one of `InvocationConfig` and, as it once was, `Authentication`; the pattern of its ARN is the EventBridge API's. *Our
 * choice*: the id at its end may be left out.
 */
export const http = {
  invoke: {
    patterns: request,
    parameters: {
      ApiEndpoint: "string!",
      Method: "string!",
      Authentication: "object",
      InvocationConfig: "object",
      Headers: "object",
      QueryParameters: "json",
      RequestBody: "json",
      Transform: "object",
    },
    atLeastOne: ["InvocationConfig", "Authentication"],
    arns: {
      ConnectionArn:
        /^arn:[^:]+:events:[^:]*:[^:]*:connection\/[._A-Za-z0-9-]+(?:\/[A-Za-z0-9-]+)?$/,
    },
  },
} as const satisfies IntegrationActions;
