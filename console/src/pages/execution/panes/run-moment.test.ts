import { describe, expect, test } from "vitest";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { ExecutionFold } from "../../../../../src/console/execution/execution-fold.ts";
import type { JournalEvent } from "../../../../../src/machine/journal/journal-event.ts";
import { Drive, machineOf } from "../../../../../test/machine/drive.ts";
import { timeOf } from "./run-marks.ts";
import { momentOf, nodesOf } from "./run-moment.ts";

const task = (more: object): object => ({
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
  ...more,
});
const retryOnce = { Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 1 }] };
const catchAll = (Next: string) => ({ Catch: [{ ErrorEquals: ["States.ALL"], Next }] });

function runOf(States: Readonly<Record<string, object>>, input: object = {}): Drive {
  const [StartAt] = Object.keys(States);
  return new Drive(machineOf({ StartAt, States })).start(input as never);
}

/** Ends whatever is open, a second at a time; the outcome of each task is drawn from the list, in turn. */
function play(drive: Drive, outcomes: readonly string[], steps = 60): Drive {
  let turn = 0;
  for (let step = 0; step < steps; step++) {
    if (drive.snapshot.status !== "RUNNING") break;
    const [open] = drive.openTasks;
    drive.now += 1_000;
    if (open === undefined) {
      drive.wait();
      continue;
    }
    const outcome = outcomes[turn++ % outcomes.length] ?? "ok";
    if (outcome === "ok") drive.succeed(open);
    else drive.fail(open, outcome, "as told");
  }
  return drive;
}

function folded(events: readonly JournalEvent[]): ExecutionFold {
  const fold = new ExecutionFold();
  for (const event of events) fold.apply(event);
  return fold;
}

function visitsOf(fold: ExecutionFold): readonly VisitView[] {
  return fold.visits(() => true, 0, Infinity).visits;
}

const inner = (more: object = {}) => ({
  StartAt: "In",
  States: { In: task({ ...more, Next: "Rest" }), Rest: { Type: "Wait", Seconds: 3, End: true } },
});

const runs: Readonly<Record<string, () => Drive>> = {
  "a task that is tried again": () =>
    play(runOf({ A: task({ ...retryOnce, Next: "B" }), B: task({ End: true }) }), ["Busy", "ok"]),
  "a failure that is caught": () =>
    play(
      runOf({
        A: task({ ...catchAll("C"), Next: "B" }),
        B: task({ End: true }),
        C: task({ End: true }),
      }),
      ["Broken", "ok"],
    ),
  "a loop": () =>
    play(
      runOf({
        A: task({ ...retryOnce, ...catchAll("E"), Next: "W" }),
        E: { Type: "Succeed" },
        W: { Type: "Wait", Seconds: 20, Next: "A" },
      }),
      ["Busy", "ok", "ok"],
      30,
    ),
  "a failure that is not caught": () =>
    play(runOf({ A: task({ Next: "B" }), B: task({ End: true }) }), ["ok", "Broken"]),
  "a Fail state": () =>
    play(runOf({ A: task({ Next: "F" }), F: { Type: "Fail", Error: "No" } }), ["ok"]),
  "a Parallel": () =>
    play(
      runOf({
        P: {
          Type: "Parallel",
          Branches: [inner(), { StartAt: "Q", States: { Q: { Type: "Pass", End: true } } }],
          Next: "Z",
        },
        Z: { Type: "Succeed" },
      }),
      ["ok"],
    ),
  "a Parallel whose branch fails": () =>
    play(
      runOf({
        P: {
          Type: "Parallel",
          Branches: [
            inner(retryOnce),
            { StartAt: "Q", States: { Q: { Type: "Wait", Seconds: 60, End: true } } },
          ],
          ...catchAll("Z"),
          Next: "Z",
        },
        Z: { Type: "Succeed" },
      }),
      ["Busy", "Broken"],
    ),
  "a Map that fails": () =>
    play(
      runOf(
        {
          M: {
            Type: "Map",
            ItemsPath: "$.items",
            MaxConcurrency: 2,
            ItemProcessor: inner(),
            End: true,
          },
        },
        { items: [1, 2, 3, 4] },
      ),
      ["ok", "ok", "Broken"],
    ),
  "a Map": () =>
    play(
      runOf(
        {
          M: {
            Type: "Map",
            ItemsPath: "$.items",
            MaxConcurrency: 2,
            ItemProcessor: inner(retryOnce),
            Next: "D",
          },
          D: { Type: "Succeed" },
        },
        { items: [1, 2, 3, 4, 5] },
      ),
      ["ok", "Busy", "ok"],
    ),
  "a run that is stopped": () => {
    const drive = play(runOf({ A: task({ Next: "B" }), B: task({ End: true }) }), ["ok"], 1);
    drive.now += 500;
    drive.when({ type: "StopRequested", error: "Stop", cause: "by hand" } as never);
    return drive;
  },
  "a run that goes on": () =>
    play(runOf({ P: { Type: "Parallel", Branches: [inner(), inner2()], End: true } }), ["ok"], 1),
};

function inner2(): object {
  return { StartAt: "In2", States: { In2: task({ End: true }) } };
}

describe.each(Object.entries(runs))("%s", (_name, run) => {
  const { journal } = run();
  const fold = folded(journal);
  const visits = visitsOf(fold);

  test("shows the nodes and ways that the server says", () => {
    const { nodes, edges } = nodesOf(visits);
    expect(nodes).toEqual(fold.nodesSince(0));
    const inOrder = (list: typeof edges) =>
      [...list].sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`));
    expect(inOrder(edges)).toEqual(inOrder(fold.edgesSince(0)));
  });

  test("is at each state's entry and each attempt's end as it was then", () => {
    const ids = visits.flatMap(({ id, attempts }) => [
      id,
      ...attempts.flatMap(({ id: begun, endEventId }) => [begun, endEventId ?? begun]),
    ]);
    for (const at of ids) {
      const then = visitsOf(folded(upTo(journal, at)));
      const moment = momentOf(visits, at, fold.lastEventId);
      expect({ at, visits: moment.map(known) }).toEqual({ at, visits: then.map(known) });
    }
  });

  test("is at its end as it is", () => {
    expect(momentOf(visits, fold.lastEventId)).toEqual(visits);
    expect(momentOf(visits, 0)).toEqual([]);
  });

  test("knows when its events happened", () => {
    for (const { id, at } of journal) {
      if (visits.some((visit) => visit.id === id)) expect(timeOf(visits, id)).toBe(at);
    }
  });
});

/** The event and the private ones that come with it. */
function upTo(journal: readonly JournalEvent[], at: number): readonly JournalEvent[] {
  const next = journal.findIndex(({ id }) => id > at);
  return next < 0 ? journal : journal.slice(0, next);
}

/** What a moment has to say right. */
function known({ id, status, enteredAt, exitedAt, attempts, within, error, items }: VisitView) {
  return {
    id,
    status,
    enteredAt,
    exitedAt,
    within,
    error,
    // Which items were begun is known by their first states, a few events later.
    items: items && { ...items, started: undefined },
    attempts: attempts.map((attempt) => ({
      id: attempt.id,
      status: attempt.status,
      endedAt: attempt.endedAt,
    })),
  };
}
