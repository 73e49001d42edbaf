import { awsOperation } from "../../api/aws-operation.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../../ports/service-api.ts";
import type { StageRecord } from "../api-record.ts";
import { gatewayAccess, type GatewayContext, notFound } from "./gateway-context.ts";

const apiId = { type: "string", required: true } as const;
const stageName = {
  type: "string",
  required: true,
  min: 1,
  max: 128,
  pattern: /^(?:\$default|[\w-]+)$/,
} as const;

const routeSettings = {
  type: "structure",
  shape: "RouteSettings",
  members: {
    throttlingBurstLimit: { type: "integer", min: 0 },
    throttlingRateLimit: { type: "float", min: 0 },
    detailedMetricsEnabled: { type: "boolean" },
    dataTraceEnabled: { type: "boolean" },
    loggingLevel: { type: "string" },
  },
} as const;

const given = {
  deploymentId: { type: "string" },
  defaultRouteSettings: routeSettings,
  routeSettings: { type: "map", of: routeSettings },
  accessLogSettings: {
    type: "structure",
    shape: "AccessLogSettings",
    members: { format: { type: "string" }, destinationArn: { type: "string" } },
  },
  description: { type: "string", max: 1024 },
  autoDeploy: { type: "boolean" },
  stageVariables: { type: "map", of: { type: "string", max: 2048 } },
} as const;

/** *Our choice*: what an API has is served at once by all its stages; a deployment makes nothing different, and access logs are kept and not written. */
export function stageOperations(context: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, clock } = context;
  const path = (api: string, name = ""): string =>
    `/apis/${api}/stages${name === "" ? "" : `/${name}`}`;
  const changeStage = (
    api: string,
    name: string,
    change: (before: StageRecord) => StageRecord,
  ): Promise<void> =>
    desk.change(api, (before) => {
      const stage = change(stageIn(before.stages, name));
      return { ...before, stages: { ...before.stages, [name]: stage } };
    });
  return {
    CreateStage: awsOperation({
      http: { method: "POST", path: "/v2/apis/{apiId}/stages", status: 201 },
      input: {
        apiId,
        stageName,
        ...given,
        tags: { type: "map", of: { type: "string", max: 256 }, max: 50 },
      },
      access: ({ apiId: api }, call) => [gatewayAccess("POST", path(api), call)],
      async perform({ apiId: api, stageName: name, ...members }) {
        const stage: StageRecord = { ...members, createdAt: clock.now() };
        await desk.change(api, (before) => {
          if (Object.hasOwn(before.stages, name)) {
            throw new ServiceError("ConflictException", "Stage already exists", 409);
          }
          return { ...before, stages: { ...before.stages, [name]: stage } };
        });
        return shown(name, stage);
      },
    }),
    GetStage: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/stages/{stageName}" },
      input: { apiId, stageName },
      access: ({ apiId: api, stageName: name }, call) => [
        gatewayAccess("GET", path(api, name), call),
      ],
      perform: async ({ apiId: api, stageName: name }) =>
        shown(name, stageIn((await desk.api(api)).stages, name)),
    }),
    GetStages: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/stages" },
      input: { apiId },
      access: ({ apiId: api }, call) => [gatewayAccess("GET", path(api), call)],
      perform: async ({ apiId: api }) => ({
        items: Object.entries((await desk.api(api)).stages).map(([name, each]) =>
          shown(name, each),
        ),
      }),
    }),
    UpdateStage: awsOperation({
      http: { method: "PATCH", path: "/v2/apis/{apiId}/stages/{stageName}" },
      input: { apiId, stageName, ...given },
      access: ({ apiId: api, stageName: name }, call) => [
        gatewayAccess("PATCH", path(api, name), call),
      ],
      async perform({ apiId: api, stageName: name, ...members }) {
        await changeStage(api, name, (before) => ({
          ...before,
          ...members,
          ...(members.routeSettings && {
            routeSettings: { ...before.routeSettings, ...members.routeSettings },
          }),
        }));
        return shown(name, stageIn((await desk.api(api)).stages, name));
      },
    }),
    DeleteStage: awsOperation({
      http: { method: "DELETE", path: "/v2/apis/{apiId}/stages/{stageName}", status: 204 },
      input: { apiId, stageName },
      access: ({ apiId: api, stageName: name }, call) => [
        gatewayAccess("DELETE", path(api, name), call),
      ],
      async perform({ apiId: api, stageName: name }) {
        await desk.change(api, (before) => {
          stageIn(before.stages, name);
          const { [name]: _, ...stages } = before.stages;
          return { ...before, stages };
        });
        return {};
      },
    }),
    DeleteRouteSettings: awsOperation({
      http: {
        method: "DELETE",
        path: "/v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey}",
        status: 204,
      },
      input: { apiId, stageName, routeKey: { type: "string", required: true } },
      access: ({ apiId: api, stageName: name }, call) => [
        gatewayAccess("DELETE", `${path(api, name)}/routesettings`, call),
      ],
      async perform({ apiId: api, stageName: name, routeKey }) {
        await changeStage(api, name, (before) => {
          const { [routeKey]: _, ...kept } = before.routeSettings ?? {};
          return { ...before, routeSettings: kept };
        });
        return {};
      },
    }),
    DeleteAccessLogSettings: awsOperation({
      http: {
        method: "DELETE",
        path: "/v2/apis/{apiId}/stages/{stageName}/accesslogsettings",
        status: 204,
      },
      input: { apiId, stageName },
      access: ({ apiId: api, stageName: name }, call) => [
        gatewayAccess("DELETE", `${path(api, name)}/accesslogsettings`, call),
      ],
      async perform({ apiId: api, stageName: name }) {
        await changeStage(api, name, (before) => {
          const { accessLogSettings: _, ...rest } = before;
          return rest;
        });
        return {};
      },
    }),
  };
}

export function stageIn(
  stages: { readonly [name: string]: StageRecord },
  name: string,
): StageRecord {
  return (Object.hasOwn(stages, name) ? stages[name] : undefined) ?? notFound("stage", name);
}

function shown(name: string, { createdAt, ...stage }: StageRecord): ServiceMembers {
  return {
    stageName: name,
    autoDeploy: false,
    stageVariables: {},
    tags: {},
    ...(stage as ServiceMembers),
    createdDate: new Date(createdAt).toISOString(),
    defaultRouteSettings: { detailedMetricsEnabled: false, ...stage.defaultRouteSettings },
    routeSettings: (stage.routeSettings ?? {}) as ServiceMembers,
  };
}
