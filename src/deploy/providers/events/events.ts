import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { asNumber, given, jsonText, objectsIn, picked } from "../members.ts";
import { described } from "../described.ts";
import { nameOf, type ProviderContext, type ResourceProvider } from "../provider.ts";
import { tagsOf } from "../resource-tags.ts";

/** *Documented*: `AWS::Events::Rule`, with its targets. */
export const rule: ResourceProvider = {
  replacing: ["Name", "EventBusName"],

  async create(properties, context) {
    const Name = nameOf(properties, "Name", context, { maxLength: 64 });
    const arn = await putRule(Name, properties, context);
    const { EventBusName = "default" } = properties;
    // *Documented*: `Ref` of a rule of another bus has the bus before its name.
    const physicalId = EventBusName === "default" ? Name : `${textOf(EventBusName)}|${Name}`;
    await context.began(physicalId);
    await putTargets(Name, {}, properties, context);
    return { physicalId, attributes: { Arn: arn } };
  },

  async update(properties, { physicalId, properties: before, attributes }, context) {
    const Name = ruleNameOf(physicalId);
    await putRule(Name, properties, context);
    await putTargets(Name, before, properties, context);
    return { physicalId, attributes };
  },

  async delete({ physicalId, properties }, context) {
    const Name = ruleNameOf(physicalId);
    await putTargets(Name, properties, {}, context);
    await context.call("events", "DeleteRule", { ...busOf(properties), Name });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("events", "DescribeRule", {
      ...busOf(properties),
      Name: ruleNameOf(physicalId),
    });
    const { EventPattern } = members;
    return {
      ...properties,
      ...picked(
        members,
        ["State", "ScheduleExpression", "Description"].filter((name) => name in properties),
      ),
      ...(typeof EventPattern === "string" &&
        properties["EventPattern"] !== undefined && {
          EventPattern: JSON.parse(EventPattern) as JsonObject,
        }),
    };
  },
};

function ruleNameOf(physicalId: string): string {
  return physicalId.slice(physicalId.lastIndexOf("|") + 1);
}

function busOf({ EventBusName }: JsonObject): JsonObject {
  return given({ EventBusName });
}

async function putRule(
  Name: string,
  properties: JsonObject,
  { call, stack }: ProviderContext,
): Promise<string> {
  const tags = tagsOf(properties["Tags"], stack).map((tag) => ({ ...tag }));
  const { members } = await call(
    "events",
    "PutRule",
    given({
      ...picked(properties, [
        "EventBusName",
        "ScheduleExpression",
        "State",
        "Description",
        "RoleArn",
      ]),
      Name,
      EventPattern: jsonText(properties["EventPattern"]),
      Tags: tags.length > 0 ? tags : undefined,
    }),
  );
  return textOf(members["RuleArn"]);
}

async function putTargets(
  Rule: string,
  before: JsonObject,
  after: JsonObject,
  { call }: ProviderContext,
): Promise<void> {
  const Targets = objectsIn(after["Targets"]);
  const kept = new Set(Targets.map(({ Id }) => Id));
  const Ids = objectsIn(before["Targets"]).flatMap(({ Id }) =>
    Id === undefined || kept.has(Id) ? [] : [Id],
  );
  if (Ids.length > 0) {
    await call("events", "RemoveTargets", { ...busOf(before), Rule, Ids });
  }
  if (Targets.length === 0) return;
  const { members } = await call("events", "PutTargets", { ...busOf(after), Rule, Targets });
  const [failed] = objectsIn(members["FailedEntries"]);
  if (failed !== undefined) throw new Error(textOf(failed["ErrorMessage"]));
}

const connectionMembers = ["AuthorizationType", "AuthParameters", "Description"];
const destinationMembers = ["ConnectionArn", "Description", "HttpMethod", "InvocationEndpoint"];

