import type { DynamicField } from "../../asl/definition.ts";
import type { WaitState } from "../../asl/states/wait.ts";
import { EvaluationError } from "../../expression/evaluation.ts";
import type { JsonValue } from "../../expression/json.ts";
import { parseTimestamp } from "../../expression/timestamp.ts";
import {
  assignVariables,
  dynamicValue,
  effectiveInput,
  outputPath,
  stateOutput,
} from "../data-flow.ts";
import { exitState } from "../exit-state.ts";
import type { EpochMs } from "../ids.ts";
import type { Branch } from "../snapshot.ts";
import { StateScope } from "../state-scope.ts";
import type { Turn } from "../turn.ts";

/** Wait: holds its branch until a time; one that has passed already does not hold it. */
export function enterWait(turn: Turn, branch: Branch, state: WaitState): void {
  const resumeAt = turn.at + turn.scaledDelay(waitUntil(turn, branch, state) - turn.at);
  if (resumeAt <= turn.at) finishWait(turn, branch, state);
  else turn.emitPrivate("WaitScheduled", branch.id, branch.lastEventId, { resumeAt });
}

export function finishWait(turn: Turn, branch: Branch, state: WaitState): void {
  const scope = new StateScope(turn, branch);
  const input = branch.input;
  if (state.QueryLanguage === "JSONata") {
    const output = stateOutput(state, input, input, scope);
    const assigned =
      state.Assign && assignVariables(state.Assign, input, { input: input.value }, scope);
    exitState(turn, branch, state, output, assigned, state.Next);
    return;
  }
  const effective = effectiveInput(state, input, scope);
  const assigned =
    state.Assign && assignVariables(state.Assign, effective, { input: effective.value }, scope);
  exitState(turn, branch, state, outputPath(state, effective, scope), assigned, state.Next);
}

/** Observed: a delay of more seconds than fit into 31 bits "is too long". */
const longestWaitSeconds = 2_147_483_647;

function waitUntil(turn: Turn, branch: Branch, state: WaitState): EpochMs {
  const scope = new StateScope(turn, branch);
  const { delay } = state;
  const field = delay.kind === "seconds" ? delay.Seconds : delay.Timestamp;
  requireInputValue(field, state, branch, scope);
  const value = dynamicValue<JsonValue>(field, state, branch.input, scope);
  const path = field.kind === "path" ? field.path.text : undefined;
  const resumeAt =
    delay.kind === "seconds"
      ? turn.at + checkSeconds(value, path) * 1000
      : // Timers count whole milliseconds; a finer timestamp is not met too early.
        Math.ceil(checkTimestamp(value, path));
  if (resumeAt > turn.at + longestWaitSeconds * 1000) {
    throw refused(path, "Wait state delay is too long.", field.field);
  }
  return resumeAt;
}

/** Observed for SecondsPath; our reading is that TimestampPath has the same sentence. */
function requireInputValue(
  field: DynamicField<number> | DynamicField<string>,
  state: WaitState,
  branch: Branch,
  scope: StateScope,
): void {
  if (field.kind !== "path" || field.path.variable !== undefined) return;
  if (state.QueryLanguage === "JSONata") return;
  const input = effectiveInput(state, branch.input, scope);
  if (field.path.find(input.value, scope) !== undefined) return;
  const { text } = field.path;
  const message = `The ${field.field} parameter does not reference an input value: ${text}`;
  throw refused(text, message, field.field);
}

/** Observed: the wordings of both languages. `path` is undefined for an expression or a constant. */
function checkSeconds(value: JsonValue, path: string | undefined): number {
  if (path === undefined) {
    const seconds = typeof value === "number" ? Math.floor(value) : Number.NaN;
    if (seconds >= 0) return seconds;
    const wrong = typeof value === "number" ? "a negative value" : "a value that is not a number";
    throw refused(
      path,
      `The Seconds field references ${wrong}: ${JSON.stringify(value)}`,
      "Seconds",
    );
  }
  if (typeof value !== "number" || !Number.isInteger(value)) {
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    throw refused(
      path,
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${shown}`,
      "SecondsPath",
    );
  }
  if (value < 0) {
    throw refused(
      path,
      `The SecondsPath parameter references a negative value: ${path} == ${value}`,
      "SecondsPath",
    );
  }
  return value;
}

function checkTimestamp(value: JsonValue, path: string | undefined): EpochMs {
  const time = typeof value === "string" ? parseTimestamp(value) : undefined;
  if (time !== undefined) return time;
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  const format = "a valid ISO-8601 extended offset date-time format string";
  throw path === undefined
    ? refused(
        path,
        `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown}`,
        "Timestamp",
      )
    : refused(
        path,
        `The TimestampPath parameter does not reference ${format}: ${path} == ${shown}`,
        "TimestampPath",
      );
}

function refused(path: string | undefined, message: string, field: string): EvaluationError {
  return path === undefined
    ? new EvaluationError("States.QueryEvaluationError", message, field)
    : new EvaluationError("States.Runtime", message);
}
