import type { EpochMs } from "../../machine/ids.ts";
import { partitionOf } from "../../ports/partition-of.ts";
import type { CommitBatch, Message } from "../../ports/store.ts";
import type { HeldExecutions } from "./executions.ts";

/** A message and when its commit was made, by the store's clock. */
export interface HeldMessage {
  readonly message: Message;
  readonly sentAt: EpochMs;
}

/** Applies what a commit says of messages. */
export function applyMessages(
  { messages }: HeldExecutions,
  { messagesSent, messagesDelivered }: CommitBatch,
  now: EpochMs,
): void {
  for (const message of messagesSent) {
    if (!messages.has(message.id))
      messages.set(message.id, { message: { ...message }, sentAt: now });
  }
  for (const id of messagesDelivered) messages.delete(id);
}

/** The messages to a partition, oldest first. */
export function messagesTo(
  { messages, partitions }: HeldExecutions,
  partition: number,
  limit: number,
): readonly Message[] {
  return [...messages.values()]
    .map(({ message }) => message)
    .filter(({ to }) => partitionOf(to, partitions.length) === partition)
    .slice(0, limit);
}

/** The messages to some partitions that were sent at or before `until`, oldest first. */
export function overdueMessages(
  { messages, partitions }: HeldExecutions,
  wanted: { partitions: readonly number[]; until: EpochMs; limit: number },
): readonly Message[] {
  const asked = new Set(wanted.partitions);
  return [...messages.values()]
    .filter(({ sentAt }) => sentAt <= wanted.until)
    .filter(({ message }) => asked.has(partitionOf(message.to, partitions.length)))
    .slice(0, wanted.limit)
    .map(({ message }) => message);
}
