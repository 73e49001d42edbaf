import fc from "fast-check";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importHistory } from "../../src/console/import/import-history.ts";
import { readHistory } from "../../src/console/import/history-file.ts";
import type { StateGraph } from "../../src/asl/definition.ts";
import type {
  DefinitionGraph,
  DefinitionState,
} from "../../src/console/import/definition-graph.ts";
import type { VisitView } from "../../src/console/view-types.ts";
import { historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import { Drive, machineOf } from "../machine/drive.ts";
import { runs, started, step } from "../machine/random-machines.ts";
import { foldOf, visitsOf } from "./fold.ts";

function fileOf(drive: Drive): string {
  const events = drive.journal.filter(isPublic).map((event) => historyEvent(event, true));
  return JSON.stringify({ events });
}

/** What a history tells of a visit: all but when something was to go on that had not. */
function told({ until: _until, attempts, ...visit }: VisitView): object {
  return {
    ...visit,
    attempts: attempts.map(({ retryAt: _at, retrier: _retrier, ...attempt }) => attempt),
  };
}

/** The definition as far as a history is read by it: the machine keeps it parsed. */
function definitionOf(graph: StateGraph): DefinitionGraph {
  const states = [...graph.States].map(([name, state]): [string, DefinitionState] => {
    const { Type, Next, Retry } = state as { Type: string; Next?: string; Retry?: [] };
    const known = {
      Type,
      ...(Next !== undefined && { Next }),
      ...(Retry !== undefined && { Retry }),
    };
    if (state.Type === "Parallel")
      return [name, { ...known, Branches: state.Branches.map(definitionOf) }];
    if (state.Type === "Map") {
      return [name, { ...known, ItemProcessor: definitionOf(state.ItemProcessor) }];
    }
    if (state.Type !== "Wait" || state.delay.kind !== "seconds") return [name, known];
    return [name, { ...known, Seconds: (state.delay.Seconds as { value?: unknown }).value }];
  });
  return { StartAt: graph.StartAt, States: Object.fromEntries(states) };
}

function played(definition: object, choices: readonly number[], redrives: number): Drive {
  const drive = started(definition);
  let left = redrives;
  for (const choice of choices) {
    drive.now += choice % 3;
    if (drive.snapshot.status === "SUCCEEDED") break;
    if (drive.snapshot.status === "RUNNING") step(drive, choice);
    else if (left-- > 0) drive.when({ type: "Redriven" });
    else break;
  }
  return drive;
}

describe("a history that is imported", () => {
  const law = (isKnown: boolean, mostRedrives: number) =>
    fc.property(runs, fc.nat(mostRedrives), ([definition, choices], redrives) => {
      const drive = played(definition, choices, redrives);
      const known = isKnown ? definitionOf(drive.machine.definition) : undefined;
      const run = importHistory(readHistory(fileOf(drive)), "run", known);
      const fold = foldOf(drive.journal);
      expect(run.unplaced).toBe(0);
      expect(run.visits.map(told)).toEqual(visitsOf(fold).map(told));
      expect(run.view.nodes).toEqual(fold.nodesSince(0));
      expect(run.view.failedVisit).toBe(fold.failedVisit);
      expect(run.view.transitions).toBe(fold.transitions);
      expect(run.view.edges).toEqual(fold.edgesSince(0));
    });

  test("gives the visits of the journal that it is of", () => {
    fc.assert(law(false, 0), { numRuns: 300 });
  });

  test("and of one with redrives, if the definition is known", () => {
    fc.assert(law(true, 3), { numRuns: 300 });
  });

  test("has what follows from the definition: which Retrier it was, until when a Wait waits", () => {
    const definition = {
      StartAt: "T",
      States: {
        T: {
          Type: "Task",
          Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
          Retry: [
            { ErrorEquals: ["Other"] },
            { ErrorEquals: ["Broken"], IntervalSeconds: 7, MaxAttempts: 1 },
          ],
          Next: "W",
        },
        W: { Type: "Wait", Seconds: 60, End: true },
      },
    };
    const drive = new Drive(machineOf(definition)).start();
    drive.fail(3, "Broken");
    const waiting = importHistory(readHistory(fileOf(drive)), "run");
    expect(waiting.visits[0]).toMatchObject({ status: "retrying" });
    expect(waiting.visits[0]?.attempts[0]).not.toHaveProperty("retryAt");
    drive.wait();
    drive.succeed(drive.openTasks[0] ?? 0);
    const file = readHistory(fileOf(drive));
    expect(importHistory(file, "run", definition).visits).toEqual(visitsOf(foldOf(drive.journal)));
    const alone = importHistory(file, "run");
    expect(alone.visits[0]?.attempts[0]).not.toHaveProperty("retrier");
    expect(alone.visits[1]).toMatchObject({ status: "waiting" });
    expect(alone.visits[1]).not.toHaveProperty("until");
  });

  test("has a definition of the states that were entered, where it comes without one", () => {
    const branch = (name: string, more: object) => ({ StartAt: name, States: { [name]: more } });
    const definition = {
      StartAt: "C",
      States: {
        C: {
          Type: "Choice",
          Choices: [{ Variable: "$.n", IsPresent: true, Next: "P" }],
          Default: "Never",
        },
        P: {
          Type: "Parallel",
          Branches: [branch("A", { Type: "Pass", End: true }), branch("F", { Type: "Fail" })],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "M" }],
          End: true,
        },
        M: {
          Type: "Map",
          ItemsPath: "$$.Execution.Input.items",
          ItemProcessor: branch("I", { Type: "Pass", End: true }),
          End: true,
        },
        Never: { Type: "Succeed" },
      },
    };
    const drive = new Drive(machineOf(definition)).start({ n: 1, items: [1, 2] });
    const run = importHistory(readHistory(fileOf(drive)), "run");
    expect(JSON.parse(run.view.definition)).toEqual({
      StartAt: "C",
      States: {
        C: { Type: "Choice", Choices: [{ Next: "P" }] },
        P: {
          Type: "Parallel",
          Branches: [branch("A", { Type: "Pass", End: true }), branch("F", { Type: "Fail" })],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "M" }],
          End: true,
        },
        M: { Type: "Map", ItemProcessor: branch("I", { Type: "Pass", End: true }), End: true },
      },
    });
  });

  test("may be a part of one: what fits nowhere is counted", () => {
    const definition = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };
    const drive = new Drive(machineOf(definition)).start();
    const { events } = JSON.parse(fileOf(drive)) as { events: object[] };
    const run = importHistory(readHistory(JSON.stringify(events.slice(2))), "part");
    expect(run).toMatchObject({ hasGaps: true, unplaced: 1, visits: [] });
    expect(run.view.status).toBe("SUCCEEDED");
  });
});

