import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ExecutionFold } from "../../src/console/execution/execution-fold.ts";
import type { NodeView, VisitView } from "../../src/console/view-types.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { JsonValue } from "../../src/expression/json.ts";
import { Drive, machineOf, startOfTime } from "../machine/drive.ts";
import { runs, started, step } from "../machine/random-machines.ts";
import { countedNodes, foldOf, merged, visitsOf } from "./fold.ts";

const lambda = "arn:aws:lambda:us-east-1:000000000000:function:f";
const task = (more: object = { End: true }): object => ({
  Type: "Task",
  Resource: lambda,
  ...more,
});
const pass = (more: object = { End: true }): object => ({ Type: "Pass", ...more });
const graph = (name: string, state: object): object => ({
  StartAt: name,
  States: { [name]: state },
});

function drive(definition: object, input: JsonValue = {}): Drive {
  return new Drive(machineOf(definition)).start(input);
}

/** Visits by name; a name that was visited more than once has the last one. */
function byName(fold: ExecutionFold): Record<string, VisitView> {
  return Object.fromEntries(visitsOf(fold).map((visit) => [visit.name, visit]));
}

const statuses = (fold: ExecutionFold): Record<string, string> =>
  Object.fromEntries(visitsOf(fold).map(({ name, status }) => [name, status]));

const node = (fold: ExecutionFold, key: string): NodeView | undefined =>
  fold.nodesSince(0).find((each) => each.key === key);

const failedName = (fold: ExecutionFold): string | undefined =>
  fold.failedVisit === undefined ? undefined : fold.visit(fold.failedVisit)?.name;

