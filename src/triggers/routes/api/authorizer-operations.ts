import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../../ports/service-api.ts";
import { parseMappedValue } from "../../../eventing/request-mapping/mapped-value.ts";
import { awsOperation } from "../../api/aws-operation.ts";
import { passingRole } from "../../api/pass-role.ts";
import type { HttpAuthorizerRecord } from "../api-record.ts";
import { functionOfUri, isFunctionArn } from "../function-uri.ts";
import {
  gatewayAccess,
  type GatewayContext,
  newId,
  notFound,
  refusingMappings,
} from "./gateway-context.ts";

const apiId = { type: "string", required: true } as const;
const authorizerId = { type: "string", required: true } as const;
const texts = { type: "list", of: { type: "string" } } as const;

const given = {
  identitySource: texts,
  jwtConfiguration: {
    type: "structure",
    shape: "JWTConfiguration",
    members: { audience: texts, issuer: { type: "string" } },
  },
  authorizerUri: { type: "string", max: 2048 },
  authorizerCredentialsArn: { type: "string" },
  authorizerPayloadFormatVersion: { type: "string", enum: ["1.0", "2.0"] },
  enableSimpleResponses: { type: "boolean" },
  authorizerResultTtlInSeconds: { type: "integer", min: 0, max: 3600 },
} as const;

const types = ["JWT", "REQUEST"] as const;

/** Who may ask the routes of HTTP APIs. */
export function authorizerOperations(context: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const all = "/v2/apis/{apiId}/authorizers";
  const path = (api: string, id = ""): string =>
    `/apis/${api}/authorizers${id === "" ? "" : `/${id}`}`;

  async function put(
    api: string,
    id: string,
    change: (before: HttpAuthorizerRecord | undefined) => HttpAuthorizerRecord,
  ): Promise<ServiceMembers> {
    let made: HttpAuthorizerRecord | undefined;
    await refusingMappings(() =>
      desk.change(api, (before) => {
        made = change(before.authorizers?.[id]);
        checkAuthorizer(made);
        return { ...before, authorizers: { ...before.authorizers, [id]: made } };
      }),
    );
    return made === undefined ? notFound("Authorizer", id) : shown(id, made);
  }

  return {
    CreateAuthorizer: awsOperation({
      http: { method: "POST", path: all, status: 201 },
      input: {
        apiId,
        name: { type: "string", required: true, max: 128 },
        authorizerType: { type: "string", required: true, enum: types },
        ...given,
      },
      access: ({ apiId: api, authorizerCredentialsArn: role }, call) => [
        gatewayAccess("POST", path(api), call),
        ...passingRole(role, "apigateway.amazonaws.com"),
      ],
      perform: ({ apiId: api, identitySource = [], ...members }) =>
        put(api, newId(context, 6), () => ({ ...members, identitySource })),
    }),
    GetAuthorizer: awsOperation({
      http: { method: "GET", path: `${all}/{authorizerId}` },
      input: { apiId, authorizerId },
      access: ({ apiId: api, authorizerId: id }, call) => [
        gatewayAccess("GET", path(api, id), call),
      ],
      async perform({ apiId: api, authorizerId: id }) {
        const { authorizers = {} } = await desk.api(api);
        return shown(id, authorizers[id] ?? notFound("Authorizer", id));
      },
    }),
    GetAuthorizers: awsOperation({
      http: { method: "GET", path: all },
      input: { apiId },
      access: ({ apiId: api }, call) => [gatewayAccess("GET", path(api), call)],
      perform: async ({ apiId: api }) => ({
        items: Object.entries((await desk.api(api)).authorizers ?? {}).map(([id, each]) =>
          shown(id, each),
        ),
      }),
    }),
    UpdateAuthorizer: awsOperation({
      http: { method: "PATCH", path: `${all}/{authorizerId}` },
      input: {
        apiId,
        authorizerId,
        name: { type: "string", max: 128 },
        authorizerType: { type: "string", enum: types },
        ...given,
      },
      access: ({ apiId: api, authorizerId: id, authorizerCredentialsArn: role }, call) => [
        gatewayAccess("PATCH", path(api, id), call),
        ...passingRole(role, "apigateway.amazonaws.com"),
      ],
      perform: ({ apiId: api, authorizerId: id, ...members }) =>
        put(api, id, (before) => ({ ...(before ?? notFound("Authorizer", id)), ...members })),
    }),
    DeleteAuthorizer: awsOperation({
      http: { method: "DELETE", path: `${all}/{authorizerId}`, status: 204 },
      input: { apiId, authorizerId },
      access: ({ apiId: api, authorizerId: id }, call) => [
        gatewayAccess("DELETE", path(api, id), call),
      ],
      async perform({ apiId: api, authorizerId: id }) {
        await desk.change(api, (before) => {
          const { [id]: removed, ...authorizers } = before.authorizers ?? {};
          if (removed === undefined) notFound("Authorizer", id);
          if (Object.values(before.routes).some((route) => route.authorizerId === id)) {
            throw new ServiceError(
              "ConflictException",
              `Cannot delete authorizer '${id}', is referenced in a route`,
              409,
            );
          }
          return { ...before, authorizers };
        });
        return {};
      },
    }),
  };
}

/** Throws API Gateway's error for an authorizer that nobody could pass, or everybody. */
export function checkAuthorizer({
  authorizerType,
  identitySource,
  jwtConfiguration,
  authorizerUri = "",
}: HttpAuthorizerRecord): void {
  for (const each of identitySource) parseMappedValue(each, "request");
  if (authorizerType === "REQUEST") {
    if (isFunctionArn(functionOfUri(authorizerUri))) return;
    throw new ServiceError("BadRequestException", `Invalid AuthorizerUri: ${authorizerUri}`);
  }
  const { issuer, audience = [] } = jwtConfiguration ?? {};
  if (issuer === undefined || audience.length === 0 || identitySource.length !== 1) {
    throw new ServiceError(
      "BadRequestException",
      "JWT authorizers need one identitySource, and a jwtConfiguration with an issuer and an audience",
    );
  }
}

function shown(id: string, record: HttpAuthorizerRecord): ServiceMembers {
  const { jwtConfiguration, ...rest } = record;
  return {
    authorizerId: id,
    ...rest,
    jwtConfiguration: jwtConfiguration && { ...jwtConfiguration },
  };
}
