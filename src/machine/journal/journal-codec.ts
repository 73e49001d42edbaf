import { Payload } from "../../expression/payload.ts";
import type { JournalEvent } from "./journal-event.ts";

/**
 * Packs the events of one commit into text: `{"p":[payload…],"e":[event…]}`.
 *
 * A document that several events carry – an output that is the next state's input – is written once, and written as
 * a JSON string, so that it comes back to the letter. An event is an array: type, id, previous event, time, branch,
 * number of its payload (-1: none), details, internals; the last two are left out where they are empty.
 */
export function encodeEvents(events: readonly JournalEvent[]): string {
  const numbers = new Map<string, number>();
  let payloads = "";
  let list = "";
  for (const event of events) {
    let payload = -1;
    if (event.payload !== undefined) {
      const { text } = event.payload;
      payload = numbers.get(text) ?? -1;
      if (payload === -1) {
        payload = numbers.size;
        numbers.set(text, payload);
        payloads += `${payload === 0 ? "" : ","}${JSON.stringify(text)}`;
      }
    }
    list += `${list === "" ? "" : ","}["${event.type}",${event.id},${event.previousEventId},${event.at},${event.branch},${payload}`;
    if (event.internal !== undefined) {
      list += `,${JSON.stringify(event.details)},${JSON.stringify(event.internal)}]`;
    } else if (hasMembers(event.details)) {
      list += `,${JSON.stringify(event.details)}]`;
    } else list += "]";
  }
  return `{"p":[${payloads}],"e":[${list}]}`;
}

/** The events of a chunk that {@link encodeEvents} packed. */
export function decodeEvents(chunk: string): JournalEvent[] {
  const { p, e } = JSON.parse(chunk) as { p: string[]; e: PackedEvent[] };
  const payloads = p.map((text) => Payload.ofText(text));
  return e.map(
    ([type, id, previousEventId, at, branch, payload, details, internal]) =>
      ({
        type,
        id,
        previousEventId,
        at,
        branch,
        payload: payload === -1 ? undefined : payloads[payload],
        details: details ?? {},
        internal,
      }) as JournalEvent,
  );
}

type PackedEvent = [string, number, number, number, number, number, unknown?, unknown?];

function hasMembers(details: object): boolean {
  for (const _name in details) return true;
  return false;
}