describe("visits", () => {
  test("of a line of states are what was entered and left, and the ways between them", () => {
    const run = drive(
      {
        StartAt: "P",
        States: {
          P: pass({ Next: "C" }),
          C: { Type: "Choice", Choices: [{ Variable: "$.x", NumericEquals: 1, Next: "W" }] },
          W: { Type: "Wait", Seconds: 5, Next: "T" },
          T: task({ Next: "S" }),
          S: { Type: "Succeed" },
        },
      },
      { x: 1 },
    );
    const waiting = foldOf(run.journal);
    expect(byName(waiting)["W"]).toMatchObject({ status: "waiting", until: startOfTime + 5_000 });
    run.wait();
    run.now += 70;
    run.succeed(run.openTasks[0] ?? 0);
    const fold = foldOf(run.journal);
    expect(visitsOf(fold).map(({ name, type, status }) => [name, type, status])).toEqual([
      ["P", "Pass", "succeeded"],
      ["C", "Choice", "succeeded"],
      ["W", "Wait", "succeeded"],
      ["T", "Task", "succeeded"],
      ["S", "Succeed", "succeeded"],
    ]);
    expect(fold.edgesSince(0)).toEqual([
      { from: "/P", to: "/C", kind: "next", count: 1 },
      { from: "/C", to: "/W", kind: "next", count: 1 },
      { from: "/W", to: "/T", kind: "next", count: 1 },
      { from: "/T", to: "/S", kind: "next", count: 1 },
    ]);
    const { W, T } = byName(fold);
    expect(W).not.toHaveProperty("until");
    expect(W).toMatchObject({ enteredAt: startOfTime, exitedAt: startOfTime + 5_000 });
    expect(T?.attempts).toEqual([
      {
        id: 9,
        scheduledAt: startOfTime + 5_000,
        startedAt: startOfTime + 5_000,
        endedAt: startOfTime + 5_070,
        endEventId: 11,
        status: "succeeded",
      },
    ]);
    expect(T).toMatchObject({ id: 8, resource: lambda, exitEventId: 12, parent: 0, lane: 0 });
    expect(node(fold, "/T")).toMatchObject({ totalMs: 70, lastAt: startOfTime + 5_070 });
    expect(fold.transitions).toBe(5);
    expect(fold.failedVisit).toBeUndefined();
  });

  test("of a loop are counted, and so is the way back", () => {
    const fold = foldOf(
      drive({
        QueryLanguage: "JSONata",
        StartAt: "Set",
        States: {
          Set: pass({ Assign: { n: 0 }, Next: "Add" }),
          Add: pass({ Assign: { n: "{% $n + 1 %}" }, Next: "More" }),
          More: {
            Type: "Choice",
            Choices: [{ Condition: "{% $n < 3 %}", Next: "Add" }],
            Default: "End",
          },
          End: pass(),
        },
      }).journal,
    );
    expect(node(fold, "/Add")).toMatchObject({ entries: 3, succeeded: 3, running: 0 });
    expect(fold.edgesSince(0)).toContainEqual({
      from: "/More",
      to: "/Add",
      kind: "next",
      count: 2,
    });
    expect(fold.visitCount).toBe(8);
  });

  test("inside nested Maps and Parallels have their parent, their lane and the state's key", () => {
    const run = drive(
      {
        StartAt: "M",
        States: {
          M: {
            Type: "Map",
            MaxConcurrency: 1,
            End: true,
            ItemProcessor: graph("P", {
              Type: "Parallel",
              End: true,
              Branches: [
                graph("A", pass()),
                { StartAt: "B", States: { B: pass({ Next: "T" }), T: task() } },
              ],
            }),
          },
        },
      },
      ["x", "y"],
    );
    run.succeed(run.openTasks[0] ?? 0);
    const fold = foldOf(run.journal);
    const [map, first, , , , second] = visitsOf(fold);
    expect(visitsOf(fold).map(({ key, parent, lane }) => [key, parent, lane])).toEqual([
      ["/M", 0, 0],
      ["/M/P", map?.id, 0],
      ["/M/P[0]/A", first?.id, 0],
      ["/M/P[1]/B", first?.id, 1],
      ["/M/P[1]/T", first?.id, 1],
      ["/M/P", map?.id, 1],
      ["/M/P[0]/A", second?.id, 0],
      ["/M/P[1]/B", second?.id, 1],
      ["/M/P[1]/T", second?.id, 1],
    ]);
    expect(map).toMatchObject({
      within: 8,
      status: "running",
      items: { total: 2, started: 2, succeeded: 1, failed: 0, aborted: 0 },
    });
    expect([first?.within, second?.within]).toEqual([3, 3]);
    expect(first?.status).toBe("succeeded");
    expect(fold.visits(({ parent, lane }) => parent === first?.id && lane === 1, 1, 1)).toEqual({
      total: 2,
      visits: [expect.objectContaining({ name: "T" })],
    });
    run.succeed(run.openTasks[0] ?? 0);
    expect(byName(foldOf(run.journal))["M"]).toMatchObject({
      status: "succeeded",
      items: { total: 2, started: 2, succeeded: 2 },
    });
  });

  test("of a Map within a Map are counted together in its node", () => {
    const inner = { Type: "Map", ItemsPath: "$", ItemProcessor: graph("A", pass()), End: true };
    const fold = foldOf(
      drive(
        {
          StartAt: "M",
          States: { M: { Type: "Map", ItemProcessor: graph("I", inner), End: true } },
        },
        [[1, 2], [3]],
      ).journal,
    );
    expect(node(fold, "/M/I")?.items).toEqual({
      total: 3,
      started: 3,
      succeeded: 3,
      failed: 0,
      aborted: 0,
    });
  });

  test("tell of a distributed Map its run, whose items are not the visit's", () => {
    const run = drive(
      graph("M", {
        Type: "Map",
        Label: "L",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          ...graph("T", task()),
        },
        End: true,
      }),
      [1, 2],
    );
    const [command] = run.commands;
    const { M } = byName(foldOf(run.journal));
    expect(M).toMatchObject({
      status: "running",
      mapRunArn: command?.type === "StartMapRun" && command.mapRunArn,
    });
    expect(M).not.toHaveProperty("items");
  });
});

