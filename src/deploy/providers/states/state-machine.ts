import { textOf } from "../../text-of.ts";
import { jsonEquals, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { given, lowerCamel, objectIn } from "../members.ts";
import { type Made, nameOf, type ProviderContext, type ResourceProvider } from "../provider.ts";
import { tagChanges, tagsOf } from "../resource-tags.ts";
import { definitionOf } from "./definition-of.ts";

/** *Documented*: `AWS::StepFunctions::StateMachine`. */
export const stateMachine: ResourceProvider = {
  replacing: ["StateMachineName", "StateMachineType"],

  async create(properties, context) {
    const name = nameOf(properties, "StateMachineName", context, { maxLength: 80 });
    const { members } = await context.call("states", "CreateStateMachine", {
      ...(await settingsOf(properties, context)),
      ...given({ type: properties["StateMachineType"] }),
      name,
      tags: tagsOf(properties["Tags"], context.stack).map(({ Key, Value }) => ({
        key: Key,
        value: Value,
      })),
    });
    return described(textOf(members["stateMachineArn"]), context);
  },

  async update(properties, { physicalId, properties: before }, context) {
    await context.call("states", "UpdateStateMachine", {
      stateMachineArn: physicalId,
      ...cleared(before, properties),
      ...(await settingsOf(properties, context)),
    });
    await retag(physicalId, before["Tags"], properties["Tags"], context);
    return described(physicalId, context);
  },

  async adopt(properties, context) {
    const name = nameOf(properties, "StateMachineName", context, { maxLength: 80 });
    const physicalId = stateMachineArn(name, context);
    await context.call("states", "UpdateStateMachine", {
      stateMachineArn: physicalId,
      ...(await settingsOf(properties, context)),
    });
    return described(physicalId, context);
  },

  async delete({ physicalId }, { call }) {
    await call("states", "DeleteStateMachine", { stateMachineArn: physicalId });
  },

  async read({ physicalId, properties }, context) {
    const { members } = await context.call("states", "DescribeStateMachine", {
      stateMachineArn: physicalId,
    });
    if (members["status"] === "DELETING") return undefined;
    const wanted = await definitionOf(properties, context);
    const actual = textOf(members["definition"]);
    return {
      ...properties,
      ...(jsonEquals(JSON.parse(wanted) as JsonValue, JSON.parse(actual) as JsonValue)
        ? {}
        : { DefinitionString: actual }),
      RoleArn: members["roleArn"] ?? null,
    };
  },
};

function stateMachineArn(name: string, { stack }: ProviderContext): string {
  const { partition, region, accountId } = stack;
  return `arn:${partition}:states:${region}:${accountId}:stateMachine:${name}`;
}

async function settingsOf(properties: JsonObject, context: ProviderContext): Promise<JsonObject> {
  const { LoggingConfiguration, TracingConfiguration, EncryptionConfiguration } = properties;
  return given({
    definition: await definitionOf(properties, context),
    roleArn: properties["RoleArn"],
    loggingConfiguration:
      LoggingConfiguration === undefined ? undefined : lowerCamel(flags(LoggingConfiguration)),
    tracingConfiguration:
      TracingConfiguration === undefined ? undefined : lowerCamel(flags(TracingConfiguration)),
    encryptionConfiguration:
      EncryptionConfiguration === undefined ? undefined : lowerCamel(EncryptionConfiguration),
  });
}

/** *Documented*: templates have flags as texts, too. */
function flags(value: JsonValue): JsonValue {
  return Object.fromEntries(
    Object.entries(objectIn(value)).map(([name, each]) => [
      name,
      each === "true" ? true : each === "false" ? false : each,
    ]),
  );
}

/** What a template no longer says is as it was by itself. */
function cleared(before: JsonObject, after: JsonObject): JsonObject {
  const isGone = (name: string) => before[name] !== undefined && after[name] === undefined;
  return {
    ...(isGone("LoggingConfiguration") && { loggingConfiguration: { level: "OFF" } }),
    ...(isGone("TracingConfiguration") && { tracingConfiguration: { enabled: false } }),
    ...(isGone("EncryptionConfiguration") && {
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    }),
  };
}

async function described(stateMachineArn: string, { call }: ProviderContext): Promise<Made> {
  const { members } = await call("states", "DescribeStateMachine", { stateMachineArn });
  return {
    physicalId: stateMachineArn,
    attributes: {
      Arn: stateMachineArn,
      Name: members["name"] ?? null,
      // *Observed*: of one that was never updated there is none, and CloudFormation says so.
      StateMachineRevisionId: members["revisionId"] ?? "INITIAL",
    },
  };
}

/** Puts and removes the tags of a state machine or an activity that differ. */
export async function retag(
  resourceArn: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  { call, stack }: ProviderContext,
): Promise<void> {
  const { put, removed } = tagChanges(tagsOf(before, stack), tagsOf(after, stack));
  if (put.length > 0) {
    const tags = put.map(({ Key, Value }) => ({ key: Key, value: Value }));
    await call("states", "TagResource", { resourceArn, tags });
  }
  if (removed.length > 0) {
    await call("states", "UntagResource", { resourceArn, tagKeys: removed });
  }
}
