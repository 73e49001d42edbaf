import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { isNotFound } from "../../aws-calls.ts";
import { textOf } from "../../text-of.ts";
import { described } from "../described.ts";
import { asBoolean, asNumber, given, lowerCamel, objectIn, objectsIn, picked } from "../members.ts";
import type { ResourceProvider } from "../provider.ts";
import { tagMap, tagsOf } from "../resource-tags.ts";
import { mapOperations, replaceOperations } from "./patches.ts";

const service = "apigateway";

function apiIn(properties: JsonObject): JsonObject {
  return lowerCamel(picked(properties, ["RestApiId"])) as JsonObject;
}

const deployment = described({
  service,
  replacing: ["DeploymentCanarySettings", "RestApiId", "StageName", "StageDescription"],
  name: { property: "DeploymentId", maxLength: 128 },
  create: (properties) => {
    const stage = objectIn(properties["StageDescription"]);
    return {
      operation: "CreateDeploymentOfRestApi",
      members: given({
        ...apiIn(properties),
        description: properties["Description"],
        stageName: properties["StageName"],
        stageDescription: stage["Description"],
        variables: stage["Variables"],
        tracingEnabled: asBoolean(stage["TracingEnabled"]),
        canarySettings: canaryOf(properties["DeploymentCanarySettings"]),
      }),
    };
  },
  update: (properties, { physicalId: deploymentId }) => [
    {
      operation: "UpdateDeploymentOfRestApi",
      members: {
        ...apiIn(properties),
        deploymentId,
        patchOperations: replaceOperations(
          "",
          given({ description: properties["Description"] ?? "" }),
        ),
      },
    },
  ],
  delete: ({ physicalId: deploymentId, properties }) => [
    { operation: "DeleteDeploymentOfRestApi", members: { ...apiIn(properties), deploymentId } },
  ],
  read: ({ physicalId: deploymentId, properties }) => ({
    operation: "GetDeploymentOfRestApi",
    members: { ...apiIn(properties), deploymentId },
  }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { DeploymentId: id } }),
});

/** *Documented*: `AWS::ApiGateway::Deployment`: what the API is when it is made; a stage that it names serves it, and goes with the last of its deployments. */
export const restDeployment: ResourceProvider = {
  ...deployment,

  async delete(present, context) {
    const { physicalId, properties } = present;
    const { StageName: stageName } = properties;
    if (stageName !== undefined) {
      const named = { ...apiIn(properties), stageName };
      const { call } = context;
      const found = await call(service, "GetStageOfRestApi", named).catch(absent);
      if (found?.members["deploymentId"] === physicalId) {
        await call(service, "DeleteStageOfRestApi", named);
      }
    }
    await deployment.delete(present, context);
  },
};

/** *Documented*: `CanarySetting` and `DeploymentCanarySettings`. */
function canaryOf(setting: JsonValue | undefined): JsonObject | undefined {
  if (setting === undefined) return undefined;
  const written = objectIn(setting);
  return given({
    deploymentId: written["DeploymentId"],
    percentTraffic: asNumber(written["PercentTraffic"]),
    stageVariableOverrides: written["StageVariableOverrides"],
    useStageCache: asBoolean(written["UseStageCache"]),
  });
}

