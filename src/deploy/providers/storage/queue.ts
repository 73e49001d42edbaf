import type { JsonObject } from "../../../expression/json.ts";
import { jsonText } from "../members.ts";
import { nameOf, type Made, type ProviderContext, type ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::SQS::Queue`. */
export const queue: ResourceProvider = {
  replacing: ["QueueName", "FifoQueue"],

  async create(properties, context) {
    const isFifo = String(properties["FifoQueue"] ?? false) === "true";
    const generated = nameOf(properties, "QueueName", context, { maxLength: 75 });
    const QueueName = isFifo && !generated.endsWith(".fifo") ? `${generated}.fifo` : generated;
    const Attributes = attributesOf(properties);
    const { members } = await context.call("sqs", "CreateQueue", { QueueName, Attributes });
    return described(String(members["QueueUrl"]), QueueName, context);
  },

  async update(properties, { physicalId, attributes }, { call }) {
    const { FifoQueue: _fixed, ...Attributes } = attributesOf(properties);
    await call("sqs", "SetQueueAttributes", { QueueUrl: physicalId, Attributes });
    return { physicalId, attributes };
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
    const differing = Object.keys(given).filter((name) => actual[name] !== given[name]);
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

async function described(url: string, name: string, { call }: ProviderContext): Promise<Made> {
  const { members } = await call("sqs", "GetQueueAttributes", {
    QueueUrl: url,
    AttributeNames: ["QueueArn"],
  });
  const { QueueArn = null } = members["Attributes"] as JsonObject;
  return { physicalId: url, attributes: { Arn: QueueArn, QueueName: name, QueueUrl: url } };
}
