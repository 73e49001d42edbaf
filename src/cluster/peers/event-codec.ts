import type { MapRunOutcome } from "../../machine/map-run/map-run-settings.ts";
import type { StartedBy } from "../../machine/started-by.ts";
import type { Event } from "../../runtime/partition/event.ts";
import {
  NotUnderstood,
  numberIn,
  objectIn,
  optionalTexts,
  payloadIn,
  textIn,
  type Wire,
} from "./wire.ts";

/** An event as JSON: its documents as their texts. */
export function encodeEvent(event: Event): Wire {
  switch (event.type) {
    case "ExecutionStarted":
      return { ...event, input: event.input.text };
    case "TaskSubmitted":
    case "TaskSucceeded":
      return { ...event, output: event.output.text };
    case "MapRunFinished":
      return { ...event, outcome: encodeOutcome(event.outcome) };
    case "TimerFired":
    case "TaskFailed":
    case "TaskHeartbeat":
    case "ActivityStarted":
    case "Redriven":
    case "StopRequested":
    case "KeyLost":
      return event;
  }
}

export function decodeEvent(wire: Wire): Event {
  const type = textIn(wire, "type") as Event["type"];
  switch (type) {
    case "ExecutionStarted":
      return { type, input: payloadIn(wire, "input") };
    case "TimerFired":
      return { type };
    case "TaskSubmitted":
    case "TaskSucceeded":
      return { type, taskId: numberIn(wire, "taskId"), output: payloadIn(wire, "output") };
    case "TaskFailed":
      return {
        type,
        taskId: numberIn(wire, "taskId"),
        ...(wire["rejected"] === true ? { rejected: true } : {}),
        ...optionalTexts(wire, "error", "cause"),
      };
    case "TaskHeartbeat":
      return { type, taskId: numberIn(wire, "taskId") };
    case "ActivityStarted":
      return { type, taskId: numberIn(wire, "taskId"), ...optionalTexts(wire, "workerName") };
    case "MapRunFinished":
      return {
        type,
        mapRunArn: textIn(wire, "mapRunArn"),
        outcome: decodeOutcome(objectIn(wire, "outcome")),
      };
    case "Redriven":
      return { type, ...optionalTexts(wire, "clientToken"), ...redriver(wire) };
    case "StopRequested":
      return { type, ...optionalTexts(wire, "error", "cause") };
    case "KeyLost":
      return { type, cause: textIn(wire, "cause") };
    default:
      throw new NotUnderstood(`Events of the type ${String(type)} are not known here.`);
  }
}

function redriver(wire: Wire): { readonly by?: StartedBy } {
  if (wire["by"] === undefined) return {};
  const by = objectIn(wire, "by");
  return { by: { principal: textIn(by, "principal"), ...optionalTexts(by, "via") } };
}

function encodeOutcome(outcome: MapRunOutcome): Wire {
  return outcome.type === "succeeded" ? { ...outcome, output: outcome.output.text } : outcome;
}

function decodeOutcome(wire: Wire): MapRunOutcome {
  const type = textIn(wire, "type") as MapRunOutcome["type"];
  switch (type) {
    case "succeeded":
      return { type, output: payloadIn(wire, "output") };
    case "failed":
      return { type, error: textIn(wire, "error"), ...optionalTexts(wire, "cause") };
    default:
      throw new NotUnderstood(`Map Runs that end as ${String(type)} are not known here.`);
  }
}
