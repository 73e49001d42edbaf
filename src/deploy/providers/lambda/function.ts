import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { writeZip } from "../../../integrations/functions/archive/write-zip.ts";
import { asNumber, given, objectIn, objectsIn, picked } from "../members.ts";
import { nameOf, type Made, type ProviderContext, type ResourceProvider } from "../provider.ts";
import { responseModules } from "./cfn-response.ts";
import { tagChanges, tagMap, tagsOf } from "../resource-tags.ts";

/** *Documented*: `AWS::Lambda::Function`. */
export const lambdaFunction: ResourceProvider = {
  replacing: ["FunctionName", "PackageType"],

  async create(properties, context) {
    const FunctionName = nameOf(properties, "FunctionName", context, { maxLength: 64 });
    const { members } = await context.call("lambda", "CreateFunction", {
      ...configurationOf(properties),
      ...picked(properties, ["PackageType", "Architectures"]),
      FunctionName,
      Code: codeOf(properties),
      Tags: tagMap(tagsOf(properties["Tags"], context.stack)),
    });
    return made(FunctionName, members);
  },

  async update(properties, { physicalId, properties: before }, context) {
    const { call } = context;
    const FunctionName = physicalId;
    const isSameCode = JSON.stringify(before["Code"]) === JSON.stringify(properties["Code"]);
    if (!isSameCode) {
      await call("lambda", "UpdateFunctionCode", {
        ...codeOf(properties),
        ...picked(properties, ["Architectures"]),
        FunctionName,
      });
    }
    const { members } = await call("lambda", "UpdateFunctionConfiguration", {
      ...usualOfDropped(before, properties),
      ...configurationOf(properties),
      FunctionName,
    });
    await retag(textOf(members["FunctionArn"]), before, properties, context);
    return made(FunctionName, members);
  },

  adopt(properties, context) {
    const physicalId = nameOf(properties, "FunctionName", context, { maxLength: 64 });
    const present = { physicalId, properties: {}, attributes: {} };
    return lambdaFunction.update?.(properties, present, context) ?? Promise.reject(new Error());
  },

  async delete({ physicalId }, { call }) {
    await call("lambda", "DeleteFunction", { FunctionName: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("lambda", "GetFunctionConfiguration", {
      FunctionName: physicalId,
    });
    const { Variables = {} } = objectIn(members["Environment"]);
    return {
      ...properties,
      ...picked(
        members,
        ["Handler", "Runtime", "Role", "Description", "Timeout", "MemorySize"].filter(
          (name) => name in properties,
        ),
      ),
      ...(properties["Environment"] !== undefined && { Environment: { Variables } }),
      ...(properties["Layers"] !== undefined && {
        Layers: objectsIn(members["Layers"]).map(({ Arn = null }) => Arn),
      }),
    };
  },
};

/** *Documented*: what settings are where nobody says anything. */
const usualSettings: JsonObject = {
  Description: "",
  Environment: { Variables: {} },
  Layers: [],
  DeadLetterConfig: {},
  TracingConfig: { Mode: "PassThrough" },
  VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  EphemeralStorage: { Size: 512 },
  LoggingConfig: {},
  KMSKeyArn: "",
  Timeout: 3,
  MemorySize: 128,
};

/** What a template no longer says is as it is by itself: an update leaves what it does not name. */
function usualOfDropped(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(usualSettings).filter(
      ([name]) => before[name] !== undefined && after[name] === undefined,
    ),
  );
}

function configurationOf(properties: JsonObject): JsonObject {
  return given({
    ...picked(properties, [
      "Handler",
      "Runtime",
      "Role",
      "Description",
      "Environment",
      "Layers",
      "DeadLetterConfig",
      "TracingConfig",
      "VpcConfig",
      "EphemeralStorage",
      "LoggingConfig",
      "KMSKeyArn",
      "ImageConfig",
    ]),
    Timeout: asNumber(properties["Timeout"]),
    MemorySize: asNumber(properties["MemorySize"]),
  });
}

/** *Documented*: `ZipFile` of a template is the text of a function's one file, which is called `index`. */
function codeOf({ Code, Runtime }: JsonObject): JsonObject {
  const { ZipFile, ...others } = objectIn(Code);
  if (typeof ZipFile !== "string") return others;
  const path = textOf(Runtime).startsWith("python") ? "index.py" : "index.js";
  const archive = writeZip([
    { path, content: Buffer.from(ZipFile) },
    ...responseModules(textOf(Runtime), ZipFile),
  ]);
  return { ZipFile: archive.toString("base64") };
}

function made(name: string, { FunctionArn = null }: JsonObject): Made {
  return { physicalId: name, attributes: { Arn: FunctionArn } };
}

async function retag(
  Resource: string,
  before: JsonObject,
  after: JsonObject,
  { call, stack }: ProviderContext,
): Promise<void> {
  const { put, removed } = tagChanges(tagsOf(before["Tags"], stack), tagsOf(after["Tags"], stack));
  if (put.length > 0) await call("lambda", "TagResource", { Resource, Tags: tagMap(put) });
  if (removed.length > 0) await call("lambda", "UntagResource", { Resource, TagKeys: removed });
}
