import { BoundedMap } from "../../http/connections/bounded-map.ts";
import { bytesOfEntry, type MemoryBudget } from "../memory-budget.ts";
import type { Message } from "./message.ts";

/** *Documented*: the values of a queue for which nothing is said. */
export const usualAttributes = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
} as const;

/** Our choice: messages of one queue; the oldest makes room. */
export const mostMessages = 10_000;

/** *Documented*: how long a deduplication id is remembered. */
const deduplicationMs = 5 * 60_000;
/** Our choice. */
const mostDeduplicationIds = 20_000;

/** *Documented*: a sequence number is a whole number of 20 digits that grows. *Our choice*: where they begin. */
const firstSequence = 18_850_000_000_000_000_000n;

/** How many messages there are, by who may have them. */
export interface QueueCounts {
  readonly waiting: number;
  readonly inFlight: number;
  readonly delayed: number;
}

interface Sent {
  readonly at: number;
  readonly message: Pick<Message, "id" | "sequenceNumber">;
}

/** A queue and its messages, in the order in which they came. */
export class Queue {
  readonly arn: string;
  readonly url: string;
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  /** As `GetQueueAttributes` has them, those that can be set. */
  readonly settings = new Map<string, string>(Object.entries(usualAttributes));
  readonly #budget: MemoryBudget;
  readonly #sent = new BoundedMap<string, Sent>(mostDeduplicationIds);
  readonly #listeners = new Set<() => void>();
  #messages: Message[] = [];
  #receipts = 0;
  #sequence = firstSequence;
  #dropped = 0;

  constructor(
    about: Pick<Queue, "arn" | "url" | "name" | "region" | "createdAt">,
    budget: MemoryBudget,
  ) {
    ({
      arn: this.arn,
      url: this.url,
      name: this.name,
      region: this.region,
      createdAt: this.createdAt,
    } = about);
    this.#budget = budget;
  }

  get isFifo(): boolean {
    return this.name.endsWith(".fifo");
  }

  /** How many were forgotten because there were too many. */
  get dropped(): number {
    return this.#dropped;
  }

  nextSequenceNumber(): string {
    this.#sequence += 256n;
    return String(this.#sequence);
  }

  seconds(setting: keyof typeof usualAttributes): number {
    return Number(this.settings.get(setting));
  }

  /** A message that was sent with the same id within five minutes. */
  duplicateOf(deduplicationId: string, now: number): Sent["message"] | undefined {
    const sent = this.#sent.get(deduplicationId);
    return sent !== undefined && now - sent.at < deduplicationMs ? sent.message : undefined;
  }

  /** Whether there was room; the oldest are forgotten for it. */
  add(message: Message): boolean {
    if (!this.#budget.take(message.bytes + bytesOfEntry)) return false;
    if (this.#messages.length >= mostMessages) this.dropOldest();
    this.#messages.push(message);
    if (message.deduplicationId !== undefined) {
      this.#sent.set(message.deduplicationId, { at: message.sentAt, message });
    }
    for (const listener of this.#listeners) listener();
    return true;
  }

  /** Up to `most` messages that are then hidden for a while. Of a group none comes while another is with somebody. */
  receive(most: number, visibilitySeconds: number, now: number): readonly Message[] {
    this.#forgetExpired(now);
    const received: Message[] = [];
    const held = new Set<string>();
    for (const message of this.#messages) {
      if (received.length >= most) break;
      const group = this.isFifo ? message.groupId : undefined;
      if (group !== undefined && held.has(group)) continue;
      if (message.visibleAt > now) {
        if (group !== undefined) held.add(group);
        continue;
      }
      this.#receipts += 1;
      message.receiptHandle = receiptHandle(message.id, this.#receipts);
      message.visibleAt = now + visibilitySeconds * 1000;
      message.receiveCount += 1;
      message.firstReceivedAt ??= now;
      received.push(message);
    }
    return received;
  }

  /** The message that was last received with the handle. */
  received(handle: string): Message | undefined {
    return this.#messages.find(({ receiptHandle }) => receiptHandle === handle);
  }

  delete(message: Message): void {
    this.#messages = this.#messages.filter((each) => each !== message);
    this.#budget.give(message.bytes + bytesOfEntry);
    // The next of its group can be had.
    for (const listener of this.#listeners) listener();
  }

  purge(): void {
    for (const { bytes } of this.#messages) this.#budget.give(bytes + bytesOfEntry);
    this.#messages = [];
  }

  dropOldest(): boolean {
    const message = this.#messages.shift();
    if (message === undefined) return false;
    this.#budget.give(message.bytes + bytesOfEntry);
    this.#dropped += 1;
    return true;
  }

  get length(): number {
    return this.#messages.length;
  }

  messages(now: number): readonly Message[] {
    this.#forgetExpired(now);
    return this.#messages;
  }

  counts(now: number): QueueCounts {
    const count = { waiting: 0, inFlight: 0, delayed: 0 };
    for (const message of this.messages(now)) count[standing(message, now)] += 1;
    return count;
  }

  /** When the next of the messages that nobody may have now can be had. */
  nextVisibleAt(): number | undefined {
    return this.#messages.reduce<number | undefined>(
      (least, { visibleAt }) => (least === undefined ? visibleAt : Math.min(least, visibleAt)),
      undefined,
    );
  }

  /** Calls whenever there may be something to receive; the result ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #forgetExpired(now: number): void {
    const oldest = now - this.seconds("MessageRetentionPeriod") * 1000;
    while ((this.#messages[0]?.sentAt ?? now) < oldest) {
      this.#budget.give((this.#messages.shift()?.bytes ?? 0) + bytesOfEntry);
    }
  }
}

/** Who may have a message. */
export function standing(message: Message, now: number): keyof QueueCounts {
  if (message.visibleAt <= now) return "waiting";
  return message.receiptHandle === undefined ? "delayed" : "inFlight";
}

/** A text that names one receipt of a message. */
function receiptHandle(messageId: string, receipt: number): string {
  return Buffer.from(`${messageId} ${receipt}`).toString("base64");
}

export function isReceiptHandle(text: string): boolean {
  return /^[0-9a-f-]{36} \d+$/.test(Buffer.from(text, "base64").toString());
}