describe("a file", () => {
  const event = { id: 1, previousEventId: 0, type: "ExecutionStarted" };

  test("is read with times as texts, seconds or milliseconds, in either order", () => {
    const at = Date.UTC(2026, 4, 1, 12, 0, 0, 250);
    const times = ["2026-05-01T14:00:00.250000+02:00", at / 1_000, at];
    for (const timestamp of times) {
      expect(readHistory(JSON.stringify({ events: [{ ...event, timestamp }] })).events).toEqual([
        { ...event, timestamp: at / 1_000 },
      ]);
    }
    const reversed = [3, 2, 1].map((id) => ({ ...event, id, timestamp: id }));
    const read = readHistory(`\uFEFF${JSON.stringify(reversed)}`);
    expect(read.events.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(read.hasGaps).toBe(false);
  });

  test.each([
    ["{", "notJson"],
    ['{"StartAt":"A"}', "noEvents"],
    ["[]", "noEvents"],
    ['[{"id":"x","type":"PassStateEntered"}]', "noEvents"],
    ["[1]", "noEvents"],
  ])("that is none is refused: %s", (text, fault) => {
    expect(() => readHistory(text)).toThrow(expect.objectContaining({ fault }) as Error);
  });

  test("with anything in it makes no harm", () => {
    const types = fc.constantFrom(...shownTypes);
    // Objects whose conversion throws are what text that anyone wrote can hold.
    const anything = fc.oneof(fc.anything(), fc.constant({ toString: 1, valueOf: 1 }));
    const name = fc.oneof({ weight: 8, arbitrary: fc.constantFrom<unknown>("A", "B") }, anything);
    const anyEvent = fc.record({
      id: fc.integer({ min: 1, max: 40 }),
      previousEventId: fc.nat(40),
      type: types,
      timestamp: fc.oneof(fc.nat(), fc.string()),
      stateEnteredEventDetails: fc.record({ name, input: fc.oneof(fc.string(), anything) }),
      stateExitedEventDetails: fc.record({ name }),
      taskScheduledEventDetails: fc.record({ resource: anything }),
      taskFailedEventDetails: fc.record({ error: anything, cause: anything }),
      mapStateStartedEventDetails: fc.record({ length: anything }),
      mapIterationStartedEventDetails: fc.record({
        name,
        index: fc.oneof({ weight: 8, arbitrary: fc.nat(2) as fc.Arbitrary<unknown> }, anything),
      }),
    });
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 40 }), (events) => {
        const run = importHistory(readHistory(JSON.stringify(events)), "any");
        expect(run.unplaced).toBeLessThanOrEqual(run.events.length);
      }),
      { numRuns: 500 },
    );
  });
});

