import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { asBoolean, asNumber, given, objectIn, objectsIn, picked } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::Lambda::Version`; any change is another version. */
export const lambdaVersion: ResourceProvider = {
  replacing: ["FunctionName", "CodeSha256", "Description"],

  async create(properties, { call }) {
    const { members } = await call(
      "lambda",
      "PublishVersion",
      picked(properties, ["FunctionName", "CodeSha256", "Description"]),
    );
    const arn = textOf(members["FunctionArn"]);
    return {
      physicalId: arn,
      attributes: { Version: members["Version"] ?? null, FunctionArn: arn },
    };
  },

  async delete({ physicalId }, { call }) {
    const [, FunctionName = "", Qualifier = ""] = /^(.*):([^:]+)$/.exec(physicalId) ?? [];
    await call("lambda", "DeleteFunction", { FunctionName, Qualifier });
  },

  async read({ physicalId, properties }, { call }) {
    await call("lambda", "GetFunctionConfiguration", { FunctionName: physicalId });
    return properties;
  },
};

const aliasMembers = ["FunctionName", "Name", "FunctionVersion", "Description"];

/** *Documented*: `AWS::Lambda::Alias`. */
export const lambdaAlias: ResourceProvider = {
  replacing: ["FunctionName", "Name"],

  async create(properties, { call }) {
    const { members } = await call("lambda", "CreateAlias", aliasOf(properties));
    const arn = textOf(members["AliasArn"]);
    return { physicalId: arn, attributes: { AliasArn: arn } };
  },

  async update(properties, { physicalId, attributes }, { call }) {
    await call("lambda", "UpdateAlias", { Description: "", ...aliasOf(properties) });
    return { physicalId, attributes };
  },

  async delete({ properties }, { call }) {
    await call("lambda", "DeleteAlias", picked(properties, ["FunctionName", "Name"]));
  },

  async read({ properties }, { call }) {
    const { members } = await call(
      "lambda",
      "GetAlias",
      picked(properties, ["FunctionName", "Name"]),
    );
    const told = ["FunctionVersion", "Description"].filter((name) => name in properties);
    return { ...properties, ...picked(members, told) };
  },
};

/** *Documented*: a template lists the versions that calls are shared out to; Lambda's API has their shares by version. */
function aliasOf(properties: JsonObject): JsonObject {
  const { AdditionalVersionWeights } = objectIn(properties["RoutingConfig"]);
  const shares = objectsIn(AdditionalVersionWeights).map(({ FunctionVersion, FunctionWeight }) => [
    FunctionVersion as string | number,
    asNumber(FunctionWeight) ?? 0,
  ]);
  return {
    ...picked(properties, aliasMembers),
    RoutingConfig: { AdditionalVersionWeights: Object.fromEntries(shares) as JsonObject },
  };
}

/** *Documented*: `AWS::Lambda::Permission`. */
export const lambdaPermission: ResourceProvider = {
  replacing: ["FunctionName", "Action", "Principal", "SourceArn", "SourceAccount"],

  async create(properties, context) {
    const StatementId = context.generatedName({ maxLength: 100 });
    await context.call("lambda", "AddPermission", {
      ...picked(properties, [
        "FunctionName",
        "Action",
        "Principal",
        "SourceArn",
        "SourceAccount",
        "EventSourceToken",
        "PrincipalOrgID",
        "FunctionUrlAuthType",
      ]),
      StatementId,
    });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },

  async delete({ physicalId, properties }, { call }) {
    const { FunctionName = "" } = properties;
    await call("lambda", "RemovePermission", { FunctionName, StatementId: physicalId });
  },
};

/** *Documented*: `AWS::Lambda::LayerVersion`; any change is another version. */
export const layerVersion: ResourceProvider = {
  replacing: ["LayerName", "Content", "CompatibleRuntimes", "Description", "LicenseInfo"],

  async create(properties, context) {
    const LayerName = nameOf(properties, "LayerName", context, { maxLength: 64 });
    const { members } = await context.call("lambda", "PublishLayerVersion", {
      ...picked(properties, [
        "Content",
        "CompatibleRuntimes",
        "CompatibleArchitectures",
        "Description",
        "LicenseInfo",
      ]),
      LayerName,
    });
    const arn = textOf(members["LayerVersionArn"]);
    return { physicalId: arn, attributes: { LayerVersionArn: arn } };
  },

  async delete({ physicalId }, { call }) {
    const [, LayerName = "", version = ""] = /^(.*):(\d+)$/.exec(physicalId) ?? [];
    await call("lambda", "DeleteLayerVersion", { LayerName, VersionNumber: Number(version) });
  },
};

const mappingMembers = [
  "FunctionName",
  "FilterCriteria",
  "FunctionResponseTypes",
  "DestinationConfig",
  "ScalingConfig",
];

/** *Documented*: `AWS::Lambda::EventSourceMapping`. */
export const eventSourceMapping: ResourceProvider = {
  replacing: ["EventSourceArn", "StartingPosition", "SelfManagedEventSource"],

  async create(properties, { call }) {
    const { members } = await call("lambda", "CreateEventSourceMapping", {
      ...mappingOf(properties),
      ...picked(properties, ["EventSourceArn", "StartingPosition"]),
    });
    const id = textOf(members["UUID"]);
    return {
      physicalId: id,
      attributes: given({ Id: id, EventSourceMappingArn: members["EventSourceMappingArn"] }),
    };
  },

  async update(properties, { physicalId, attributes }, { call }) {
    await call("lambda", "UpdateEventSourceMapping", {
      ...mappingOf(properties),
      UUID: physicalId,
    });
    return { physicalId, attributes };
  },

  async delete({ physicalId }, { call }) {
    await call("lambda", "DeleteEventSourceMapping", { UUID: physicalId });
  },
};

function mappingOf(properties: JsonObject): JsonObject {
  return given({
    ...picked(properties, mappingMembers),
    BatchSize: asNumber(properties["BatchSize"]),
    MaximumBatchingWindowInSeconds: asNumber(properties["MaximumBatchingWindowInSeconds"]),
    Enabled: asBoolean(properties["Enabled"]),
  });
}
