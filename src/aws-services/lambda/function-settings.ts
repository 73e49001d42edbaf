import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { isRunHere } from "../../integrations/functions/deployed/deployed-source.ts";
import type {
  FunctionLayer,
  FunctionVersionRecord,
} from "../../integrations/functions/deployed/function-record.ts";
import { numberOf, structureOf, textOf, textsOf } from "../members.ts";
import { checkedEnvironment } from "./environment-variables.ts";
import { lambdaErrors } from "./lambda-errors.ts";

/** The settings of a function that operations change. */
export type FunctionSettings = Omit<
  FunctionVersionRecord,
  "version" | "codeSha256" | "codeSize" | "lastModified" | "revisionId"
>;

/** *Documented*: bounds of the API's reference. */
const longestHandler = 128;
const longestDescription = 256;
const roleArn = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;
const mostLayers = 5;

/** Kept and shown. *Our choice*: nothing here does what they say. */
const keptMembers = [
  "VpcConfig",
  "DeadLetterConfig",
  "TracingConfig",
  "LoggingConfig",
  "SnapStart",
  "EphemeralStorage",
  "KMSKeyArn",
  "FileSystemConfigs",
  "ImageConfig",
  "DurableConfig",
] as const;

const usual: Omit<FunctionSettings, "runtime" | "handler" | "roleArn"> = {
  description: "",
  timeoutSeconds: 3,
  memorySizeMb: 128,
  environment: {},
  architectures: ["x86_64"],
  layers: [],
  others: {},
};

/** Those of a new function. `layersOf` finds what the ARNs of layers mean. */
export function newSettings(
  members: JsonObject,
  layers: readonly FunctionLayer[] | undefined,
): FunctionSettings {
  return changedSettings(
    {
      ...usual,
      runtime: needed(members, "Runtime"),
      handler: needed(members, "Handler"),
      roleArn: needed(members, "Role"),
    },
    members,
    layers,
  );
}

/** What a request makes of settings: members that it does not have stay as they are. */
export function changedSettings<T extends FunctionSettings>(
  before: T,
  members: JsonObject,
  layers: readonly FunctionLayer[] | undefined,
): T {
  const kept = keptMembers.flatMap((name) => {
    const value = members[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return {
    ...before,
    runtime: checkedRuntime(textOf(members, "Runtime") ?? before.runtime),
    handler: checkedHandler(textOf(members, "Handler") ?? before.handler),
    roleArn: checkedRole(textOf(members, "Role") ?? before.roleArn),
    description: checkedDescription(textOf(members, "Description") ?? before.description),
    timeoutSeconds: numberOf(members, "Timeout", {
      usual: before.timeoutSeconds,
      least: 1,
      most: 900,
    }),
    memorySizeMb: numberOf(members, "MemorySize", {
      usual: before.memorySizeMb,
      least: 128,
      most: 10_240,
    }),
    environment: isJsonObject(members["Environment"] ?? null)
      ? checkedEnvironment(structureOf(structureOf(members, "Environment"), "Variables"))
      : before.environment,
    layers: layers ?? before.layers,
    others: { ...before.others, ...Object.fromEntries(kept) },
  };
}

/** The architectures of new code. */
export function architecturesOf(members: JsonObject): readonly string[] | undefined {
  const given = textsOf(members, "Architectures");
  if (given.length === 0) return undefined;
  const [only = ""] = given;
  if (given.length > 1 || !["x86_64", "arm64"].includes(only)) {
    throw lambdaErrors.constraint(
      "architectures",
      `[${given.join(", ")}]`,
      "satisfy constraint: [Member must satisfy enum value set: [x86_64, arm64]]",
    );
  }
  return given;
}

/** The ARNs of layer versions that a request names; `undefined` where it says nothing of them. */
export function layerArnsOf(members: JsonObject): readonly string[] | undefined {
  if (members["Layers"] === undefined || members["Layers"] === null) return undefined;
  const arns = textsOf(members, "Layers");
  if (arns.length > mostLayers) {
    throw lambdaErrors.invalid(`Cannot reference more than ${mostLayers} layers.`);
  }
  return arns;
}

function needed(members: JsonObject, name: "Runtime" | "Handler" | "Role"): string {
  if (members["PackageType"] === "Image") {
    throw lambdaErrors.invalid(
      "Stepwell runs no container images as functions: give the code as a ZIP file, with a Runtime and a Handler",
    );
  }
  const value = textOf(members, name);
  if (value !== undefined && value !== "") return value;
  if (name === "Role") {
    throw lambdaErrors.constraint("role", "null", "not be null");
  }
  throw lambdaErrors.invalid(
    "Runtime and Handler are mandatory parameters for functions created with deployment packages.",
  );
}

/** Families of runtimes that Lambda has and that do not run here. */
const others = /^(?:java|dotnet|dotnetcore|go|ruby|provided)[\w.]*$/;

function checkedRuntime(runtime: string): string {
  if (isRunHere(runtime)) return runtime;
  if (others.test(runtime)) {
    throw lambdaErrors.invalid(
      `Stepwell runs functions of the runtimes nodejs* and python3*, not of ${runtime}. A program can be called as a function where the configuration names its command: docs/functions.md`,
    );
  }
  throw lambdaErrors.invalid(
    `Value ${runtime.slice(0, 64)} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs*, python3*] or be a valid ARN`,
  );
}

function checkedHandler(handler: string): string {
  if (/^[^\s]{1,128}$/.test(handler) && handler.length <= longestHandler) return handler;
  throw lambdaErrors.constraint(
    "handler",
    handler,
    String.raw`satisfy regular expression pattern: [^\s]+ and have length less than or equal to ${longestHandler}`,
  );
}

function checkedRole(role: string): string {
  if (roleArn.test(role)) return role;
  throw lambdaErrors.constraint(
    "role",
    role,
    String.raw`satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+`,
  );
}

function checkedDescription(description: string): string {
  if (description.length <= longestDescription) return description;
  throw lambdaErrors.constraint(
    "description",
    description,
    `have length less than or equal to ${longestDescription}`,
  );
}
