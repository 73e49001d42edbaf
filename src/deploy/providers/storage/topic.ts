import { textOf } from "../../text-of.ts";
import type { JsonObject } from "../../../expression/json.ts";
import type { AwsCall } from "../../aws-calls.ts";
import { jsonText, objectsIn } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::SNS::Topic`. */
export const topic: ResourceProvider = {
  service: "sns",
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

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("sns", "ListTopics", {});
    const isThere = objectsIn(members["Topics"]).some(({ TopicArn }) => TopicArn === physicalId);
    if (!isThere) return undefined;
    const { Subscription: wanted, ...others } = properties;
    if (wanted === undefined) return others;
    const here = await subscriptionsOf(physicalId, call);
    const isHere = (one: JsonObject): boolean =>
      here.some((each) => each["Endpoint"] === one["Endpoint"]);
    return { ...others, Subscription: objectsIn(wanted).filter(isHere) };
  },
};

async function subscriptionsOf(TopicArn: string, call: AwsCall): Promise<readonly JsonObject[]> {
  const { members } = await call("sns", "ListSubscriptionsByTopic", { TopicArn });
  return objectsIn(members["Subscriptions"]);
}

/** *Documented*: `AWS::SNS::Subscription`. */
export const subscription: ResourceProvider = {
  service: "sns",
  replacing: ["TopicArn", "Protocol", "Endpoint", "Region"],

  async create(properties, context) {
    const { TopicArn = "", Protocol = "", Endpoint = "" } = properties;
    const { members } = await context.call("sns", "Subscribe", { TopicArn, Protocol, Endpoint });
    const arn = textOf(members["SubscriptionArn"]);
    await context.began(arn);
    await setAttributes(arn, properties, context.call);
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async update(properties, { physicalId, properties: before, attributes }, { call }) {
    const dropped = Object.entries(usualOfSubscription).filter(([name]) => name in before);
    await setAttributes(physicalId, { ...Object.fromEntries(dropped), ...properties }, call);
    return { physicalId, attributes };
  },

  async delete({ physicalId }, { call }) {
    await call("sns", "Unsubscribe", { SubscriptionArn: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const here = await subscriptionsOf(textOf(properties["TopicArn"]), call);
    return here.some(({ SubscriptionArn }) => SubscriptionArn === physicalId)
      ? properties
      : undefined;
  },
};

/** *Documented*: what a subscription has where nobody says anything; an empty policy takes the filter away. */
const usualOfSubscription = {
  RawMessageDelivery: "false",
  FilterPolicyScope: "MessageAttributes",
  FilterPolicy: "{}",
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
