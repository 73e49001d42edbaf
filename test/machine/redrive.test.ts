import { describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { Drive, machineOf, plain } from "./drive.ts";

const task = (more: object = { End: true }): object => ({
  Type: "Task",
  Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
  ...more,
});

function redriven(drive: Drive): Drive {
  drive.now += 1_000;
  drive.when({ type: "Redriven" });
  expect(plain(drive.folded())).toEqual(plain(drive.snapshot));
  return drive;
}

describe("a redrive", () => {
  test("schedules a failed task again, on the chain of the redrive", () => {
    const drive = new Drive(machineOf({ StartAt: "T", States: { T: task() } })).start();
    drive.fail(3, "Broken");
    expect(drive.snapshot.status).toBe("FAILED");
    redriven(drive);
    expect(drive.history.slice(5)).toEqual([
      "6<5 ExecutionFailed",
      "7<6 ExecutionRedriven",
      "8<7 LambdaFunctionScheduled",
      "9<8 LambdaFunctionStarted",
    ]);
    drive.succeed(8, { ok: true });
    expect(drive.output).toEqual({ ok: true });
    expect(drive.snapshot).toMatchObject({
      status: "SUCCEEDED",
      redriveCount: 1,
      error: undefined,
    });
  });

  test("is nothing for an execution that runs or has succeeded", () => {
    const drive = new Drive(machineOf({ StartAt: "T", States: { T: task() } })).start();
    expect(drive.when({ type: "Redriven" }).stale).toBe(true);
    drive.succeed(3);
    expect(drive.when({ type: "Redriven" }).stale).toBe(true);
  });

  test("counts retries anew", () => {
    const retry = [{ ErrorEquals: ["Broken"], IntervalSeconds: 1, MaxAttempts: 1 }];
    const drive = new Drive(
      machineOf({ StartAt: "T", States: { T: task({ Retry: retry, End: true }) } }),
    ).start();
    drive.fail(3, "Broken");
    drive.wait();
    drive.fail(6, "Broken");
    expect(drive.snapshot.status).toBe("FAILED");
    redriven(drive);
    const [again] = drive.openTasks;
    drive.fail(again ?? 0, "Broken");
    expect(drive.snapshot.status).toBe("RUNNING");
    drive.wait();
    drive.succeed(drive.openTasks[0] ?? 0, 1);
    expect(drive.output).toBe(1);
  });

  test("runs only the branches of a Parallel again that had not ended", () => {
    const branch = (name: string): object => ({ StartAt: name, States: { [name]: task() } });
    const drive = new Drive(
      machineOf({
        StartAt: "P",
        States: {
          P: { Type: "Parallel", Branches: [branch("A"), branch("B"), branch("C")], End: true },
        },
      }),
    ).start();
    const [first = 0, second = 0, third = 0] = drive.openTasks;
    drive.succeed(first, "a");
    drive.fail(second, "Broken");
    expect(drive.snapshot.status).toBe("FAILED");
    expect(drive.commands).toContainEqual(
      expect.objectContaining({ type: "CancelTask", taskId: third }),
    );
    redriven(drive);
    expect(drive.openTasks).toHaveLength(2);
    for (const [index, taskId] of drive.openTasks.entries()) drive.succeed(taskId, index);
    expect(drive.output).toEqual(["a", 0, 1]);
  });

  test("goes on with the items of a Map that failed or were not started", () => {
    const drive = new Drive(
      machineOf({
        StartAt: "M",
        States: {
          M: {
            Type: "Map",
            MaxConcurrency: 1,
            ItemProcessor: { StartAt: "T", States: { T: task() } },
            End: true,
          },
        },
      }),
    ).start(["x", "y", "z"]);
    drive.succeed(drive.openTasks[0] ?? 0, 0);
    drive.fail(drive.openTasks[0] ?? 0, "Broken");
    expect(drive.snapshot.status).toBe("FAILED");
    redriven(drive);
    drive.succeed(drive.openTasks[0] ?? 0, 1);
    drive.succeed(drive.openTasks[0] ?? 0, 2);
    expect(drive.output).toEqual([0, 1, 2]);
  });

  test("runs all of a Map again whose results were too large", () => {
    const drive = new Drive(
      machineOf(
        {
          StartAt: "M",
          States: {
            M: { Type: "Map", ItemProcessor: { StartAt: "T", States: { T: task() } }, End: true },
          },
        },
        { limits: { payloadBytes: 30 } },
      ),
    ).start(["x", "y"]);
    for (const taskId of drive.openTasks) drive.succeed(taskId, "twenty characters ...");
    expect(drive.snapshot).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
    redriven(drive);
    expect(drive.openTasks).toHaveLength(2);
    for (const taskId of drive.openTasks) drive.succeed(taskId, "ok");
    expect(drive.output).toEqual(["ok", "ok"]);
  });

  test("evaluates a Map's Output again if that is what failed", () => {
    const drive = new Drive(
      machineOf({
        QueryLanguage: "JSONata",
        StartAt: "V",
        States: {
          V: { Type: "Pass", Assign: { n: 1 }, Next: "M" },
          M: {
            Type: "Map",
            Items: [1],
            ItemProcessor: { StartAt: "T", States: { T: task() } },
            Output: "{% $missing %}",
            End: true,
          },
        },
      }),
    ).start();
    drive.succeed(drive.openTasks[0] ?? 0, "done");
    expect(drive.snapshot).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
    });
    redriven(drive);
    expect(drive.snapshot).toMatchObject({ status: "FAILED", redriveCount: 1 });
    expect(drive.openTasks).toEqual([]);
  });

  test("waits anew after a stop, and counts the execution's time-out from the redrive", () => {
    const drive = new Drive(
      machineOf({
        TimeoutSeconds: 10,
        StartAt: "W",
        States: { W: { Type: "Wait", Seconds: 8, End: true } },
      }),
    ).start();
    drive.pass(5_000);
    drive.when({ type: "StopRequested", error: "enough" });
    expect(drive.snapshot).toMatchObject({ status: "ABORTED", error: "enough" });
    drive.pass(60_000);
    redriven(drive);
    drive.pass(8_000);
    expect(drive.snapshot.status).toBe("SUCCEEDED");
  });

  test("shows its number and time in the context object", () => {
    const drive = new Drive(
      machineOf({
        StartAt: "T",
        States: { T: task({ Parameters: { "c.$": "$$.Execution" }, End: true }) },
      }),
    ).start();
    drive.fail(3, "Broken");
    redriven(drive);
    const [, again] = drive.commands.filter(({ type }) => type === "InvokeTask");
    expect(again?.type === "InvokeTask" && again.parameters.value).toMatchObject({
      c: { RedriveCount: 1, RedriveTime: "2026-01-01T00:00:01Z" },
    });
  });

  test("runs a Map Run's failures again under the same ARN", () => {
    const drive = new Drive(
      machineOf({
        StartAt: "M",
        States: {
          M: {
            Type: "Map",
            Label: "L",
            ItemProcessor: {
              ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
              StartAt: "T",
              States: { T: task() },
            },
            End: true,
          },
        },
      }),
    ).start([1, 2]);
    const [started] = drive.commands;
    if (started?.type !== "StartMapRun") throw new Error("no Map Run was started");
    const { mapRunArn } = started;
    drive.when({ type: "MapRunFinished", mapRunArn, outcome: { type: "failed", error: "Many" } });
    expect(drive.snapshot).toMatchObject({ status: "FAILED", error: "Many" });
    redriven(drive);
    expect(drive.history.slice(-2)).toEqual(["8<7 ExecutionRedriven", "9<8 MapRunRedriven"]);
    expect(drive.commands.at(-1)).toMatchObject({
      type: "RedriveMapRun",
      mapRunArn,
      redriven: { count: 1 },
    });
    const output = Payload.ofValue([1, 2]);
    drive.when({ type: "MapRunFinished", mapRunArn, outcome: { type: "succeeded", output } });
    expect(drive.output).toEqual([1, 2]);
  });
});
