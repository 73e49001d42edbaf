import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { payloadMember } from "./history.ts";
import type { JournalEvent, JournalEventType } from "./journal-event.ts";

/** The levels of a logging configuration that log anything. */
export type LogLevel = "ALL" | "ERROR" | "FATAL";

/**
 * Documented: the escaped form of a document in a log is at most 248 KB; the rest is cut off, and its `…Details` say
 * so. Our reading: of 1,024 bytes.
 */
export const loggedDocumentBytes = 248 * 1024;

/**
 * Whether an event of this type is logged at the level.
 *
 * Documented: the table of log levels. FATAL has the ends of executions that are no success; ERROR also what failed,
 * timed out or was aborted within one, and the entering of a Fail state.
 */
export function isLogged(level: LogLevel, type: JournalEventType): boolean {
  switch (level) {
    case "ALL":
      return true;
    case "ERROR":
      return type === "FailStateEntered" || /(?:Failed|TimedOut|Aborted)$/.test(type);
    case "FATAL":
      return /^Execution(?:Failed|TimedOut|Aborted)$/.test(type);
  }
}

/**
 * The record that a public event is in an execution's log: one for each event, of the members that history shows.
 *
 * Observed: ids, times and counts are texts; there are `details` for every type; without execution data the documents'
 * `…Details` are left out with them, while errors and causes stay.
 */
export function logRecord(
  event: JournalEvent,
  options: {
    readonly executionArn: string;
    readonly redriveCount: number;
    readonly includeExecutionData: boolean;
  },
): JsonObject {
  return {
    id: String(event.id),
    type: event.type,
    details: loggedDetails(event, options.includeExecutionData),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.at),
    execution_arn: options.executionArn,
    redrive_count: String(options.redriveCount),
  };
}

function loggedDetails(event: JournalEvent, includeExecutionData: boolean): JsonObject {
  const details: Record<string, JsonValue> = {};
  const member = payloadMember(event.type);
  if (includeExecutionData && member !== undefined && event.payload !== undefined) {
    const { text } = event.payload;
    const logged = cut(text, loggedDocumentBytes);
    details[member] = logged;
    if (member !== "parameters") {
      details[`${member}Details`] = { truncated: logged.length < text.length };
    }
  }
  for (const [name, value] of Object.entries(event.details) as [string, JsonValue][]) {
    if (name !== "assignedVariables") details[name] = value;
    else if (includeExecutionData) Object.assign(details, loggedVariables(value as Variables));
  }
  return details;
}

type Variables = { readonly [name: string]: string };

/** All variables of an event share the limit of one document; our choice: those that come first are logged. */
function loggedVariables(variables: Variables): JsonObject {
  let left = loggedDocumentBytes;
  let truncated = false;
  const entries = Object.entries(variables).map(([name, text]) => {
    const logged = cut(text, left);
    left -= escapedBytes(logged);
    truncated ||= logged.length < text.length;
    return [name, logged] as const;
  });
  // fromEntries, so that a variable may have any name.
  return {
    assignedVariables: Object.fromEntries(entries),
    assignedVariablesDetails: { truncated },
  };
}

/** The longest beginning of the text whose escaped form has at most so many bytes. */
function cut(text: string, limit: number): string {
  // No UTF-16 unit takes more than the six bytes of `\u0000`.
  if (text.length * 6 <= limit) return text;
  let bytes = 0;
  for (let index = 0; index < text.length;) {
    const point = text.codePointAt(index) as number;
    bytes += escapedSize(point);
    if (bytes > limit) return text.slice(0, index);
    index += point > 0xffff ? 2 : 1;
  }
  return text;
}

function escapedBytes(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += escapedSize(character.codePointAt(0) as number);
  return bytes;
}

/** The bytes of a character in UTF-8 within a JSON string. */
function escapedSize(point: number): number {
  if (point === 0x22 || point === 0x5c) return 2;
  if (point < 0x20) return point >= 0x08 && point <= 0x0d && point !== 0x0b ? 2 : 6;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  if (point >= 0xd800 && point <= 0xdfff) return 6;
  return point <= 0xffff ? 3 : 4;
}
