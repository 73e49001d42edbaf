import type {
  MessageAttributeValue,
  PublishBatchRequestEntry,
  PublishCommandInput,
} from "@aws-sdk/client-sns";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { matches } from "../../../eventing/pattern/matches.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import { sendMessage } from "../sqs/send-message.ts";
import { invalidParameter, type Subscription, type Topic, type Topics } from "./topics.ts";

/** *Documented*: 256 KB with the attributes. */
const longestMessage = 262_144;

type Given = Omit<PublishBatchRequestEntry, "Id"> & Pick<PublishCommandInput, "PhoneNumber">;

/** Publishes to a topic: the queues that have subscribed to it get the message. */
export function publish(topic: Topic, given: Given, topics: Topics): object {
  const { ids, clock } = topics.options;
  const text = checkedMessage(given);
  if (topic.name.endsWith(".fifo") && given.MessageGroupId === undefined) {
    throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  }
  const id = ids.uuid();
  topic.published += 1;
  topic.lastPublishedAt = clock.now();
  for (const subscription of topic.subscriptions) {
    const { filter } = subscription;
    if (filter !== undefined && !matches(filter, filtered(subscription, given, text))) continue;
    deliver(subscription, { id, text, given }, topics);
  }
  return { MessageId: id };
}

/** The message as an endpoint that is a queue gets it. */
export function checkedMessage(given: Given): string {
  const { Message: message = "" } = given;
  if (message === "") throw invalidParameter("Empty message");
  if (Buffer.byteLength(message) > longestMessage) throw invalidParameter("Message too long");
  if (given.MessageStructure === undefined) return message;
  if (given.MessageStructure !== "json") throw invalidParameter("MessageStructure");
  const byProtocol = parsed(message);
  if (byProtocol === undefined) {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const chosen = ownMember(byProtocol, "sqs") ?? ownMember(byProtocol, "default");
  if (typeof ownMember(byProtocol, "default") !== "string" || typeof chosen !== "string") {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
  return chosen;
}

interface Published {
  readonly id: string;
  readonly text: string;
  readonly given: Given;
}

/** A queue that refuses a message loses it, as at AWS, where nobody hears of it either. */
function deliver(subscription: Subscription, published: Published, topics: Topics): void {
  const { topic } = subscription;
  // One that was deleted appears again when it is used.
  const queue = topics.options.queues.ofArn(subscription.queue.arn) ?? subscription.queue;
  const { given } = published;
  const isRaw = subscription.attributes.get("RawMessageDelivery") === "true";
  const attributes = given.MessageAttributes ?? {};
  try {
    sendMessage(
      queue,
      {
        MessageBody: isRaw ? published.text : envelope(subscription, published, topics),
        ...(isRaw && { MessageAttributes: attributes }),
        ...(queue.isFifo && {
          MessageGroupId: given.MessageGroupId ?? topic.name,
          MessageDeduplicationId: given.MessageDeduplicationId ?? published.id,
        }),
      },
      topics.options,
    );
  } catch (error) {
    if (!(error instanceof ServiceRefusal)) throw error;
    topics.options.logger.warn(
      `a message of ${topic.arn} was not delivered to ${queue.arn}: ${error.message}`,
    );
  }
}

/** *Documented*: parsing message formats. *Our choice*: a signature that nobody made says so. */
function envelope(subscription: Subscription, published: Published, topics: Topics): string {
  const { topic } = subscription;
  const { given, id, text } = published;
  const attributes = Object.entries(given.MessageAttributes ?? {});
  return JSON.stringify({
    Type: "Notification",
    MessageId: id,
    TopicArn: topic.arn,
    ...(given.Subject !== undefined && { Subject: given.Subject }),
    Message: text,
    Timestamp: new Date(topics.options.clock.now()).toISOString(),
    SignatureVersion: "1",
    Signature: "not-signed-by-the-in-memory-stand-in",
    SigningCertURL: `https://sns.${topic.region}.amazonaws.com/SimpleNotificationService.pem`,
    UnsubscribeURL: `https://sns.${topic.region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`,
    ...(attributes.length > 0 && {
      MessageAttributes: Object.fromEntries(
        attributes.map(([name, value]) => [
          name,
          { Type: value.DataType, Value: value.StringValue ?? base64(value.BinaryValue) },
        ]),
      ),
    }),
  });
}

/** *Documented*: a filter policy concerns attributes, or the body where `FilterPolicyScope` says so. */
function filtered(subscription: Subscription, given: Given, text: string): JsonObject {
  if (subscription.attributes.get("FilterPolicyScope") === "MessageBody") return parsed(text) ?? {};
  return Object.fromEntries(
    Object.entries(given.MessageAttributes ?? {}).map(([name, value]) => [name, plain(value)]),
  );
}

function plain({ DataType: type = "", StringValue: text = "" }: MessageAttributeValue): JsonValue {
  if (type.startsWith("Number")) return Number(text);
  if (!type.startsWith("String.Array")) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function base64(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("base64");
}