describe("attempts", () => {
  const retried = graph(
    "T",
    task({
      Retry: [
        { ErrorEquals: ["Other"], MaxAttempts: 1 },
        { ErrorEquals: ["Again"], IntervalSeconds: 3, MaxAttempts: 1 },
      ],
      End: true,
    }),
  );

  test("that failed tell when the next begins and which Retrier asked for it", () => {
    const run = drive(retried);
    run.fail(run.openTasks[0] ?? 0, "Again", "not yet");
    const retrying = foldOf(run.journal);
    expect(byName(retrying)["T"]).toMatchObject({
      status: "retrying",
      attempts: [
        {
          status: "failed",
          error: "Again",
          cause: "not yet",
          retrier: 1,
          retryAt: startOfTime + 3_000,
        },
      ],
    });
    expect(byName(retrying)["T"]).not.toHaveProperty("exitedAt");
    expect(node(retrying, "/T")).toMatchObject({ retrying: 1, failed: 0, attempts: 1 });
    run.wait();
    run.succeed(run.openTasks[0] ?? 0);
    const fold = foldOf(run.journal);
    const { T } = byName(fold);
    expect(T?.attempts.map(({ status }) => status)).toEqual(["failed", "succeeded"]);
    expect(T?.status).toBe("succeeded");
    expect(T).not.toHaveProperty("error");
    expect(node(fold, "/T")).not.toHaveProperty("error");
    expect(fold.transitions).toBe(2);
  });

  test("whose Retrier is exhausted stop the execution", () => {
    const run = drive(retried);
    run.fail(run.openTasks[0] ?? 0, "Again");
    run.wait();
    run.now += 10;
    run.fail(run.openTasks[0] ?? 0, "Again", "for good");
    const fold = foldOf(run.journal);
    expect(failedName(fold)).toBe("T");
    expect(byName(fold)["T"]).toMatchObject({
      status: "failed",
      error: "Again",
      cause: "for good",
      exitedAt: startOfTime + 3_010,
      attempts: [{ status: "failed" }, { status: "failed", cause: "for good" }],
    });
    expect(node(fold, "/T")).toMatchObject({ failed: 1, error: "Again", totalMs: 3_010 });
  });

  test("that time out say so", () => {
    const run = drive(graph("T", task({ TimeoutSeconds: 2, End: true })));
    run.wait();
    const fold = foldOf(run.journal);
    expect(byName(fold)["T"]).toMatchObject({
      status: "failed",
      error: "States.Timeout",
      attempts: [{ status: "failed", error: "States.Timeout", endedAt: startOfTime + 2_000 }],
    });
  });

  test("that wait for a token are waiting once they are submitted", () => {
    const run = drive(
      graph("T", {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Parameters: { QueueUrl: "https://queue", "MessageBody.$": "$$.Task.Token" },
        End: true,
      }),
    );
    const [taskId = 0] = run.openTasks;
    expect(byName(foldOf(run.journal))["T"]?.status).toBe("running");
    run.now += 5;
    run.when({ type: "TaskSubmitted", taskId, output: Payload.ofValue({}) });
    const fold = foldOf(run.journal);
    expect(byName(fold)["T"]).toMatchObject({
      status: "waiting",
      resource: "sqs:sendMessage.waitForTaskToken",
      attempts: [{ id: taskId, status: "waiting", submittedAt: startOfTime + 5 }],
    });
    expect(fold.waitingTask(taskId)).toMatchObject({ callback: true });
    run.succeed(taskId);
    expect(byName(foldOf(run.journal))["T"]?.status).toBe("succeeded");
    expect(foldOf(run.journal).waitingTask(taskId)).toBeUndefined();
  });

  test("of an activity wait for a worker, and run when one has taken them", () => {
    const run = drive(
      graph("T", {
        Type: "Task",
        Resource: "arn:aws:states:us-east-1:000000000000:activity:a",
        End: true,
      }),
    );
    expect(statuses(foldOf(run.journal))).toEqual({ T: "waiting" });
    run.when({ type: "ActivityStarted", taskId: run.openTasks[0] ?? 0, workerName: "w" });
    expect(statuses(foldOf(run.journal))).toEqual({ T: "running" });
  });

  test("that started an execution name it, however their answer is written; other services' answers do not", () => {
    const child = "arn:aws:states:us-east-1:000000000000:execution:Child:one";
    const run = (resource: string): Drive =>
      drive(
        graph("T", {
          Type: "Task",
          Resource: resource,
          Parameters: {
            StateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:Child",
          },
          End: true,
        }),
      );
    const starting = run("arn:aws:states:::states:startExecution.sync:2");
    const [taskId = 0] = starting.openTasks;
    starting.when({
      type: "TaskSubmitted",
      taskId,
      output: Payload.ofText(`{ "ExecutionArn" : "${child}" }`),
    });
    expect(byName(foldOf(starting.journal))["T"]?.childArn).toBe(child);
    const hostile = run("arn:aws:states:::states:startExecution");
    hostile.succeed(hostile.openTasks[0] ?? 0, {
      ExecutionArn: `arn:${":states:a".repeat(20_000)}`,
    });
    const before = performance.now();
    expect(byName(foldOf(hostile.journal))["T"]).not.toHaveProperty("childArn");
    expect(performance.now() - before, "it is searched once").toBeLessThan(2_000);
    const other = drive(
      graph("T", {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: "f" },
        End: true,
      }),
    );
    other.succeed(other.openTasks[0] ?? 0, { ExecutionArn: child });
    expect(byName(foldOf(other.journal))["T"]).not.toHaveProperty("childArn");
  });
});

