import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import type { AwsCall } from "../../aws-calls.ts";
import { jsonText, objectsIn } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::SNS::Topic`. */
export const topic: ResourceProvider = {
  replacing: ["TopicName", "FifoTopic", "Subscription"],

  async create(properties, context) {
    const { call } = context;
    const Name = nameOf(properties, "TopicName", context, { maxLength: 250 });
    const { members } = await call("sns", "CreateTopic", { Name });
    const arn = textOf(members["TopicArn"]);
    await context.began(arn);
    for (const { Protocol = "", Endpoint = "" } of objectsIn(properties["Subscription"])) {
      await call("sns", "Subscribe", { TopicArn: arn, Protocol, Endpoint });
    }
    return { physicalId: arn, attributes: { TopicArn: arn, TopicName: Name } };
  },

  // Names that are shown, keys and tags mean nothing here.
  update: (_, { physicalId, attributes }) => Promise.resolve({ physicalId, attributes }),

  async delete({ physicalId }, { call }) {
    await call("sns", "DeleteTopic", { TopicArn: physicalId });
  },
};

/** *Documented*: `AWS::SNS::Subscription`. */
export const subscription: ResourceProvider = {
  replacing: ["TopicArn", "Protocol", "Endpoint", "Region"],

  async create(properties, context) {
    const { TopicArn = "", Protocol = "", Endpoint = "" } = properties;
    const { members } = await context.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint });
    const arn = textOf(members["SubscriptionArn"]);
    await context.began(arn);
    await setAttributes(arn, properties, context.call);
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async update(properties, { physicalId, attributes }, { call }) {
    await setAttributes(physicalId, properties, call);
    return { physicalId, attributes };
  },

  async delete({ physicalId }, { call }) {
    await call("sns", "Unsubscribe", { SubscriptionArn: physicalId });
  },
};

async function setAttributes(
  SubscriptionArn: string,
  properties: JsonObject,
  call: AwsCall,
): Promise<void> {
  for (const AttributeName of ["RawMessageDelivery", "FilterPolicyScope", "FilterPolicy"]) {
    const AttributeValue = jsonText(properties[AttributeName]);
    if (AttributeValue === undefined) continue;
    await call("sns", "SetSubscriptionAttributes", {
      SubscriptionArn,
      AttributeName,
      AttributeValue,
    });
  }
}
