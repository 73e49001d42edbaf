import { awsOperation } from "../../api/aws-operation.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../../ports/service-api.ts";
import { type ApiRecord, routeAuthorizations, type RouteRecord } from "../api-record.ts";
import {
  gatewayAccess,
  type GatewayContext,
  newId,
  notFound,
  refusingMappings,
} from "./gateway-context.ts";

const apiId = { type: "string", required: true } as const;
const routeId = { type: "string", required: true } as const;

const given = {
  target: { type: "string", max: 128 },
  operationName: { type: "string", max: 64 },
  authorizationType: { type: "string", enum: routeAuthorizations },
  authorizerId: { type: "string", max: 64 },
  authorizationScopes: { type: "list", of: { type: "string", max: 64 }, max: 10 },
} as const;

export function routeOperations(context: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const path = (api: string, id = ""): string => `/apis/${api}/routes${id === "" ? "" : `/${id}`}`;

  async function put(
    api: string,
    id: string,
    change: (before: RouteRecord | undefined) => RouteRecord,
  ): Promise<ServiceMembers> {
    let made: RouteRecord | undefined;
    await refusingMappings(() =>
      desk.change(api, (before) => {
        made = change(before.routes[id]);
        checkRoute(before, id, made);
        return { ...before, routes: { ...before.routes, [id]: made } };
      }),
    );
    return made === undefined ? notFound("Route", id) : shown(id, made);
  }

  return {
    CreateRoute: awsOperation({
      http: { method: "POST", path: "/v2/apis/{apiId}/routes", status: 201 },
      input: { apiId, routeKey: { type: "string", required: true, max: 1024 }, ...given },
      access: ({ apiId: api }, call) => [gatewayAccess("POST", path(api), call)],
      perform: ({ apiId: api, ...members }) =>
        put(api, newId(context, 7), () => changed({ routeKey: members.routeKey }, members)),
    }),
    GetRoute: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/routes/{routeId}" },
      input: { apiId, routeId },
      access: ({ apiId: api, routeId: id }, call) => [gatewayAccess("GET", path(api, id), call)],
      async perform({ apiId: api, routeId: id }) {
        const { routes } = await desk.api(api);
        return shown(id, routes[id] ?? notFound("Route", id));
      },
    }),
    GetRoutes: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/routes" },
      input: { apiId },
      access: ({ apiId: api }, call) => [gatewayAccess("GET", path(api), call)],
      perform: async ({ apiId: api }) => ({
        items: Object.entries((await desk.api(api)).routes).map(([id, each]) => shown(id, each)),
      }),
    }),
    UpdateRoute: awsOperation({
      http: { method: "PATCH", path: "/v2/apis/{apiId}/routes/{routeId}" },
      input: { apiId, routeId, routeKey: { type: "string", max: 1024 }, ...given },
      access: ({ apiId: api, routeId: id }, call) => [gatewayAccess("PATCH", path(api, id), call)],
      perform: ({ apiId: api, routeId: id, ...members }) =>
        put(api, id, (before) => changed(before ?? notFound("Route", id), members)),
    }),
    DeleteRoute: awsOperation({
      http: { method: "DELETE", path: "/v2/apis/{apiId}/routes/{routeId}", status: 204 },
      input: { apiId, routeId },
      access: ({ apiId: api, routeId: id }, call) => [gatewayAccess("DELETE", path(api, id), call)],
      async perform({ apiId: api, routeId: id }) {
        await desk.change(api, (before) => {
          const { [id]: removed, ...routes } = before.routes;
          return removed === undefined ? notFound("Route", id) : { ...before, routes };
        });
        return {};
      },
    }),
  };
}

function changed(
  before: RouteRecord,
  {
    routeKey = before.routeKey,
    target,
    operationName = before.operationName,
    authorizationType = before.authorizationType,
    authorizerId = before.authorizerId,
    authorizationScopes = before.authorizationScopes,
  }: Partial<RouteRecord> & { readonly target?: string },
): RouteRecord {
  const integrationId =
    target === undefined ? before.integrationId : /^integrations\/(\w+)$/.exec(target)?.[1];
  if (target !== undefined && integrationId === undefined) {
    throw new ServiceError("BadRequestException", `Invalid target ${target}: integrations/ID`);
  }
  return {
    routeKey,
    ...(integrationId !== undefined && { integrationId }),
    ...(operationName !== undefined && { operationName }),
    ...(authorizationType !== undefined && { authorizationType }),
    ...(authorizerId !== undefined && { authorizerId }),
    ...(authorizationScopes !== undefined && { authorizationScopes }),
  };
}

function checkRoute(
  { routes, integrations, authorizers = {} }: ApiRecord,
  id: string,
  { routeKey, integrationId, authorizationType = "NONE", authorizerId = "" }: RouteRecord,
): void {
  const isTaken = Object.entries(routes).some(
    ([other, route]) => other !== id && route.routeKey === routeKey,
  );
  if (isTaken) {
    const message = `Route with key ${routeKey} already exists for this API`;
    throw new ServiceError("ConflictException", message, 409);
  }
  if (integrationId !== undefined && integrations[integrationId] === undefined) {
    notFound("Integration", integrationId);
  }
  // A route that is to be closed must not be open.
  const wanted = { JWT: "JWT", CUSTOM: "REQUEST", NONE: undefined, AWS_IAM: undefined };
  const type = wanted[authorizationType];
  if (type !== undefined && authorizers[authorizerId]?.authorizerType !== type) {
    throw new ServiceError(
      "BadRequestException",
      `Invalid authorizer: the authorizationType ${authorizationType} needs an authorizerId of an authorizer of the type ${type}`,
    );
  }
}

function shown(
  id: string,
  { routeKey, integrationId, operationName, ...authorization }: RouteRecord,
): ServiceMembers {
  return {
    routeId: id,
    routeKey,
    target: integrationId === undefined ? undefined : `integrations/${integrationId}`,
    operationName,
    apiKeyRequired: false,
    authorizationType: "NONE",
    ...authorization,
  };
}