function canaryOperations(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly JsonObject[] {
  const path = "/canarySettings";
  const canary = canaryOf(after);
  if (canary === undefined) return before === undefined ? [] : [{ op: "remove", path }];
  const overrides = "stageVariableOverrides";
  const was = canaryOf(before) ?? {};
  return [
    ...replaceOperations(path, canary),
    ...mapOperations(`${path}/${overrides}`, objectIn(was[overrides]), objectIn(canary[overrides])),
  ];
}

function absent(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}

/** *Documented*: `AWS::ApiGateway::Stage`; it is referred to by its name. */
export const restStage = described({
  service,
  replacing: ["RestApiId", "StageName"],
  name: { property: "StageName", maxLength: 128 },
  create: (properties, { name: stageName, context }) => ({
    operation: "CreateStageOfRestApi",
    members: given({
      ...apiIn(properties),
      stageName,
      ...stageMembers(properties),
      variables: properties["Variables"],
      canarySettings: canaryOf(properties["CanarySetting"]),
      tags: tagMap(tagsOf(properties["Tags"], context.stack)),
    }),
  }),
  made: () => ({ attributes: {} }),
  update: (properties, { name: stageName, before }) => [
    {
      operation: "UpdateStageOfRestApi",
      members: {
        ...apiIn(properties),
        stageName,
        patchOperations: [
          ...replaceOperations("", stageMembers(properties)),
          ...mapOperations(
            "/variables",
            objectIn(before["Variables"]),
            objectIn(properties["Variables"]),
          ),
          ...settingOperations(properties["MethodSettings"]),
          ...canaryOperations(before["CanarySetting"], properties["CanarySetting"]),
        ],
      },
    },
  ],
  after: (properties, { name: stageName }) => {
    const patchOperations = settingOperations(properties["MethodSettings"]);
    return patchOperations.length === 0
      ? []
      : [
          {
            operation: "UpdateStageOfRestApi",
            members: { ...apiIn(properties), stageName, patchOperations },
          },
        ];
  },
  delete: ({ name: stageName, properties }) => [
    { operation: "DeleteStageOfRestApi", members: { ...apiIn(properties), stageName } },
  ],
  read: ({ name: stageName, properties }) => ({
    operation: "GetStageOfRestApi",
    members: { ...apiIn(properties), stageName },
  }),
});

function stageMembers(properties: JsonObject): JsonObject {
  return given({
    ...(lowerCamel(
      picked(properties, [
        "DeploymentId",
        "Description",
        "CacheClusterSize",
        "DocumentationVersion",
      ]),
    ) as JsonObject),
    cacheClusterEnabled: asBoolean(properties["CacheClusterEnabled"]),
    tracingEnabled: asBoolean(properties["TracingEnabled"]),
  });
}

/** *Documented*: settings of methods by their properties in templates. */
const settings: { readonly [property: string]: string } = {
  ThrottlingBurstLimit: "throttling/burstLimit",
  ThrottlingRateLimit: "throttling/rateLimit",
  LoggingLevel: "logging/loglevel",
  DataTraceEnabled: "logging/dataTrace",
  MetricsEnabled: "metrics/enabled",
  CachingEnabled: "caching/enabled",
  CacheTtlInSeconds: "caching/ttlInSeconds",
  CacheDataEncrypted: "caching/dataEncrypted",
};

function settingOperations(value: JsonValue | undefined): readonly JsonObject[] {
  return objectsIn(value).flatMap((setting) => {
    const { ResourcePath = "/*", HttpMethod = "*" } = setting;
    // *Documented*: `/*` is every resource, and slashes of a path are escaped: `~1orders~1{id}`.
    const path = textOf(ResourcePath).replace(/^\//, "").replaceAll("/", "~1");
    return Object.entries(settings).flatMap(([property, place]) => {
      const given = setting[property];
      return given === undefined || given === null
        ? []
        : [
            {
              op: "replace",
              path: `/${path.replace(/^~1/, "")}/${textOf(HttpMethod)}/${place}`,
              value: textOf(given),
            },
          ];
    });
  });
}

/** *Documented*: `AWS::ApiGateway::ApiKey`. */
export const apiKey = described({
  service,
  replacing: ["GenerateDistinctId", "Name", "Value"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name, context }) => ({
    operation: "CreateApiKey",
    members: given({
      name,
      ...(lowerCamel(
        picked(properties, ["Description", "CustomerId", "Value", "StageKeys"]),
      ) as JsonObject),
      enabled: asBoolean(properties["Enabled"]),
      tags: tagMap(tagsOf(properties["Tags"], context.stack)),
    }),
  }),
  update: (properties, { physicalId }) => [
    {
      operation: "UpdateApiKey",
      members: {
        apiKey: physicalId,
        patchOperations: replaceOperations(
          "",
          given({
            description: properties["Description"],
            customerId: properties["CustomerId"],
            enabled: asBoolean(properties["Enabled"]) === true,
          }),
        ),
      },
    },
  ],
  delete: ({ physicalId }) => [{ operation: "DeleteApiKey", members: { apiKey: physicalId } }],
  read: ({ physicalId }) => ({ operation: "GetApiKey", members: { apiKey: physicalId } }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { APIKeyId: id } }),
});

