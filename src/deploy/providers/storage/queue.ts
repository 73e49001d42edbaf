import { textOf } from "../../text-of.ts";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { type AwsAnswer, errorCodeOf } from "../../aws-calls.ts";
import { usualAttributes } from "../../../integrations/memory/sqs/queue.ts";
import { jsonText } from "../members.ts";
import { nameOf, type Made, type ProviderContext, type ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::SQS::Queue`. */
export const queue: ResourceProvider = {
  service: "sqs",
  replacing: ["QueueName", "FifoQueue"],

  async create(properties, context) {
    const isFifo = textOf(properties["FifoQueue"] ?? false) === "true";
    const generated = nameOf(properties, "QueueName", context, { maxLength: 75 });
    const QueueName = isFifo && !generated.endsWith(".fifo") ? `${generated}.fifo` : generated;
    const { members, note } = await withKnown(attributesOf(properties), (Attributes) =>
      context.call("sqs", "CreateQueue", { QueueName, Attributes }),
    );
    return { ...(await described(textOf(members["QueueUrl"]), QueueName, context)), note };
  },

  async update(properties, { physicalId, properties: before, attributes }, { call }) {
    const { FifoQueue: _fixed, ...wanted } = attributesOf(properties);
    const dropped = Object.entries(usualAttributes).filter(
      ([name]) => before[name] !== undefined && properties[name] === undefined,
    );
    const Attributes = { ...Object.fromEntries(dropped), ...wanted };
    const { note } = await withKnown(Attributes, (known) =>
      call("sqs", "SetQueueAttributes", { QueueUrl: physicalId, Attributes: known }),
    );
    return { physicalId, attributes, note };
  },

  async delete({ physicalId }, { call }) {
    await call("sqs", "DeleteQueue", { QueueUrl: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("sqs", "GetQueueAttributes", {
      QueueUrl: physicalId,
      AttributeNames: ["All"],
    });
    const actual = members["Attributes"] as JsonObject;
    const given = attributesOf(properties);
    // Numbers are texts in a queue, and what it does not know it does not tell.
    const differing = Object.keys(given).filter(
      (name) => actual[name] !== undefined && actual[name] !== given[name],
    );
    return {
      ...properties,
      ...Object.fromEntries(differing.map((name) => [name, actual[name] ?? null])),
    };
  },
};

/** *Documented*: all that is not one of these is an attribute of the same name; values are texts. */
function attributesOf({ QueueName: _name, Tags: _tags, ...others }: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, jsonText(value) ?? ""]),
  );
}

/**
 * Sets attributes but for those that the queues here do not know, which the answer says: a stand-in has fewer than SQS, and what it
 * lacks (keys, dead letters) keeps nobody from running a workflow.
 */
async function withKnown(
  attributes: JsonObject,
  set: (attributes: JsonObject) => Promise<AwsAnswer>,
): Promise<{ readonly members: JsonObject; readonly note?: string }> {
  const known: { [name: string]: JsonValue } = { ...attributes };
  const unknown: string[] = [];
  for (;;) {
    try {
      const { members } = await set(known);
      if (unknown.length === 0) return { members };
      return {
        members,
        note: `Not set, because queues here do not know it: ${unknown.join(", ")}`,
      };
    } catch (error) {
      const name =
        errorCodeOf(error) === "InvalidAttributeName" &&
        Object.keys(known).find((each) => new RegExp(`\\b${each}\\b`).test(String(error)));
      if (typeof name !== "string") throw error;
      unknown.push(name);
      delete known[name];
    }
  }
}

async function described(url: string, name: string, { call }: ProviderContext): Promise<Made> {
  const { members } = await call("sqs", "GetQueueAttributes", {
    QueueUrl: url,
    AttributeNames: ["QueueArn"],
  });
  const { QueueArn = null } = members["Attributes"] as JsonObject;
  return { physicalId: url, attributes: { Arn: QueueArn, QueueName: name, QueueUrl: url } };
}