describe("a failure", () => {
  test("that is caught is `caught`, keeps its error, and its way is a `catch`", () => {
    const run = drive({
      StartAt: "T",
      States: {
        T: task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "H" }], Next: "N" }),
        N: pass(),
        H: pass(),
      },
    });
    run.fail(run.openTasks[0] ?? 0, "Broken", "why");
    const fold = foldOf(run.journal);
    expect(byName(fold)["T"]).toMatchObject({ status: "caught", error: "Broken", cause: "why" });
    expect(statuses(fold)).toEqual({ T: "caught", H: "succeeded" });
    expect(fold.edgesSince(0)).toEqual([{ from: "/T", to: "/H", kind: "catch", count: 1 }]);
    expect(fold.failedVisit).toBeUndefined();
  });

  const parallel = (more: object): object => ({
    Type: "Parallel",
    Branches: [
      graph("A", task()),
      graph("B", task()),
      graph("C", { Type: "Wait", Seconds: 60, End: true }),
    ],
    ...more,
  });

  test("in a Parallel's branch is that of the state that failed; what holds it failed, what was beside it is aborted", () => {
    const run = drive(graph("P", parallel({ End: true })));
    run.fail(run.openTasks[1] ?? 0, "Broken", "why");
    const fold = foldOf(run.journal);
    expect(statuses(fold)).toEqual({ P: "failed", A: "aborted", B: "failed", C: "aborted" });
    expect(failedName(fold)).toBe("B");
    expect(byName(fold)["B"]).toMatchObject({
      error: "Broken",
      attempts: [{ status: "failed", error: "Broken" }],
    });
    expect(byName(fold)["A"]?.attempts).toMatchObject([{ status: "aborted" }]);
    for (const visit of visitsOf(fold)) expect(visit.exitedAt, visit.name).toBe(run.now);
  });

  test("in a Parallel that is caught leaves nothing open", () => {
    const caught = { Catch: [{ ErrorEquals: ["States.ALL"], Next: "H" }], End: true };
    const run = drive({ StartAt: "P", States: { P: parallel(caught), H: task() } });
    run.fail(run.openTasks[0] ?? 0, "Broken");
    const fold = foldOf(run.journal);
    expect(statuses(fold)).toEqual({
      P: "caught",
      A: "failed",
      B: "aborted",
      C: "aborted",
      H: "running",
    });
    expect(fold.edgesSince(0)).toEqual([{ from: "/P", to: "/H", kind: "catch", count: 1 }]);
    run.fail(run.openTasks[0] ?? 0, "Later");
    expect(failedName(foldOf(run.journal))).toBe("H");
  });

  test("in a Parallel that is tried again ends what the first try had, and does not come back", () => {
    const again = { Retry: [{ ErrorEquals: ["Broken"], IntervalSeconds: 1 }], End: true };
    const run = drive(graph("P", parallel(again)));
    run.fail(run.openTasks[0] ?? 0, "Broken");
    expect(
      foldOf(run.journal).visits(({ exitedAt }) => exitedAt === undefined, 0, 9).visits,
    ).toMatchObject([{ name: "P", status: "retrying" }]);
    run.wait();
    const second = foldOf(run.journal);
    expect(byName(second)["P"]).toMatchObject({ status: "running", within: 6 });
    expect(second.transitions).toBe(8);
    run.when({ type: "StopRequested" });
    run.when({ type: "Redriven" });
    const redriven = foldOf(run.journal);
    expect(node(redriven, "/P[0]/A")).toMatchObject({ entries: 2, failed: 1, running: 1 });
    expect(node(redriven, "/P[1]/B")).toMatchObject({ entries: 2, aborted: 1, running: 1 });
  });

  test("goes up from the inside of nested states to the one that began it", () => {
    const inner = {
      Type: "Map",
      ItemsPath: "$.items",
      ItemProcessor: graph("T", task()),
      End: true,
    };
    const run = drive(
      graph("P", {
        Type: "Parallel",
        End: true,
        Branches: [graph("S", task()), graph("M", inner)],
      }),
      { items: [1, 2] },
    );
    run.fail(run.openTasks.at(-1) ?? 0, "Deep");
    const fold = foldOf(run.journal);
    expect(failedName(fold)).toBe("T");
    expect(fold.visit(fold.failedVisit ?? 0)).toMatchObject({ lane: 1, error: "Deep" });
    expect(statuses(fold)).toMatchObject({ P: "failed", M: "failed", S: "aborted" });
    expect(node(fold, "/P[1]/M/T")).toMatchObject({ failed: 1, aborted: 1, error: "Deep" });
    expect(byName(fold)["M"]?.items).toEqual({
      total: 2,
      started: 2,
      succeeded: 0,
      failed: 1,
      aborted: 1,
    });
  });

  test("of a Fail state is its own, with its error; in a branch, too", () => {
    const fail = { Type: "Fail", Error: "No", Cause: "because" };
    const alone = foldOf(drive(graph("F", fail)).journal);
    expect(byName(alone)["F"]).toMatchObject({ status: "failed", error: "No", cause: "because" });
    expect(failedName(alone)).toBe("F");
    const held = foldOf(
      drive(
        graph("P", {
          Type: "Parallel",
          End: true,
          Branches: [graph("T", task()), graph("F", fail)],
        }),
      ).journal,
    );
    expect(statuses(held)).toEqual({ P: "failed", T: "aborted", F: "failed" });
    expect(failedName(held)).toBe("F");
    expect(byName(held)["F"]).toMatchObject({ error: "No", cause: "because" });
  });

  test("that no event of a state tells of is that of the state that it happened in", () => {
    const choice = { Type: "Choice", Choices: [{ Variable: "$.x", IsPresent: true, Next: "Z" }] };
    const graphOf = { StartAt: "C", States: { C: choice, Z: pass() } };
    const alone = foldOf(drive(graphOf).journal);
    expect(failedName(alone)).toBe("C");
    expect(byName(alone)["C"]).toMatchObject({ status: "failed", error: "States.Runtime" });
    const held = foldOf(
      drive(graph("P", { Type: "Parallel", End: true, Branches: [graph("T", task()), graphOf] }))
        .journal,
    );
    expect(failedName(held)).toBe("C");
    expect(statuses(held)).toEqual({ P: "failed", T: "aborted", C: "failed" });
  });

  test("of a Catcher is that of its state, not of what it was to catch", () => {
    const caught = [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "H" }];
    const run = drive(
      {
        StartAt: "P",
        States: {
          P: { Type: "Parallel", Branches: [graph("A", task())], Catch: caught, End: true },
          H: pass(),
        },
      },
      [1],
    );
    run.fail(run.openTasks[0] ?? 0, "Broken");
    const fold = foldOf(run.journal);
    expect(failedName(fold)).toBe("P");
    expect(byName(fold)).toMatchObject({
      P: { status: "failed", error: "States.ResultPathMatchFailure" },
      A: { status: "failed", error: "Broken" },
    });
  });

  test("of a full history stops no state that was left", () => {
    const machine = machineOf(
      {
        StartAt: "A",
        States: {
          A: pass({ Next: "B" }),
          B: {
            Type: "Choice",
            Choices: [{ Variable: "$.x", IsPresent: true, Next: "C" }],
            Default: "A",
          },
          C: pass(),
        },
      },
      { limits: { historyEvents: 20 } },
    );
    const fold = foldOf(new Drive(machine).start().journal);
    expect(fold.snapshot.status).toBe("FAILED");
    expect(
      visitsOf(fold).filter(
        ({ exitEventId, status }) => exitEventId !== undefined && status !== "succeeded",
      ),
    ).toEqual([]);
  });

  test("of one visit stays the node's error when another goes well", () => {
    const caught = task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "H" }], End: true });
    const run = drive(
      graph("M", {
        Type: "Map",
        ItemProcessor: { StartAt: "T", States: { T: caught, H: pass() } },
        End: true,
      }),
      [1, 2],
    );
    const [first = 0, second = 0] = run.openTasks;
    run.fail(first, "Broken");
    run.succeed(second);
    expect(node(foldOf(run.journal), "/M/T")).toMatchObject({
      caught: 1,
      succeeded: 1,
      error: "Broken",
    });
  });
});

