import type { JournalEvent, JournalEventType } from "./journal-event.ts";
import type { JsonObject, JsonValue } from "../../expression/json.ts";

/** Event types that the API never shows. */
const privateTypes: ReadonlySet<JournalEventType> = new Set([
  "RetryScheduled",
  "TaskHeartbeat",
  "WaitScheduled",
]);

export function isPublic(event: JournalEvent): boolean {
  return !privateTypes.has(event.type);
}

/** The member of the event's details that its payload is shown as; the others have none. */
export function payloadMember(
  type: JournalEventType,
): "input" | "output" | "parameters" | undefined {
  switch (type) {
    case "ExecutionStarted":
    case "LambdaFunctionScheduled":
    case "ActivityScheduled":
      return "input";
    case "ExecutionSucceeded":
    case "TaskSubmitted":
    case "TaskSucceeded":
    case "LambdaFunctionSucceeded":
    case "ActivitySucceeded":
      return "output";
    case "TaskScheduled":
      return "parameters";
    default:
      if (type.endsWith("StateEntered")) return "input";
      if (type.endsWith("StateExited")) return "output";
      return undefined;
  }
}

/** `PassStateEntered` → `stateEnteredEventDetails`; `undefined` for types that the API gives no details. */
export function detailsMember(type: JournalEventType): string | undefined {
  if (withoutDetails.has(type)) return undefined;
  if (type.endsWith("StateEntered")) return "stateEnteredEventDetails";
  if (type.endsWith("StateExited")) return "stateExitedEventDetails";
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

const withoutDetails: ReadonlySet<JournalEventType> = new Set([
  "TaskStateAborted",
  "WaitStateAborted",
  "ParallelStateAborted",
  "MapStateAborted",
  "ParallelStateStarted",
  "ParallelStateSucceeded",
  "ParallelStateFailed",
  "MapStateSucceeded",
  "MapStateFailed",
  "MapRunSucceeded",
  "MapRunAborted",
  "LambdaFunctionStarted",
]);

/**
 * The event as `GetExecutionHistory` shows it. `timestamp` is in seconds, as on the wire.
 *
 * Without execution data, payloads, variables, and the errors' causes stay; only the documents are left out.
 * Documented: API, GetExecutionHistory `includeExecutionData`.
 */
export function historyEvent(event: JournalEvent, includeExecutionData: boolean): JsonObject {
  const shown: Record<string, JsonValue> = {
    timestamp: event.at / 1000,
    type: event.type,
    id: event.id,
    previousEventId: event.previousEventId,
  };
  const member = detailsMember(event.type);
  if (member === undefined) return shown;
  const details: Record<string, JsonValue> = {};
  const payload = payloadMember(event.type);
  if (payload !== undefined && event.payload !== undefined) {
    if (includeExecutionData) details[payload] = event.payload.text;
    if (payload !== "parameters") details[`${payload}Details`] = notTruncated;
  }
  for (const [name, value] of Object.entries(event.details) as [string, JsonValue][]) {
    if (name === "assignedVariables") {
      if (includeExecutionData) details[name] = value;
      details["assignedVariablesDetails"] = notTruncated;
    } else details[name] = value;
  }
  shown[member] = details;
  return shown;
}

/** Beside every document; true would mean that it was cut, which the API never does. */
const notTruncated: JsonObject = { truncated: false };