/** *Documented*: `AWS::ApiGateway::UsagePlan`. */
export const usagePlan = described({
  service,
  replacing: [],
  name: { property: "UsagePlanName", maxLength: 128 },
  create: (properties, { name, context }) => ({
    operation: "CreateUsagePlan",
    members: given({
      name,
      description: properties["Description"],
      apiStages: objectsIn(properties["ApiStages"]).map(plannedStage),
      throttle: properties["Throttle"] && limits(properties["Throttle"]),
      quota: properties["Quota"] && quota(properties["Quota"]),
      tags: tagMap(tagsOf(properties["Tags"], context.stack)),
    }),
  }),
  update: (properties, { name, physicalId: usagePlanId, before }) => [
    {
      operation: "UpdateUsagePlan",
      members: {
        usagePlanId,
        patchOperations: [
          ...replaceOperations("", given({ name, description: properties["Description"] })),
          ...objectsIn(before["ApiStages"]).map((stage) => stageOperation("remove", stage)),
          ...objectsIn(properties["ApiStages"]).flatMap((stage) => [
            stageOperation("add", stage),
            ...throttleOperations(stage),
          ]),
          ...changedLimits("/throttle", before["Throttle"], properties["Throttle"], limits),
          ...changedLimits("/quota", before["Quota"], properties["Quota"], quota),
        ],
      },
    },
  ],
  delete: ({ physicalId: usagePlanId }) => [
    { operation: "DeleteUsagePlan", members: { usagePlanId } },
  ],
  read: ({ physicalId: usagePlanId }) => ({
    operation: "GetUsagePlan",
    members: { usagePlanId },
  }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { Id: id } }),
});

function limits(value: JsonValue): JsonObject {
  const { BurstLimit, RateLimit } = objectIn(value);
  return given({ burstLimit: asNumber(BurstLimit), rateLimit: asNumber(RateLimit) });
}

function quota(value: JsonValue): JsonObject {
  const { Limit, Offset, Period } = objectIn(value);
  return given({ limit: asNumber(Limit), offset: asNumber(Offset), period: Period });
}

function plannedStage(stage: JsonObject): JsonObject {
  const { ApiId, Stage, Throttle } = stage;
  const methods = Object.entries(objectIn(Throttle)).map(([method, value]) => [
    method,
    limits(value),
  ]);
  return given({
    apiId: ApiId,
    stage: Stage,
    throttle: methods.length === 0 ? undefined : (Object.fromEntries(methods) as JsonObject),
  });
}

function stageOperation(op: string, { ApiId = "", Stage = "" }: JsonObject): JsonObject {
  return { op, path: "/apiStages", value: `${textOf(ApiId)}:${textOf(Stage)}` };
}

function throttleOperations(stage: JsonObject): readonly JsonObject[] {
  const { ApiId = "", Stage = "", Throttle } = stage;
  return Object.entries(objectIn(Throttle)).flatMap(([method, value]) =>
    replaceOperations(
      `/apiStages/${textOf(ApiId)}:${textOf(Stage)}/throttle/${method.replaceAll("/", "~1")}`,
      limits(value),
    ),
  );
}

function changedLimits(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  membersOf: (value: JsonValue) => JsonObject,
): readonly JsonObject[] {
  if (after === undefined) return before === undefined ? [] : [{ op: "remove", path }];
  return mapOperations(path, before === undefined ? {} : membersOf(before), membersOf(after));
}

/** *Documented*: `AWS::ApiGateway::UsagePlanKey`. */
export const usagePlanKey = described({
  service,
  replacing: ["KeyId", "KeyType", "UsagePlanId"],
  name: { property: "Id", maxLength: 256 },
  create: (properties) => ({
    operation: "CreateUsagePlanKey",
    members: lowerCamel(picked(properties, ["KeyId", "KeyType", "UsagePlanId"])) as JsonObject,
  }),
  delete: ({ properties }) => [{ operation: "DeleteUsagePlanKey", members: planKeyIn(properties) }],
  read: ({ properties }) => ({ operation: "GetUsagePlanKey", members: planKeyIn(properties) }),
  made: () => ({ attributes: {} }),
});

function planKeyIn(properties: JsonObject): JsonObject {
  return lowerCamel(picked(properties, ["KeyId", "UsagePlanId"])) as JsonObject;
}
