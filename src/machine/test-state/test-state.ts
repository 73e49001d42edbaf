import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { Activation } from "../activation.ts";
import type { Command } from "../command.ts";
import { decide } from "../decide.ts";
import { matchesError } from "../failure/failure.ts";
import { type EpochMs, rootBranch, type TaskId } from "../ids.ts";
import type { JournalEvent } from "../journal/journal-event.ts";
import type { Machine } from "../machine.ts";
import { type Branch, branchOf, newSnapshot } from "../snapshot.ts";
import { setVariable } from "../variables.ts";
import { createProbe, type ProbeNotes, withoutPrefix } from "./probe-notes.ts";
import type { MockedOutcome } from "./probe.ts";
import type { StateTestRequest } from "./request.ts";

/** What came of it: a state that is retried or that is left by a Catcher has its error too. */
export interface StateTestResult {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  readonly output: Payload | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  readonly nextState: string | undefined;
  readonly variables: JsonObject;
  readonly notes: ProbeNotes;
}

type Invocation = Extract<Command, { type: "InvokeTask" }>;

/** Either the call that the state waits for, or the end. */
export type StateTestStep =
  | { readonly type: "invoke"; readonly command: Invocation; readonly dueAt: EpochMs | undefined }
  | { readonly type: "done"; readonly result: StateTestResult };

/** A state under test. The same `decide` runs it that runs executions; each method gives what comes next. */
export interface StateTest {
  start(at: EpochMs, seed: number): StateTestStep;
  /** What the call came to; a `TimerFired` is its time-out. */
  continue(outcome: Activation): StateTestStep;
}

export function createStateTest(request: StateTestRequest): StateTest {
  const { state, mock } = request;
  const { probe, notes } = createProbe(request);
  const machine: Machine = {
    ...request.machine,
    // Nothing but the state's own limits ends it here; the caller has a clock.
    type: "STANDARD",
    limits: { ...request.machine.limits, standardSeconds: Number.POSITIVE_INFINITY },
    definition: {
      QueryLanguage: request.QueryLanguage,
      StartAt: state.Name,
      States: new Map([[state.Name, state]]),
    },
    probe,
  };
  const snapshot = newSnapshot();
  const branch = branchOf(snapshot, rootBranch);
  for (const [name, value] of Object.entries(request.variables)) {
    setVariable(snapshot, branch, name, Payload.ofValue(value));
  }
  const events: JournalEvent[] = [];

  function act(activation: Activation): StateTestStep {
    const decision = decide(machine, snapshot, activation);
    events.push(...decision.events);
    const { at, seed } = activation;
    const { waiting } = branch;
    if (waiting?.type === "wait") return act({ type: "TimerFired", at: waiting.until, seed });
    if (waiting?.type !== "task") return { type: "done", result: resultOf() };
    if (mock !== undefined) return act(mockedActivation(mock, waiting.taskId, at, seed));
    const command = decision.commands.find(({ type }) => type === "InvokeTask") as Invocation;
    const { timeoutSeconds } = waiting;
    const dueAt = timeoutSeconds === undefined ? undefined : at + timeoutSeconds * 1000;
    return { type: "invoke", command, dueAt };
  }

  function resultOf(): StateTestResult {
    const { failure } = notes;
    const common = { variables: variablesOf(branch), notes };
    const exit = events.find((event) => event.type.endsWith("StateExited"));
    if (exit === undefined) {
      const retried = events.some(({ type }) => type === "RetryScheduled");
      const { error, cause } =
        retried && failure !== undefined
          ? failure
          : withoutPrefix(snapshot, state.Name, branch.enteredEventId);
      const status = retried ? "RETRIABLE" : "FAILED";
      return { ...common, status, output: undefined, error, cause, nextState: undefined };
    }
    const { next: nextState } = (exit.internal ?? {}) as { next?: string };
    if (failure !== undefined && "Catch" in state) {
      notes.errorDetails.catchIndex = state.Catch.findIndex(({ ErrorEquals }) =>
        matchesError(ErrorEquals, failure),
      );
    }
    const status = failure === undefined ? "SUCCEEDED" : "CAUGHT_ERROR";
    const { error, cause } = failure ?? {};
    return { ...common, status, output: exit.payload, error, cause, nextState };
  }

  return {
    start: (at, seed) => act({ type: "ExecutionStarted", at, seed, input: request.input }),
    continue: act,
  };
}

function mockedActivation(
  mock: MockedOutcome,
  taskId: TaskId,
  at: EpochMs,
  seed: number,
): Activation {
  if (mock.type === "result")
    return { type: "TaskSucceeded", taskId, output: mock.result, at, seed };
  const { error, cause } = mock;
  return {
    type: "TaskFailed",
    taskId,
    at,
    seed,
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function variablesOf(branch: Branch): JsonObject {
  const variables = [...branch.variables].map(([name, payload]): [string, JsonValue] => [
    name,
    payload.value,
  ]);
  return Object.fromEntries(variables);
}
