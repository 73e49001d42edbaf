import { createHash } from "node:crypto";
import { isLongInteger } from "../../expression/exact-number.ts";
import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue } from "../../expression/json.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { EventDigests } from "../view-types.ts";

/**
 * What stands for the documents that states were entered and left with, by the events that have them: two are the same
 * where their digests are. So two executions are compared without their data being sent.
 */
export function digestsOf(events: Iterable<JournalEvent>): EventDigests["digests"] {
  const digests: Record<string, string> = {};
  for (const event of events) {
    if (!/State(?:Entered|Exited)$|^Execution(?:Started|Succeeded)$/.test(event.type)) continue;
    if ("payload" in event && event.payload !== undefined) {
      digests[event.id] = digestOf(event.payload.value);
    }
  }
  return digests;
}

/** Our choice: 72 bits, so that two of a million documents are the same by chance once in some billions. */
const digestLength = 12;

function digestOf(value: JsonValue): string {
  return createHash("sha256").update(canonical(value)).digest("base64url").slice(0, digestLength);
}

/** The same text for the same value, in whatever order its members were written. */
function canonical(value: JsonValue): string {
  // One is 1 or 1.0; of a long integer every digit counts.
  if (isJsonNumber(value)) return String(isLongInteger(value) ? value : Number(value));
  if (isJsonArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}