export const eventBus = described({
  service: "events",
  replacing: ["Name"],
  name: { property: "Name", maxLength: 256 },
  create: (properties, { name, context }) => ({
    operation: "CreateEventBus",
    members: {
      ...picked(properties, ["Description", "EventSourceName", "DeadLetterConfig"]),
      Name: name,
      Tags: tagsOf(properties["Tags"], context.stack).map((tag) => ({ ...tag })),
    },
  }),
  update: (properties, { name }) => [
    {
      operation: "UpdateEventBus",
      members: { ...picked(properties, ["Description", "DeadLetterConfig"]), Name: name },
    },
  ],
  delete: ({ physicalId }) => [{ operation: "DeleteEventBus", members: { Name: physicalId } }],
  read: ({ physicalId }) => ({ operation: "DescribeEventBus", members: { Name: physicalId } }),
  made: ({ EventBusArn = null }, { name }) => ({ attributes: { Arn: EventBusArn, Name: name } }),
});

export const archive = described({
  service: "events",
  replacing: ["ArchiveName", "SourceArn"],
  name: { property: "ArchiveName", maxLength: 48 },
  create: (properties, { name }) => ({
    operation: "CreateArchive",
    members: {
      ...archiveOf(properties),
      ArchiveName: name,
      EventSourceArn: properties["SourceArn"] ?? null,
    },
  }),
  update: (properties, { name }) => [
    { operation: "UpdateArchive", members: { ...archiveOf(properties), ArchiveName: name } },
  ],
  delete: ({ physicalId }) => [
    { operation: "DeleteArchive", members: { ArchiveName: physicalId } },
  ],
  read: ({ physicalId }) => ({
    operation: "DescribeArchive",
    members: { ArchiveName: physicalId },
  }),
  made: ({ ArchiveArn = null }, { name }) => ({
    attributes: { Arn: ArchiveArn, ArchiveName: name },
  }),
});

function archiveOf(properties: JsonObject): JsonObject {
  return given({
    Description: properties["Description"],
    EventPattern: jsonText(properties["EventPattern"]),
    RetentionDays: asNumber(properties["RetentionDays"]),
  });
}

const describedConnection = described({
  service: "events",
  replacing: ["Name"],
  name: { property: "Name", maxLength: 64 },
  create: (properties, { name }) => ({
    operation: "CreateConnection",
    members: { ...picked(properties, connectionMembers), Name: name },
  }),
  update: (properties, { name }) => [
    {
      operation: "UpdateConnection",
      members: { ...picked(properties, connectionMembers), Name: name },
    },
  ],
  delete: ({ physicalId }) => [{ operation: "DeleteConnection", members: { Name: physicalId } }],
  read: ({ physicalId }) => ({ operation: "DescribeConnection", members: { Name: physicalId } }),
  made: ({ ConnectionArn = null }) => ({
    attributes: { Arn: ConnectionArn, ArnForPolicy: ConnectionArn },
  }),
});

/** *Documented*: the ARN of its secret is shown by DescribeConnection only. */
export const connection: ResourceProvider = {
  ...describedConnection,
  async create(properties, context) {
    const made = await describedConnection.create(properties, context);
    const members = { Name: made.physicalId };
    const { SecretArn = null } = (await context.call("events", "DescribeConnection", members))
      .members;
    return { ...made, attributes: { ...made.attributes, SecretArn } };
  },
};

export const apiDestination = described({
  service: "events",
  replacing: ["Name"],
  name: { property: "Name", maxLength: 64 },
  create: (properties, { name }) => ({
    operation: "CreateApiDestination",
    members: destinationOf(properties, name),
  }),
  update: (properties, { name }) => [
    { operation: "UpdateApiDestination", members: destinationOf(properties, name) },
  ],
  delete: ({ physicalId }) => [
    { operation: "DeleteApiDestination", members: { Name: physicalId } },
  ],
  read: ({ physicalId }) => ({
    operation: "DescribeApiDestination",
    members: { Name: physicalId },
  }),
  made: ({ ApiDestinationArn = null }) => ({
    attributes: { Arn: ApiDestinationArn, ArnForPolicy: ApiDestinationArn },
  }),
});

function destinationOf(properties: JsonObject, Name: string): JsonObject {
  return given({
    ...picked(properties, destinationMembers),
    Name,
    InvocationRateLimitPerSecond: asNumber(properties["InvocationRateLimitPerSecond"]),
  });
}
