import type { ServiceApi } from "../../../ports/service-api.ts";
import { apiOperations } from "./api-operations.ts";
import { authorizerOperations } from "./authorizer-operations.ts";
import type { RestContext } from "../rest/api/rest-context.ts";
import { restOperations } from "../rest/api/rest-operations.ts";
import { changingTags } from "./change-tags.ts";
import { deploymentOperations } from "./deployment-operations.ts";
import type { GatewayContext } from "./gateway-context.ts";
import { integrationOperations } from "./integration-operations.ts";
import { routeOperations } from "./route-operations.ts";
import { stageOperations } from "./stage-operations.ts";
import { tagOperations } from "./tag-operations.ts";

/** API Gateway: its HTTP APIs, which are version 2 of its API, and its REST APIs. */
export function apiGatewayApi(context: GatewayContext, rest: RestContext): ServiceApi {
  return {
    signingName: "apigateway",
    protocol: { type: "rest-json" },
    operations: {
      ...apiOperations(context),
      ...authorizerOperations(context),
      ...integrationOperations(context),
      ...routeOperations(context),
      ...stageOperations(context),
      ...deploymentOperations(context),
      ...tagOperations(
        { path: "/v2/tags/{resourceArn}", tag: { method: "POST", status: 201 } },
        changingTags(context),
      ),
      ...restOperations(rest),
    },
  };
}
