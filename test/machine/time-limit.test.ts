import { describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { Drive, machineOf, startOfTime } from "./drive.ts";

const machine = machineOf({
  TimeoutSeconds: 10,
  StartAt: "T",
  States: {
    T: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
      Next: "W",
    },
    W: { Type: "Wait", Seconds: 100, End: true },
  },
});

test("an execution ends when its time is over, however late the timer fires", () => {
  const drive = new Drive(machine).start();
  drive.pass(3_600_000);
  expect(drive.snapshot.status).toBe("TIMED_OUT");
  expect(drive.snapshot.stoppedAt).toBe(startOfTime + 10_000);
  expect(drive.journal.at(-1)).toMatchObject({ type: "ExecutionTimedOut", previousEventId: 0 });
});

test("but never before what was recorded last", () => {
  const drive = new Drive(machine).start();
  drive.now += 10_005;
  drive.when({ type: "TaskSucceeded", taskId: 3, output: Payload.ofText("1") });
  drive.pass(20);
  expect(drive.snapshot.status).toBe("TIMED_OUT");
  expect(drive.snapshot.stoppedAt).toBe(startOfTime + 10_005);
  const times = drive.journal.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

describe("an execution's time ends it wherever it is blocked", () => {
  const fn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  const scope = "arn:aws:states:us-east-1:000000000000";
  const task = (Resource: string, more: object = {}) => ({ Type: "Task", Resource, ...more });
  const inner = (state: object) => ({ StartAt: "I", States: { I: { ...state, End: true } } });
  const all = [{ ErrorEquals: ["States.ALL"], Next: "N" }];
  const retrying = { Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 60 }] };
  const submit = (drive: Drive) =>
    drive.when({ type: "TaskSubmitted", taskId: 3, output: Payload.ofText("{}") });

  test.each<[where: string, state: object, before?: (drive: Drive) => void]>([
    [
      "in a callback",
      task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", {
        Parameters: { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" },
      }),
      submit,
    ],
    [
      "in a nested execution",
      task("arn:aws:states:::states:startExecution.sync:2", {
        Parameters: { StateMachineArn: `${scope}:stateMachine:c` },
      }),
      submit,
    ],
    [
      "in a job",
      task("arn:aws:states:::glue:startJobRun.sync", { Parameters: { JobName: "j" } }),
      submit,
    ],
    ["in an activity that nobody takes", task(`${scope}:activity:a`)],
    ["in a Parallel", { Type: "Parallel", Branches: [inner(task(fn))] }],
    ["in an inline Map", { Type: "Map", ItemsPath: "$.items", ItemProcessor: inner(task(fn)) }],
    [
      "in a distributed Map",
      {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          ...inner(task(fn)),
        },
      },
    ],
    ["in the delay of a retry", task(fn, retrying), (drive) => drive.fail(3, "Broken")],
  ])("%s, and nothing catches it", (_, state, before) => {
    const Catch = all;
    const drive = new Drive(
      machineOf({
        TimeoutSeconds: 10,
        StartAt: "S",
        States: { S: { ...state, Catch, Next: "N" }, N: { Type: "Succeed" } },
      }),
    ).start({ items: [1] });
    before?.(drive);
    expect(drive.snapshot.status).toBe("RUNNING");
    drive.wait();
    expect(drive.now).toBe(startOfTime + 10_000);
    expect(drive.snapshot.status).toBe("TIMED_OUT");
    expect(drive.journal.at(-1)).toMatchObject({
      type: "ExecutionTimedOut",
      previousEventId: 0,
      details: { error: "States.Timeout" },
    });
  });
});