const shownTypes = [
  "ExecutionStarted",
  "ParallelStateEntered",
  "ParallelStateStarted",
  "ParallelStateFailed",
  "ParallelStateExited",
  "MapStateEntered",
  "MapStateStarted",
  "MapIterationStarted",
  "MapIterationFailed",
  "MapStateExited",
  "TaskStateEntered",
  "TaskScheduled",
  "TaskStarted",
  "TaskSubmitted",
  "TaskFailed",
  "TaskTimedOut",
  "TaskStateAborted",
  "TaskStateExited",
  "FailStateEntered",
  "EvaluationFailed",
  "ExecutionFailed",
  "ExecutionRedriven",
  "MapRunStarted",
  "Unheard",
];

const corpus = join(import.meta.dirname, "..", "..", "..", "shared", "corpus", "open");
const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.log("The recordings are not here (../shared/corpus): none is imported.");

describe.skipIf(!hasCorpus)("every history that was recorded from AWS", () => {
  interface Recorded {
    readonly type: string;
    readonly id: number;
  }
  const histories = hasCorpus
    ? globSync("**/*.json", { cwd: corpus }).flatMap((name) =>
        historiesIn(JSON.parse(readFileSync(join(corpus, name), "utf8"))),
      )
    : [];

  function historiesIn(value: unknown): readonly (readonly Recorded[])[] {
    if (typeof value !== "object" || value === null) return [];
    const { events } = value as { events?: readonly Recorded[] };
    if (Array.isArray(events) && typeof events[0]?.type === "string") {
      // Seven were recorded without the ids, whose order changes from run to run.
      return events.every(({ id }) => typeof id === "number") ? [events] : [];
    }
    return Object.values(value).flatMap(historiesIn);
  }

  test("is shown: a visit for each state that was entered, each event in its place", () => {
    expect(histories.length).toBeGreaterThan(400);
    for (const events of histories) {
      const run = importHistory(readHistory(JSON.stringify(events)), "recorded");
      const entered = events.filter(({ type }) => type.endsWith("StateEntered"));
      expect(run.visits.map(({ id }) => id)).toEqual(entered.map(({ id }) => id));
      expect(run.unplaced).toBe(0);
      const last = events.at(-1)?.type ?? "";
      expect(run.view.status).toBe(endStatus[last] ?? "RUNNING");
      if (run.view.status === "SUCCEEDED") {
        for (const { status } of run.visits) expect(goodEnds).toContain(status);
      }
    }
  });
});

const endStatus: Readonly<Record<string, string>> = {
  ExecutionSucceeded: "SUCCEEDED",
  ExecutionFailed: "FAILED",
  ExecutionAborted: "ABORTED",
  ExecutionTimedOut: "TIMED_OUT",
};

/** Of states within a Parallel or Map that was caught, or tried again, others as well. */
const goodEnds = ["succeeded", "caught", "failed", "aborted"];
