import type { LogEvent } from "./cloudwatch-endpoint.ts";

/** Documented: PutLogEvents takes at most 1 MB – 26 bytes more than its message counted for each event … */
export const batchBytes = 1_048_576;
export const bytesBesideMessage = 26;
/** … and 10,000 events … */
export const batchEvents = 10_000;
/** … that span at most 24 hours. */
const batchSpanMs = 24 * 60 * 60 * 1_000;

/** An event that waits, with its size as the service counts it. */
export interface QueuedEvent extends LogEvent {
  readonly bytes: number;
}

export function queuedEvent(timestamp: number, message: string): QueuedEvent {
  return { timestamp, message, bytes: Buffer.byteLength(message) + bytesBesideMessage };
}

/** How many of the first events go into one call. At least one, if there is any. */
export function batchSize(events: readonly QueuedEvent[]): number {
  let bytes = 0;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const event of events) {
    bytes += event.bytes;
    earliest = Math.min(earliest, event.timestamp);
    latest = Math.max(latest, event.timestamp);
    const fits = bytes <= batchBytes && count < batchEvents && latest - earliest < batchSpanMs;
    if (!fits && count > 0) break;
    count++;
  }
  return count;
}
