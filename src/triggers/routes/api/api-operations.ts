import { awsOperation } from "../../api/aws-operation.ts";
import type { ServiceMembers, ServiceOperation } from "../../../ports/service-api.ts";
import { ServiceError } from "../../../ports/service-api.ts";
import type { ApiRecord } from "../api-record.ts";
import { gatewayAccess, type GatewayContext, newId, refusingMappings } from "./gateway-context.ts";
import { importedApi, passedRoles } from "./import-api.ts";

const texts = { type: "list", of: { type: "string" } } as const;

const corsConfiguration = {
  type: "structure",
  shape: "Cors",
  members: {
    allowOrigins: texts,
    allowMethods: texts,
    allowHeaders: texts,
    exposeHeaders: texts,
    allowCredentials: { type: "boolean" },
    maxAge: { type: "integer", min: -1, max: 86_400 },
  },
} as const;

const described = {
  description: { type: "string", max: 1024 },
  version: { type: "string", max: 64 },
  disableExecuteApiEndpoint: { type: "boolean" },
  corsConfiguration,
} as const;

const apiId = { type: "string", required: true } as const;

export function apiOperations(context: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, clock, publicUrl } = context;

  const shown = (api: ApiRecord): ServiceMembers => ({
    apiId: api.apiId,
    name: api.name,
    description: api.description,
    version: api.version,
    protocolType: "HTTP",
    apiEndpoint: `${publicUrl}/api/${api.apiId}`,
    corsConfiguration: api.corsConfiguration && { ...api.corsConfiguration },
    createdDate: new Date(api.createdAt).toISOString(),
    routeSelectionExpression: "$request.method $request.path",
    apiKeySelectionExpression: "$request.header.x-api-key",
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint ?? false,
    ipAddressType: "ipv4",
    tags: api.tags,
  });

  return {
    CreateApi: awsOperation({
      http: { method: "POST", path: "/v2/apis", status: 201 },
      input: {
        name: { type: "string", required: true, min: 1, max: 128 },
        protocolType: { type: "string", required: true },
        ...described,
        tags: { type: "map", of: { type: "string", max: 256 }, max: 50 },
      },
      access: (_, call) => [gatewayAccess("POST", "/apis", call)],
      async perform({ name, protocolType, tags = {}, ...given }) {
        if (protocolType !== "HTTP") {
          throw new ServiceError(
            "BadRequestException",
            "Stepwell has HTTP APIs only: protocolType HTTP",
          );
        }
        const record: ApiRecord = {
          apiId: newId(context, 10),
          name,
          ...given,
          tags,
          createdAt: clock.now(),
          routes: {},
          integrations: {},
          stages: {},
        };
        await desk.create(record);
        return shown(record);
      },
    }),
    ImportApi: awsOperation({
      http: { method: "PUT", path: "/v2/apis", status: 201 },
      input: { body: { type: "string", required: true } },
      access: ({ body }, call) => [gatewayAccess("PUT", "/apis", call), ...passedRoles(body)],
      async perform({ body }) {
        const apiId = newId(context, 10);
        const createdAt = clock.now();
        const before = { apiId, name: "API", tags: {}, createdAt, stages: {} };
        const record = await refusingMappings(async () => importedApi(body, before, context));
        await desk.create(record);
        return shown(record);
      },
    }),
    ReimportApi: awsOperation({
      http: { method: "PUT", path: "/v2/apis/{apiId}", status: 201 },
      input: { apiId, body: { type: "string", required: true } },
      access: ({ apiId: id, body }, call) => [
        gatewayAccess("PUT", `/apis/${id}`, call),
        ...passedRoles(body),
      ],
      async perform({ apiId: id, body }) {
        await refusingMappings(() =>
          desk.change(id, (before) => importedApi(body, before, context)),
        );
        return shown(await desk.api(id));
      },
    }),
    GetApi: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}" },
      input: { apiId },
      access: ({ apiId: id }, call) => [gatewayAccess("GET", `/apis/${id}`, call)],
      perform: async ({ apiId: id }) => shown(await desk.api(id)),
    }),
    GetApis: awsOperation({
      http: { method: "GET", path: "/v2/apis" },
      input: {},
      access: (_, call) => [gatewayAccess("GET", "/apis", call)],
      perform: async () => ({ items: (await desk.all()).map(shown) }),
    }),
    UpdateApi: awsOperation({
      http: { method: "PATCH", path: "/v2/apis/{apiId}" },
      input: { apiId, name: { type: "string", min: 1, max: 128 }, ...described },
      access: ({ apiId: id }, call) => [gatewayAccess("PATCH", `/apis/${id}`, call)],
      async perform({ apiId: id, ...changes }) {
        await refusingMappings(() => desk.change(id, (before) => ({ ...before, ...changes })));
        return shown(await desk.api(id));
      },
    }),
    DeleteApi: awsOperation({
      http: { method: "DELETE", path: "/v2/apis/{apiId}", status: 204 },
      input: { apiId },
      access: ({ apiId: id }, call) => [gatewayAccess("DELETE", `/apis/${id}`, call)],
      async perform({ apiId: id }) {
        await desk.change(id, () => undefined);
        return {};
      },
    }),
    DeleteCorsConfiguration: awsOperation({
      http: { method: "DELETE", path: "/v2/apis/{apiId}/cors", status: 204 },
      input: { apiId },
      access: ({ apiId: id }, call) => [gatewayAccess("DELETE", `/apis/${id}/cors`, call)],
      async perform({ apiId: id }) {
        await desk.change(id, (before) => {
          const { corsConfiguration: _, ...rest } = before;
          return rest;
        });
        return {};
      },
    }),
  };
}