describe("an execution that ends", () => {
  test("by a stop aborts what is open", () => {
    const run = drive(
      graph("P", {
        Type: "Parallel",
        End: true,
        Branches: [graph("A", task()), graph("B", pass())],
      }),
    );
    run.now += 9;
    run.when({ type: "StopRequested", error: "enough" });
    const fold = foldOf(run.journal);
    expect(statuses(fold)).toEqual({ P: "aborted", A: "aborted", B: "succeeded" });
    expect(byName(fold)["A"]).toMatchObject({
      exitedAt: startOfTime + 9,
      attempts: [{ status: "aborted" }],
    });
    expect(fold.failedVisit).toBeUndefined();
    expect(node(fold, "/P")?.totalMs).toBe(9);
  });

  test("by its time-out aborts what is open, a Wait and a retry, too", () => {
    const retry = task({
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 100 }],
      End: true,
    });
    const run = drive({
      TimeoutSeconds: 10,
      ...graph("P", {
        Type: "Parallel",
        End: true,
        Branches: [graph("W", { Type: "Wait", Seconds: 60, End: true }), graph("T", retry)],
      }),
    });
    run.fail(run.openTasks[0] ?? 0, "Broken");
    run.wait();
    const fold = foldOf(run.journal);
    expect(fold.snapshot.status).toBe("TIMED_OUT");
    expect(statuses(fold)).toEqual({ P: "aborted", W: "aborted", T: "aborted" });
    expect(byName(fold)["W"]).not.toHaveProperty("until");
    expect(fold.failedVisit).toBeUndefined();
  });
});

