import type { ServiceApi } from "../../../ports/service-api.ts";
import { apiOperations } from "./api-operations.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { integrationOperations } from "./integration-operations.ts";
import { routeOperations } from "./route-operations.ts";
import { stageOperations } from "./stage-operations.ts";

/** API Gateway as far as its HTTP APIs go: version 2 of its API. */
export function apiGatewayApi(context: GatewayContext): ServiceApi {
  return {
    signingName: "apigateway",
    protocol: { type: "rest-json" },
    operations: {
      ...apiOperations(context),
      ...integrationOperations(context),
      ...routeOperations(context),
      ...stageOperations(context),
    },
  };
}
