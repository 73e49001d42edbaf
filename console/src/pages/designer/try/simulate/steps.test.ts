import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VisitView } from "../../../../../../src/console/view-types.ts";
import { ExecutionFold } from "../../../../../../src/console/execution/execution-fold.ts";
import { Drive, machineOf } from "../../../../../../test/machine/drive.ts";
import { samePlace, stepBack, stepFrom, visitAt, type Recorded, type Step } from "./steps.ts";

const task = (more: object): object => ({
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
  ...more,
});
const branch = (name: string) => ({
  StartAt: name,
  States: { [name]: task({ Next: `${name} on` }), [`${name} on`]: { Type: "Pass", End: true } },
});
const states = {
  First: { Type: "Pass", Next: "Both" },
  Both: {
    Type: "Parallel",
    Branches: [branch("Left"), branch("Right")],
    Next: "Try",
    Catch: [{ ErrorEquals: ["States.ALL"], Next: "Last" }],
  },
  Try: task({
    Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 1, IntervalSeconds: 1 }],
    Next: "Last",
  }),
  Last: { Type: "Succeed" },
};

/** A run; outcomes are those of the tasks, in turn: `ok`, or an error. */
function recorded(outcomes: readonly string[]): Recorded {
  const drive = new Drive(machineOf({ StartAt: "First", States: states })).start({});
  for (let turn = 0; drive.snapshot.status === "RUNNING" && turn < 40;) {
    const [open] = drive.openTasks;
    drive.now += 1_000;
    if (open === undefined) drive.wait();
    else {
      const outcome = outcomes[turn++] ?? "ok";
      if (outcome === "ok") drive.succeed(open);
      else drive.fail(open, outcome, "as told");
    }
  }
  const fold = new ExecutionFold();
  for (const event of drive.journal) fold.apply(event);
  const visits: readonly VisitView[] = fold.visits(() => true, 0, Infinity).visits;
  return { visits, lastEventId: drive.journal.at(-1)?.id ?? 0 };
}

const none: ReadonlySet<string> = new Set();
const whole = recorded(["ok", "ok", "Busy", "ok"]);
const visitOf = (run: Recorded, key: string) =>
  run.visits.find((visit) => visit.key === key) as VisitView;
const walk = (step: Step, from: number, times: number, breakpoints = none) => {
  let at = from;
  for (let taken = 0; taken < times; taken++) at = stepFrom(whole, at, step, breakpoints);
  return at;
};

describe("in a recording", () => {
  test("into enters one state after the other, those of branches too, and then comes to the end", () => {
    const keys: string[] = [];
    for (let at = 1; at < whole.lastEventId;) {
      at = stepFrom(whole, at, "into", none);
      if (at < whole.lastEventId) keys.push(visitAt(whole.visits, at)?.key ?? "");
    }
    expect(keys).toEqual([
      "/First",
      "/Both",
      "/Both[0]/Left",
      "/Both[1]/Right",
      "/Both[0]/Left on",
      "/Both[1]/Right on",
      "/Try",
      "/Last",
    ]);
  });

  test("over leads to the end of a Parallel without a stop in its branches, and then to the state after it", () => {
    const both = visitOf(whole, "/Both");
    expect(walk("over", both.id, 1)).toBe(both.exitEventId);
    expect(walk("over", both.id, 2)).toBe(visitOf(whole, "/Try").id);
  });

  test("over passes all attempts of a task", () => {
    const tried = visitOf(whole, "/Try");
    expect(tried.attempts).toHaveLength(2);
    expect(walk("over", tried.id, 1)).toBe(tried.exitEventId);
  });

  test("over stays in its branch", () => {
    const left = visitOf(whole, "/Both[0]/Left");
    expect(walk("over", left.id, 2)).toBe(visitOf(whole, "/Both[0]/Left on").id);
  });

  test("out leads from a branch to the end of the Parallel, and from the top to the end of all", () => {
    expect(walk("out", visitOf(whole, "/Both[1]/Right").id, 1)).toBe(
      visitOf(whole, "/Both").exitEventId,
    );
    expect(walk("out", visitOf(whole, "/First").id, 1)).toBe(whole.lastEventId);
  });

  test("a breakpoint stops whatever would pass over it, and is left by the next step", () => {
    const stop = new Set(["/Both[1]/Right"]);
    const right = visitOf(whole, "/Both[1]/Right").id;
    for (const step of ["go", "over", "out"] as const) {
      expect(stepFrom(whole, visitOf(whole, "/Both").id, step, stop)).toBe(right);
    }
    expect(stepFrom(whole, right, "go", stop)).toBe(whole.lastEventId);
  });

  test("a Parallel that failed ends where its Catcher took it", () => {
    const failed = recorded(["Broken"]);
    const both = visitOf(failed, "/Both");
    expect(both.status).toBe("caught");
    expect(stepFrom(failed, both.id, "over", none)).toBe(both.exitEventId);
    expect(visitOf(failed, "/Both[0]/Left").exitEventId).toBeUndefined();
  });

  test("every step leads on until the end, and back leads back, wherever one stands", () => {
    const outcome = fc.constantFrom("ok", "Busy", "Broken");
    fc.assert(
      fc.property(
        fc.array(outcome, { maxLength: 5 }),
        fc.constantFrom<Step>("into", "over", "out", "go"),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.subarray(["/First", "/Both[0]/Left", "/Try"]),
        (outcomes, step, share, stops) => {
          const run = recorded(outcomes);
          const at = 1 + Math.floor(share * (run.lastEventId - 2));
          const next = stepFrom(run, at, step, new Set(stops));
          expect(next).toBeGreaterThan(at);
          expect(next).toBeLessThanOrEqual(run.lastEventId);
          expect(stepBack(run, next)).toBeLessThan(next);
        },
      ),
    );
  });
});

describe("another run of the same definition", () => {
  test("is shown at the same thing of the same state, though other events come before it", () => {
    const shorter = recorded(["ok", "ok", "ok"]);
    const last = visitOf(whole, "/Last").id;
    expect(samePlace(whole, last, shorter)).toBe(visitOf(shorter, "/Last").id);
    expect(visitOf(shorter, "/Last").id).not.toBe(last);
  });

  test("is shown at the nearest event where that does not happen there", () => {
    const failed = recorded(["Broken"]);
    const at = visitOf(whole, "/Try").id;
    expect(samePlace(whole, at, failed)).toBe(Math.min(at, failed.lastEventId));
  });
});
