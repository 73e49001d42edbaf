import { createHash } from "node:crypto";
import type { MessageAttributeValue, SendMessageCommandInput } from "@aws-sdk/client-sqs";
import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import { attributesBytes, attributesMd5, md5, type Message } from "./message.ts";
import { mostMessages, type Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";

/** What a sender is told of its message. */
export interface SentMessage {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

export interface Sender {
  readonly queues: Queues;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
}

type Given = Pick<
  SendMessageCommandInput,
  | "MessageBody"
  | "DelaySeconds"
  | "MessageAttributes"
  | "MessageSystemAttributes"
  | "MessageDeduplicationId"
  | "MessageGroupId"
>;

/** *Documented*: the longest delay. */
const longestDelaySeconds = 900;

/** Puts a message into a queue, or refuses it as SQS does. */
export function sendMessage(queue: Queue, given: Given, sender: Sender): SentMessage {
  const { MessageBody: body = "", MessageAttributes: attributes = {} } = given;
  const systemAttributes = given.MessageSystemAttributes ?? {};
  if (body === "") throw missing("MessageBody");
  for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
  const bytes = Buffer.byteLength(body) + attributesBytes(attributes);
  const most = queue.seconds("MaximumMessageSize");
  if (bytes > most) {
    throw parameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  const now = sender.clock.now();
  const deduplicationId = deduplicationIdOf(queue, given, body);
  const shown = {
    MD5OfMessageBody: md5(body),
    ...optional("MD5OfMessageAttributes", attributesMd5(attributes)),
    ...optional("MD5OfMessageSystemAttributes", attributesMd5(systemAttributes)),
  };
  const known = deduplicationId === undefined ? undefined : queue.duplicateOf(deduplicationId, now);
  if (known !== undefined) return { ...shown, ...idsOf(known) };
  const message: Message = {
    id: sender.ids.uuid(),
    body,
    attributes,
    systemAttributes,
    sentAt: now,
    bytes,
    groupId: given.MessageGroupId,
    deduplicationId,
    sequenceNumber: queue.isFifo ? queue.nextSequenceNumber() : undefined,
    visibleAt: now + delaySeconds(queue, given) * 1000,
    receiveCount: 0,
  };
  if (queue.length >= mostMessages) sender.queues.warnOfDropping();
  if (!queue.add(message)) {
    throw new ServiceRefusal(
      "OverLimit",
      "The in-memory stand-ins are full: there is no room for this message",
    );
  }
  return { ...shown, ...idsOf(message) };
}

function idsOf({ id, sequenceNumber }: Pick<Message, "id" | "sequenceNumber">) {
  return { MessageId: id, ...optional("SequenceNumber", sequenceNumber) };
}

/** *Documented*: FIFO queues want a group, and an id or the hash of the content. */
function deduplicationIdOf(queue: Queue, given: Given, body: string): string | undefined {
  if (!queue.isFifo) {
    if (given.MessageDeduplicationId === undefined) return undefined;
    throw unfit("MessageDeduplicationId", given.MessageDeduplicationId);
  }
  if (given.MessageGroupId === undefined) throw missing("MessageGroupId");
  if (given.MessageDeduplicationId !== undefined) return given.MessageDeduplicationId;
  if (queue.settings.get("ContentBasedDeduplication") === "true") {
    return createHash("sha256").update(body).digest("hex");
  }
  throw parameter(
    "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
  );
}

function delaySeconds(queue: Queue, { DelaySeconds: delay }: Given): number {
  if (delay === undefined) return queue.seconds("DelaySeconds");
  if (queue.isFifo && delay !== 0) throw unfit("DelaySeconds", delay);
  if (delay < 0 || delay > longestDelaySeconds) {
    throw parameter(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${longestDelaySeconds}.`,
    );
  }
  return delay;
}

function checkAttribute(name: string, value: MessageAttributeValue): void {
  const { DataType: type = "", StringValue, BinaryValue } = value;
  const [kind = ""] = type.split(".");
  if (kind === "") {
    throw parameter(
      `The message attribute '${name}' must contain a non-empty message attribute type.`,
    );
  }
  if (kind !== "String" && kind !== "Number" && kind !== "Binary") {
    throw parameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const content = kind === "Binary" ? BinaryValue : StringValue;
  if (content !== undefined && content.length > 0) return;
  throw parameter(
    `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${type}'.`,
  );
}

export function parameter(message: string): ServiceRefusal {
  return new ServiceRefusal("InvalidParameterValue", message);
}

function missing(name: string): ServiceRefusal {
  return new ServiceRefusal("MissingParameter", `The request must contain the parameter ${name}.`);
}

function unfit(name: string, value: string | number): ServiceRefusal {
  return parameter(
    `Value ${value} for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type.`,
  );
}

function optional<N extends string>(
  name: N,
  value: string | undefined,
): { readonly [K in N]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: string };
}
