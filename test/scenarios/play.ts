import { expect } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/expression/json.ts";
import { emptyObject, Payload } from "../../src/expression/payload.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { Command } from "../../src/machine/command.ts";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { decide } from "../../src/machine/decide.ts";
import { detailsMember, historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import { decodeEvents, encodeEvents } from "../../src/machine/journal/journal-codec.ts";
import { Drive, endOfExecution, machineOf, plain, type Told } from "../machine/drive.ts";
import { expectSdkEvents } from "../machine/sdk-events.ts";
import type { Scenario, Step } from "./scenario.ts";

/**
 * Plays a scenario and compares what came of it. On the way it holds the laws to every step: deciding again on the
 * folded journal gives the same, the journal comes back from its stored form, its events are the SDK's,
 * and it ends once.
 */
export function playScenario(scenario: Scenario): void {
  const { type = "STANDARD", limits = {}, definition, input = {}, script = [] } = scenario;
  const drive = new Drive(machineOf(definition, { type, limits }));
  happen(drive, { type: "ExecutionStarted", input: Payload.ofValue(input) });
  for (const [index, step] of script.entries()) {
    try {
      takeStep(drive, step);
    } catch (thrown) {
      const told = `step ${index} of the script, ${JSON.stringify(step)}`;
      throw new Error(
        `${told}: ${(thrown as Error).message}\n${drive.history.slice(-30).join("\n")}`,
        {
          cause: thrown,
        },
      );
    }
  }
  expect(plain(drive.folded())).toEqual(plain(drive.snapshot));
  const decoded = decodeEvents(encodeEvents(drive.journal));
  expect(encodeEvents(decoded)).toBe(encodeEvents(drive.journal));
  expectSdkEvents(drive.journal);
  const ends = drive.journal.filter(({ type }) => endOfExecution.test(type));
  expect(ends).toEqual(drive.snapshot.status === "RUNNING" ? [] : [drive.journal.at(-1)]);
  compare(drive, scenario);
}

function takeStep(drive: Drive, step: Step): void {
  if ("wait" in step) {
    const deadline = nextDeadline(drive.machine, drive.snapshot);
    if (deadline === undefined) throw new Error("the execution has ended");
    const due = Math.max(drive.now, deadline);
    if (step.wait !== true) expect(due - drive.now).toBe(step.wait);
    drive.now = due;
  } else if ("passMs" in step) drive.now += step.passMs;
  const { stale } = happen(drive, toldBy(drive, step));
  expect(stale, "whether nothing happened").toBe(step.stale === true);
}

function happen(drive: Drive, told: Told): { readonly stale: boolean } {
  const activation = { ...told, at: drive.now, seed: drive.seed } as Activation;
  const again = decide(drive.machine, drive.folded(), activation);
  const decision = drive.when(told);
  expect(encodeEvents(again.events)).toBe(encodeEvents(decision.events));
  expect(JSON.stringify(again.commands)).toBe(JSON.stringify(decision.commands));
  return decision;
}

function toldBy(drive: Drive, step: Step): Told {
  if ("wait" in step || "passMs" in step) return { type: "TimerFired" };
  if ("stop" in step) return { type: "StopRequested", ...step.stop };
  if ("succeed" in step) {
    const output = outputOf(step.output);
    return { type: "TaskSucceeded", taskId: taskOf(drive, step.succeed, step), output };
  }
  if ("submit" in step) {
    const output = outputOf(step.output);
    return { type: "TaskSubmitted", taskId: taskOf(drive, step.submit, step), output };
  }
  if ("fail" in step) {
    const { fail, attempt: _attempt, open: _open, stale: _stale, ...failure } = step;
    return { type: "TaskFailed", taskId: taskOf(drive, fail, step), ...failure };
  }
  if ("start" in step) {
    const worker = step.workerName === undefined ? {} : { workerName: step.workerName };
    return { type: "ActivityStarted", taskId: taskOf(drive, step.start, step), ...worker };
  }
  return { type: "TaskHeartbeat", taskId: taskOf(drive, step.heartbeat, step) };
}

/** An empty object if the step has none; null is a value. */
function outputOf(output: JsonValue | undefined): Payload {
  return output === undefined ? emptyObject : Payload.ofValue(output);
}

function taskOf(drive: Drive, name: string, { attempt, open = 0 }: Step): number {
  const attempts = attemptsOf(drive, name);
  const openTasks = drive.openTasks;
  const taskId =
    attempt === undefined
      ? attempts.filter((id) => openTasks.includes(id))[open]
      : attempts[attempt - 1];
  if (taskId !== undefined) return taskId;
  throw new Error(`the state '${name}' has no such task: its attempts are [${attempts.join()}]`);
}

/** The attempts of a state's tasks, in the order in which they were scheduled. */
function attemptsOf(drive: Drive, name: string): number[] {
  const stateOfBranch = new Map<number, string>();
  const attempts: number[] = [];
  for (const event of drive.journal) {
    if (event.type === "TaskStateEntered") stateOfBranch.set(event.branch, event.details.name);
    const isScheduled = /^(?:Task|LambdaFunction|Activity)Scheduled$/.test(event.type);
    if (isScheduled && stateOfBranch.get(event.branch) === name) attempts.push(event.id);
  }
  return attempts;
}

function compare(drive: Drive, scenario: Scenario): void {
  const { snapshot } = drive;
  const actual = {
    status: snapshot.status,
    output: drive.output,
    error: snapshot.error ?? null,
    cause: snapshot.cause ?? null,
    history: drive.history,
    details: detailsOf(drive),
    commands: drive.commands.map(plainCommand),
  };
  const expected: Record<string, unknown> = { status: scenario.status ?? impliedStatus(scenario) };
  const shown: Record<string, unknown> = { status: actual.status };
  for (const name of ["output", "error", "cause", "history"] as const) {
    if (scenario[name] === undefined) continue;
    expected[name] = scenario[name];
    shown[name] = actual[name];
  }
  const { details, commands } = scenario;
  if (details !== undefined) {
    expected["details"] = details;
    const ids = Object.keys(details);
    shown["details"] = Object.fromEntries(
      ids.map((id) => [id, restricted(actual.details[id], details[id])]),
    );
  }
  if (commands !== undefined) {
    expected["commands"] = commands;
    shown["commands"] = actual.commands.map((command, index) =>
      restricted(command, commands[index]),
    );
  }
  expect(shortened(shown)).toEqual(shortened(expected));
}

/** Only the members that something is expected of. */
function restricted(actual: JsonValue | undefined, expected: JsonObject | undefined): unknown {
  if (!isJsonObject(actual) || expected === undefined) return actual;
  return Object.fromEntries(Object.keys(expected).map((name) => [name, actual[name]]));
}

function impliedStatus({ output, error, cause }: Scenario): string {
  if (output !== undefined) return "SUCCEEDED";
  return error === undefined && cause === undefined ? "RUNNING" : "FAILED";
}

/** Event id → its `…EventDetails`, with the documents in it as values. */
function detailsOf(drive: Drive): Record<string, JsonValue> {
  const details: Record<string, JsonValue> = {};
  for (const event of drive.journal) {
    const member = detailsMember(event.type);
    if (!isPublic(event) || member === undefined) continue;
    const shown: Record<string, JsonValue> = {
      ...(historyEvent(event, true)[member] as JsonObject),
    };
    for (const name of ["input", "output", "parameters"]) {
      const text = shown[name];
      if (typeof text === "string") shown[name] = JSON.parse(text) as JsonValue;
    }
    details[event.id] = shown;
  }
  return details;
}

function plainCommand(command: Command): JsonObject {
  const unpacked = (_name: string, value: unknown): unknown =>
    value instanceof Payload ? value.value : value;
  return JSON.parse(JSON.stringify(command, unpacked)) as JsonObject;
}

/** Long strings are cut, so that a difference can be read; their lengths still have to be equal. */
function shortened(value: unknown): unknown {
  if (typeof value === "string" && value.length > 1_000) {
    return `${value.slice(0, 20)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shortened(inner)]));
}
