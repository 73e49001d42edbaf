import type { StateMachineDefinition } from "../../src/asl/definition.ts";
import { isJsonObject, type JsonValue } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { isPublic } from "../../src/machine/journal/history.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";
import { Drive, endOfExecution, machineOf } from "../machine/drive.ts";
import { plausibleData } from "./plausible-data.ts";

/** What a run in the pure core did, in an order that does not depend on anything but the definition and its data. */
export interface MockedRun {
  /** Each public event with its data, as one line. */
  readonly told: readonly string[];
  readonly types: readonly JournalEvent["type"][];
  readonly status: string;
  readonly error: string | undefined;
}

const mostSteps = 400;

/**
 * Runs a definition with every task answered by data that has whatever `source` could look for – other data at each attempt. `source` is
 * the definition that the data is made for, so that two ways to write one are given the same.
 */
export function mockedRun(
  definition: JsonValue,
  source: JsonValue,
  seed: number,
  given: {
    readonly input?: JsonValue;
    readonly results?: Readonly<Record<string, JsonValue>>;
  } = {},
): MockedRun {
  const drive = new Drive(machineOf(definition as object));
  const data = plausibleData(source, seed);
  const attempts = new Map<string, number>();
  const answer = (name: string): JsonValue => {
    const attempt = attempts.get(name) ?? 0;
    attempts.set(name, attempt + 1);
    return given.results?.[name] ?? plausibleData(source, seed + attempt);
  };
  drive.start(given.input ?? data);
  for (let step = 0; step < mostSteps && drive.snapshot.status === "RUNNING"; step++) {
    if (!proceed(drive, answer)) break;
  }
  const events = drive.journal.filter(isPublic);
  const last = events.findLast(({ type }) => endOfExecution.test(type));
  return {
    told: events.map(line),
    types: events.map(({ type }) => type),
    status: last?.type ?? "open",
    error: last?.type === "ExecutionFailed" ? last.details.error : undefined,
  };
}

/** Answers one task, or lets time pass; `false` if nothing more happens. */
function proceed(drive: Drive, answer: (name: string) => JsonValue): boolean {
  for (const branch of drive.snapshot.branches.values()) {
    const { waiting } = branch;
    if (waiting?.type === "task") {
      const output = Payload.ofValue(answer(branch.state as string));
      if (!isSubmitted(drive, waiting.taskId)) {
        drive.when({ type: "TaskSucceeded", taskId: waiting.taskId, output });
        return true;
      }
    }
    if (waiting?.type === "mapRun") {
      const { mapRunArn } = waiting;
      const output = Payload.ofValue([answer(branch.state as string)]);
      drive.when({ type: "MapRunFinished", mapRunArn, outcome: { type: "succeeded", output } });
      return true;
    }
  }
  if (nextDeadline(drive.machine, drive.snapshot) === undefined) return false;
  drive.wait();
  return true;
}

function isSubmitted(drive: Drive, taskId: number): boolean {
  return drive.journal.some(({ type, id }) => type === "TaskSubmitted" && id === taskId);
}

function line(event: JournalEvent): string {
  const { type, payload, details } = event;
  return `${type} ${JSON.stringify(details)} ${payload?.text ?? ""}`;
}

/** The definitions within a definition that a distributed Map runs as executions of their own. */
export function childDefinitions(definition: JsonValue): JsonValue[] {
  if (Array.isArray(definition)) return definition.flatMap(childDefinitions);
  if (!isJsonObject(definition)) return [];
  const { ProcessorConfig: config } = definition;
  const own =
    isJsonObject(config) && config["Mode"] === "DISTRIBUTED"
      ? [
          Object.fromEntries(
            Object.entries(definition).filter(([name]) => name !== "ProcessorConfig"),
          ),
        ]
      : [];
  return [...own, ...Object.values(definition).flatMap(childDefinitions)];
}

export type { StateMachineDefinition };
