import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import { newId } from "../../api/gateway-context.ts";
import type { DeploymentRecord, RestApiRecord, RestStageRecord } from "../rest-records.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { type PatchOperation, patched, patchOperations } from "./patch.ts";
import { badRequest, conflict, inRecord, type RestContext } from "./rest-context.ts";
import { description, paged, pagedQuery, restApiId, tags, textMap } from "./shared-members.ts";

const stageName = { type: "string", required: true, pattern: /^[A-Za-z0-9_-]{1,128}$/ } as const;
const deploymentId = { type: "string", required: true } as const;

const patchable = {
  "/deploymentId": "text",
  "/description": "text",
  "/variables": "object",
  "/variables/*": "text",
  "/canarySettings": "object",
  "/canarySettings/deploymentId": "text",
  "/canarySettings/percentTraffic": "number",
  "/canarySettings/stageVariableOverrides": "object",
  "/canarySettings/stageVariableOverrides/*": "text",
  "/canarySettings/useStageCache": "boolean",
  "/tracingEnabled": "boolean",
  "/accessLogSettings/format": "text",
  "/accessLogSettings/destinationArn": "text",
  "/cacheClusterEnabled": "boolean",
  "/cacheClusterSize": "text",
  "/documentationVersion": "text",
  "/methodSettings/*/throttlingBurstLimit": "number",
  "/methodSettings/*/throttlingRateLimit": "number",
  "/methodSettings/*/loggingLevel": "text",
  "/methodSettings/*/metricsEnabled": "boolean",
  "/methodSettings/*/dataTraceEnabled": "boolean",
  "/methodSettings/*/cachingEnabled": "boolean",
  "/methodSettings/*/cacheTtlInSeconds": "number",
  "/methodSettings/*/cacheDataEncrypted": "boolean",
  "/methodSettings/*/requireAuthorizationForCacheControl": "boolean",
} as const;

const ofCanary = {
  percentTraffic: { type: "float", min: 0, max: 100 },
  stageVariableOverrides: textMap,
  useStageCache: { type: "boolean" },
} as const;

/** *Documented*: what settings of methods are called in patches: `/items/GET/throttling/rateLimit`. */
const settings: { readonly [name: string]: string } = {
  "throttling/burstLimit": "throttlingBurstLimit",
  "throttling/rateLimit": "throttlingRateLimit",
  "logging/loglevel": "loggingLevel",
  "logging/dataTrace": "dataTraceEnabled",
  "metrics/enabled": "metricsEnabled",
  "caching/enabled": "cachingEnabled",
  "caching/ttlInSeconds": "cacheTtlInSeconds",
  "caching/dataEncrypted": "cacheDataEncrypted",
  "caching/requireAuthorizationForCacheControl": "requireAuthorizationForCacheControl",
};

export function stageOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, clock } = context;
  const all = "/restapis/{restApiId}/stages";
  const one = `${all}/{stageName}`;
  return {
    CreateStage: gatewayOperation({
      http: { method: "POST", path: all, status: 201 },
      input: {
        restApiId,
        stageName,
        deploymentId,
        description,
        cacheClusterEnabled: { type: "boolean" },
        cacheClusterSize: { type: "string" },
        variables: textMap,
        documentationVersion: { type: "string" },
        tracingEnabled: { type: "boolean" },
        canarySettings: {
          type: "structure",
          shape: "CanarySettings",
          members: { deploymentId: { type: "string" }, ...ofCanary },
        },
        tags,
      },
      async perform({ restApiId: api, stageName: name, ...rest }) {
        const at = clock.now();
        const stage: RestStageRecord = { ...rest, createdAt: at, updatedAt: at };
        await desk.change(api, (before) => {
          if (inRecord(before.stages, name) !== undefined) conflict("Stage already exists");
          return withStage(before, name, stage);
        });
        return shownStage(name, stage);
      },
    }),
    GetStage: gatewayOperation({
      http: { method: "GET", path: one },
      input: { restApiId, stageName },
      perform: async ({ restApiId: api, stageName: name }) =>
        shownStage(name, stageOf(await desk.api(api), name)),
    }),
    GetStages: gatewayOperation({
      http: { method: "GET", path: all, query: { deploymentId: "deploymentId" } },
      input: { restApiId, deploymentId: { type: "string" } },
      perform: async ({ restApiId: api, deploymentId: deployed }) => ({
        item: Object.entries((await desk.api(api)).stages)
          .filter(([, stage]) => deployed === undefined || stage.deploymentId === deployed)
          .map(([name, stage]) => shownStage(name, stage)),
      }),
    }),
    UpdateStage: gatewayOperation({
      http: { method: "PATCH", path: one },
      input: { restApiId, stageName, patchOperations },
      async perform({ restApiId: api, stageName: name, patchOperations: operations = [] }) {
        const record = await desk.change(api, (before) => {
          const stage = patched(stageOf(before, name), operations.map(asSetting), patchable);
          return withStage(before, name, { ...stage, updatedAt: clock.now() });
        });
        return shownStage(name, stageOf(record, name));
      },
    }),
    DeleteStage: gatewayOperation({
      http: { method: "DELETE", path: one, status: 202 },
      input: { restApiId, stageName },
      async perform({ restApiId: api, stageName: name }) {
        await desk.change(api, (before) => {
          stageOf(before, name);
          const { [name]: _, ...stages } = before.stages;
          return { ...before, stages };
        });
        return {};
      },
    }),
    ...deploymentOperations(context),
  };
}

function deploymentOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, clock } = context;
  const all = "/restapis/{restApiId}/deployments";
  const one = `${all}/{deploymentId}`;
  return {
    CreateDeployment: gatewayOperation({
      http: { method: "POST", path: all, status: 201 },
      input: {
        restApiId,
        stageName: { type: "string" },
        stageDescription: description,
        description,
        cacheClusterEnabled: { type: "boolean" },
        cacheClusterSize: { type: "string" },
        variables: textMap,
        tracingEnabled: { type: "boolean" },
        canarySettings: {
          type: "structure",
          shape: "DeploymentCanarySettings",
          members: ofCanary,
        },
      },
      async perform({
        restApiId: api,
        stageName: stage = "",
        description: about,
        canarySettings,
        ...rest
      }) {
        const { definition } = await desk.api(api);
        checkDeployable(definition);
        const id = newId(context, 6);
        const at = clock.now();
        const deployment: DeploymentRecord = {
          ...(about !== undefined && { description: about }),
          createdAt: at,
        };
        // What it serves is there before anything can ask for it.
        await desk.deploy(api, id);
        await desk.change(api, (before) => {
          const deployments = { ...before.deployments, [id]: deployment };
          if (stage === "") return { ...before, deployments };
          const { stageDescription, ...settled } = rest;
          const known = inRecord(before.stages, stage);
          if (canarySettings !== undefined) {
            if (known === undefined) noSuch("stage");
            return withStage({ ...before, deployments }, stage, {
              ...known,
              canarySettings: { ...canarySettings, deploymentId: id },
              updatedAt: at,
            });
          }
          return withStage({ ...before, deployments }, stage, {
            ...(known ?? { createdAt: at }),
            ...settled,
            ...(stageDescription !== undefined && { description: stageDescription }),
            deploymentId: id,
            updatedAt: at,
          });
        });
        return shownDeployment(id, deployment);
      },
    }),
    GetDeployment: gatewayOperation({
      http: { method: "GET", path: one },
      input: { restApiId, deploymentId },
      perform: async ({ restApiId: api, deploymentId: id }) =>
        shownDeployment(id, deploymentOf(await desk.api(api), id)),
    }),
    GetDeployments: gatewayOperation({
      http: { method: "GET", path: all, query: pagedQuery },
      input: { restApiId, ...paged },
      perform: async ({ restApiId: api }) => ({
        item: Object.entries((await desk.api(api)).deployments).map(([id, each]) =>
          shownDeployment(id, each),
        ),
      }),
    }),
    UpdateDeployment: gatewayOperation({
      http: { method: "PATCH", path: one },
      input: { restApiId, deploymentId, patchOperations },
      async perform({ restApiId: api, deploymentId: id, patchOperations: operations }) {
        const record = await desk.change(api, (before) => {
          const fields = { "/description": "text" } as const;
          const deployment = patched(deploymentOf(before, id), operations, fields);
          return { ...before, deployments: { ...before.deployments, [id]: deployment } };
        });
        return shownDeployment(id, deploymentOf(record, id));
      },
    }),
    DeleteDeployment: gatewayOperation({
      http: { method: "DELETE", path: one, status: 202 },
      input: { restApiId, deploymentId },
      async perform({ restApiId: api, deploymentId: id }) {
        await desk.change(api, (before) => {
          deploymentOf(before, id);
          const isServed = Object.values(before.stages).some(
            ({ deploymentId: served, canarySettings }) =>
              served === id || canarySettings?.deploymentId === id,
          );
          if (isServed) {
            badRequest("Active stages pointing to this deployment must be moved or deleted");
          }
          const { [id]: _, ...deployments } = before.deployments;
          return { ...before, deployments };
        });
        await desk.removeDeployment(api, id);
        return {};
      },
    }),
  };
}

/** *Observed*: API Gateway's words. */
function checkDeployable({ resources }: RestApiRecord["definition"]): void {
  const methods = Object.values(resources).flatMap((each) => Object.values(each.resourceMethods));
  if (methods.length === 0) badRequest("The REST API doesn't contain any methods");
  if (methods.some(({ methodIntegration }) => methodIntegration === undefined)) {
    badRequest("No integration defined for method");
  }
}

/** `/items/GET/throttling/rateLimit` as a member of the stage; others as they are. */
function asSetting(operation: PatchOperation): PatchOperation {
  const [, method = "", name = ""] = /^\/([^/]+\/[^/]+)\/(\w+\/\w+)$/.exec(operation.path) ?? [];
  const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
  if (setting === undefined) return operation;
  // The key is one name of the record, with its slashes.
  const key = method.replaceAll("~1", "~01").replaceAll("/", "~1");
  return { ...operation, path: `/methodSettings/${key}/${setting}` };
}

function withStage(record: RestApiRecord, name: string, stage: RestStageRecord): RestApiRecord {
  deploymentOf(record, stage.deploymentId);
  const { deploymentId: canary } = stage.canarySettings ?? {};
  if (canary !== undefined) deploymentOf(record, canary);
  return { ...record, stages: { ...record.stages, [name]: stage } };
}

function stageOf({ stages }: RestApiRecord, name: string): RestStageRecord {
  return inRecord(stages, name) ?? noSuch("stage");
}

function deploymentOf({ deployments }: RestApiRecord, id: string): DeploymentRecord {
  return inRecord(deployments, id) ?? noSuch("Deployment");
}

function shownStage(
  name: string,
  { createdAt, updatedAt, methodSettings = {}, canarySettings, ...stage }: RestStageRecord,
): ServiceMembers {
  return {
    stageName: name,
    cacheClusterEnabled: false,
    tracingEnabled: false,
    ...stage,
    ...(canarySettings && { canarySettings: { ...canarySettings } }),
    methodSettings: methodSettings as unknown as ServiceMembers,
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  };
}

function shownDeployment(
  id: string,
  { createdAt, ...deployment }: DeploymentRecord,
): ServiceMembers {
  return { id, ...deployment, createdDate: new Date(createdAt) };
}