describe("a redrive", () => {
  test("goes on in the same visit, with one more attempt", () => {
    const run = drive(graph("T", task()));
    run.now += 5;
    run.fail(run.openTasks[0] ?? 0, "Broken");
    run.now += 1_000;
    run.when({ type: "Redriven" });
    const fold = foldOf(run.journal);
    expect(fold.failedVisit).toBeUndefined();
    const { T } = byName(fold);
    expect(T).toMatchObject({
      status: "running",
      attempts: [{ status: "failed" }, { status: "running" }],
    });
    for (const gone of ["error", "cause", "exitedAt"]) expect(T).not.toHaveProperty(gone);
    expect(node(fold, "/T")).toMatchObject({ running: 1, failed: 0, attempts: 2, totalMs: 0 });
    expect(node(fold, "/T")).not.toHaveProperty("error");
    run.now += 3;
    run.succeed(run.openTasks[0] ?? 0);
    expect(node(foldOf(run.journal), "/T")).toMatchObject({ succeeded: 1, totalMs: 1_008 });
  });

  test("of a Map counts an item once, as what became of it", () => {
    const run = drive(
      graph("M", { Type: "Map", MaxConcurrency: 2, ItemProcessor: graph("T", task()), End: true }),
      ["x", "y", "z"],
    );
    run.fail(run.openTasks[0] ?? 0, "Broken");
    expect(byName(foldOf(run.journal))["M"]?.items).toEqual({
      total: 3,
      started: 2,
      succeeded: 0,
      failed: 1,
      aborted: 1,
    });
    run.when({ type: "Redriven" });
    while (run.openTasks.length > 0) run.succeed(run.openTasks[0] ?? 0);
    const fold = foldOf(run.journal);
    expect(fold.snapshot.status).toBe("SUCCEEDED");
    expect(byName(fold)["M"]?.items).toEqual({
      total: 3,
      started: 3,
      succeeded: 3,
      failed: 0,
      aborted: 0,
    });
  });

  test("that fails again in a Fail state is told as such", () => {
    const run = drive(
      graph("P", {
        Type: "Parallel",
        End: true,
        Branches: [
          graph("W", { Type: "Wait", Seconds: 9, End: true }),
          graph("F", { Type: "Fail", Error: "No" }),
        ],
      }),
    );
    run.when({ type: "Redriven" });
    const fold = foldOf(run.journal);
    expect(failedName(fold)).toBe("F");
    expect(statuses(fold)).toEqual({ P: "failed", W: "aborted", F: "failed" });
  });
});

