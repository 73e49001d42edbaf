import { describe, expect, test } from "vitest";
import { EvaluationError } from "../../expression/evaluation.ts";
import {
  dataLimitExceeded,
  type Failure,
  failureOf,
  isTerminal,
  matchesError,
  StateFailure,
} from "./failure.ts";

const state = { name: "Charge card", enteredEventId: 12 };
const prefix =
  "An error occurred while executing the state 'Charge card' (entered at the event id #12). ";

describe("what was thrown in a state", () => {
  test("is the failure that the state threw", () => {
    const failure = { error: "E", cause: undefined };
    expect(failureOf(new StateFailure(failure), state)).toBe(failure);
  });

  test("is worded as the service words it if an expression failed", () => {
    expect(failureOf(new EvaluationError("States.Runtime", "No."), state)).toEqual({
      error: "States.Runtime",
      cause: `${prefix}No.`,
    });
  });

  test("says where, if the expression was JSONata", () => {
    const thrown = new EvaluationError("States.QueryEvaluationError", "No.", "Output/a");
    expect(failureOf(thrown, state)).toEqual({
      error: "States.QueryEvaluationError",
      cause: `${prefix}No.`,
      evaluation: { location: "Output/a" },
    });
  });

  test("is no failure of the state if it is our own mistake", () => {
    expect(failureOf(new TypeError("x is undefined"), state)).toBeUndefined();
    expect(failureOf("text", state)).toBeUndefined();
  });
});

describe("whether ErrorEquals names a failure", () => {
  const named = (error: string | undefined): Failure => ({ error, cause: undefined });
  const missedHeartbeat: Failure = {
    ...named("States.Timeout"),
    alias: "States.HeartbeatTimeout",
  };
  test.each([
    [["E"], named("E"), true],
    [["A", "E"], named("E"), true],
    [["A"], named("E"), false],
    [["e"], named("E"), false],
    [[], named("E"), false],
    [["States.ALL"], named("E"), true],
    [["States.ALL"], named(undefined), true],
    [["States.ALL"], named("States.Timeout"), true],
    [["States.ALL"], named("States.DataLimitExceeded"), true],
    [["States.ALL"], named("States.Runtime"), false],
    [["States.TaskFailed"], named("E"), true],
    [["States.TaskFailed"], named(undefined), true],
    [["States.TaskFailed"], named("States.TaskFailed"), true],
    [["States.TaskFailed"], named("States.Timeout"), false],
    [["States.TaskFailed"], missedHeartbeat, false],
    [["States.TaskFailed"], named("States.Runtime"), false],
    [["States.Timeout"], missedHeartbeat, true],
    [["States.HeartbeatTimeout"], missedHeartbeat, true],
    [["States.HeartbeatTimeout"], named("States.Timeout"), false],
    [["undefined"], named(undefined), false],
  ])("%j of %j: %j", (errorEquals, failure, expected) => {
    expect(matchesError(errorEquals, failure)).toBe(expected);
  });
});

test("only States.Runtime is beyond Retriers and Catchers", () => {
  expect(isTerminal({ error: "States.Runtime", cause: undefined })).toBe(true);
  expect(isTerminal(dataLimitExceeded("lambda"))).toBe(false);
});