describe("for random machines and outcomes", () => {
  /** As `play`, but stops and redrives happen, too. */
  const driven = (definition: object, choices: readonly number[]): Drive => {
    const run = started(definition);
    for (const choice of choices) {
      if (run.snapshot.status === "SUCCEEDED") break;
      if (run.snapshot.status !== "RUNNING") run.when({ type: "Redriven" });
      else if (choice % 41 === 0) run.when({ type: "StopRequested" });
      else step(run, choice);
      run.now += choice % 13;
    }
    return run;
  };

  test("the counters of a node are what its visits say", () => {
    fc.assert(
      fc.property(runs, fc.nat(), ([definition, choices], cut) => {
        const { journal } = driven(definition, choices);
        for (const length of [journal.length, cut % journal.length]) {
          const fold = foldOf(journal.slice(0, length));
          const counted = countedNodes(visitsOf(fold));
          expect(fold.nodesSince(0)).toHaveLength(counted.length);
          expect(fold.nodesSince(0)).toMatchObject(counted);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("what has ended leaves nothing open, and only what has failed is what stopped it", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const { journal, snapshot } = driven(definition, choices);
        const fold = foldOf(journal);
        const visits = visitsOf(fold);
        const failed = fold.failedVisit === undefined ? undefined : fold.visit(fold.failedVisit);
        expect(failed === undefined).toBe(snapshot.status !== "FAILED");
        if (failed !== undefined) {
          expect(failed).toMatchObject({ status: "failed" });
          const parent = fold.visit(failed.parent);
          if (parent !== undefined) expect(parent.status).toBe("failed");
          // It is the innermost: what failed in it, if a Catcher failed at that, failed otherwise.
          const within = visits.filter(({ parent }) => parent === failed.id);
          expect(within.filter(({ error }) => error === failed.error)).toEqual([]);
          expect(failed.error).toBe(snapshot.error);
        }
        for (const visit of visits) {
          const isOpen = ["running", "waiting", "retrying"].includes(visit.status);
          expect(isOpen && snapshot.status !== "RUNNING", visit.name).toBe(false);
          if (visit.exitedAt !== undefined) expect(isOpen, visit.name).toBe(false);
          if (isOpen) continue;
          for (const attempt of visit.attempts) expect(attempt.endedAt, visit.name).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test("what was within a state is counted at every depth", () => {
    fc.assert(
      fc.property(runs, ([definition, choices]) => {
        const visits = visitsOf(foldOf(driven(definition, choices).journal));
        const within = new Map<number, number>();
        const parents = new Map(visits.map(({ id, parent }) => [id, parent]));
        for (const visit of visits) {
          for (let at = visit.parent; at !== 0; at = parents.get(at) ?? 0)
            within.set(at, (within.get(at) ?? 0) + 1);
        }
        for (const visit of visits)
          expect(visit.within, visit.name).toBe(within.get(visit.id) ?? 0);
      }),
      { numRuns: 150 },
    );
  });

  test("what has changed since an event, merged into what was known then, is what is known now", () => {
    fc.assert(
      fc.property(runs, fc.nat(), fc.nat(), ([definition, choices], one, other) => {
        const run = driven(definition, choices);
        // What is told ends where an activation's events end: a private event never comes alone.
        const ends = run.journal.flatMap((_event, index) =>
          index === run.journal.length - 1 || (run.journal[index + 1]?.id ?? 0) !== 0
            ? [index + 1]
            : [],
        );
        const [cut = 0, end = 0] = [
          ends[one % ends.length] ?? 0,
          ends[other % ends.length] ?? 0,
        ].sort((a, b) => a - b);
        const older = foldOf(run.journal.slice(0, cut));
        const newer = foldOf(run.journal.slice(0, end));
        const since = older.lastEventId;
        const sorted = (visits: readonly VisitView[]) => [...visits].sort((a, b) => a.id - b.id);
        expect(merged(older.nodesSince(0), newer.nodesSince(since), ({ key }) => key)).toEqual(
          newer.nodesSince(0),
        );
        expect(
          merged(
            older.edgesSince(0),
            newer.edgesSince(since),
            ({ kind, from, to }) => `${kind} ${from} ${to}`,
          ),
        ).toEqual(newer.edgesSince(0));
        expect(
          sorted(merged(older.visitsSince(0), newer.visitsSince(since), ({ id }) => id)),
        ).toEqual(visitsOf(newer));
      }),
      { numRuns: 300 },
    );
  });
});
