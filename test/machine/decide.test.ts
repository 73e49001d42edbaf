import { describe, expect, test } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { decide } from "../../src/machine/decide.ts";
import { encodeEvents } from "../../src/machine/journal/journal-codec.ts";
import { bytesPerTurn, eventsPerTurn } from "../../src/machine/limits.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { openTasks } from "../../src/machine/recover.ts";
import { newSnapshot } from "../../src/machine/snapshot.ts";
import { Drive, machineOf, startOfTime } from "./drive.ts";

const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:000000000000:function:f" };
const oneTask = { StartAt: "T", States: { T: { ...task, End: true } } };
const loop = {
  StartAt: "A",
  States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "C" }, C: loopBack() },
};

function loopBack(): object {
  const Choices = [{ Variable: "$.stop", IsPresent: true, Next: "S" }];
  return { Type: "Choice", Choices, Default: "A" };
}

function endless(options: Parameters<typeof machineOf>[1] = {}): Drive {
  const states = { ...loop.States, S: { Type: "Succeed" } };
  return new Drive(machineOf({ ...loop, States: states }, options)).start();
}

describe("an activation that is told twice", () => {
  test("a start is stale once there are events", () => {
    const drive = new Drive(machineOf(oneTask)).start();
    const again = drive.when({ type: "ExecutionStarted", input: Payload.ofValue({}) });
    expect(again).toEqual({ events: [], commands: [], stale: true });
    expect(drive.history).toHaveLength(4);
  });

  test("a timer that fires too early changes nothing", () => {
    const drive = new Drive(machineOf(oneTask)).start();
    expect(drive.when({ type: "TimerFired" })).toEqual({ events: [], commands: [], stale: true });
  });

  test("an outcome for a task that never was changes nothing", () => {
    const drive = new Drive(machineOf(oneTask)).start();
    expect(drive.succeed(99).stale).toBe(true);
    expect(drive.fail(0, "E").stale).toBe(true);
  });
});

describe("a long turn", () => {
  test("is given up after so many events, and goes on at once by a timer", () => {
    const drive = endless();
    expect(drive.journal.length).toBeGreaterThanOrEqual(eventsPerTurn);
    expect(drive.journal.length).toBeLessThan(eventsPerTurn + 3);
    expect(nextDeadline(drive.machine, drive.snapshot)).toBe(0);
    const { events } = drive.when({ type: "TimerFired" });
    expect(events.length).toBeGreaterThanOrEqual(eventsPerTurn);
  });

  test("is given up the earlier the more data its events have", () => {
    const states = { ...loop.States, S: { Type: "Succeed" } };
    const drive = new Drive(machineOf({ ...loop, States: states })).start("x".repeat(100_000));
    expect(drive.journal.length).toBeGreaterThanOrEqual(bytesPerTurn / 100_002);
    expect(drive.journal.length).toBeLessThan(bytesPerTurn / 100_000 + 3);
    expect(nextDeadline(drive.machine, drive.snapshot)).toBe(0);
  });

  test("goes the same way as if nobody had interrupted it", () => {
    const interrupted = endless({ limits: { historyEvents: 2_500 } });
    while (interrupted.snapshot.status === "RUNNING") interrupted.when({ type: "TimerFired" });
    expect(interrupted.history).toHaveLength(2_500);
    const chained = interrupted.history.every((line, index) => {
      return index < 2 || line.startsWith(`${index + 1}<${index} `);
    });
    expect(chained).toBe(true);
  });

  test("every branch of a Parallel comes to its turn", () => {
    const graph = (prefix: string): object =>
      JSON.parse(
        JSON.stringify({ ...loop, States: { ...loop.States, S: { Type: "Succeed" } } }).replace(
          /"([ABCS])"/g,
          `"${prefix}$1"`,
        ),
      ) as object;
    const parallel = { Type: "Parallel", Branches: [graph("x"), graph("y")], End: true };
    const drive = new Drive(machineOf({ StartAt: "P", States: { P: parallel } })).start();
    drive.when({ type: "TimerFired" });
    const entered = drive.journal.filter((event) => event.type === "ChoiceStateEntered");
    const ofFirst = entered.filter((event) => event.details.name === "xC").length;
    expect(Math.abs(entered.length - 2 * ofFirst)).toBeLessThanOrEqual(1);
  });
});

test("a Standard execution fails with its 25,000th event, an Express one goes on", () => {
  const standard = endless();
  while (standard.snapshot.status === "RUNNING") standard.when({ type: "TimerFired" });
  expect(standard.snapshot.lastEventId).toBe(25_000);
  expect(standard.snapshot.cause).toBe(
    "The execution reached the maximum number of history events (25000).",
  );
  const express = endless({ type: "EXPRESS" });
  while (express.snapshot.lastEventId < 26_000) express.when({ type: "TimerFired" });
  expect(express.snapshot.status).toBe("RUNNING");
});

test("an execution whose key is lost fails, whatever its Catchers say, and its tasks are cancelled", () => {
  const Catch = [{ ErrorEquals: ["States.ALL"], Next: "T" }];
  const drive = new Drive(machineOf({ ...oneTask, States: { T: { ...task, Catch, End: true } } }));
  drive.start();
  const { events, commands } = drive.when({ type: "KeyLost", cause: "it is disabled" });
  expect(events.map(({ type, details }) => ({ type, details }))).toEqual([
    { type: "ExecutionFailed", details: { error: "States.Runtime", cause: "it is disabled" } },
  ]);
  expect(commands.map(({ type }) => type)).toEqual(["CancelTask"]);
  expect(drive.snapshot.status).toBe("FAILED");
});

test("an execution started by a version and an alias says so in its first event", () => {
  const machine = machineOf(oneTask);
  const arns = { stateMachineVersionArn: "arn:v", stateMachineAliasArn: "arn:a" };
  const identity = { ...machine.identity, ...arns };
  const [started] = new Drive({ ...machine, identity }).start().journal;
  expect(started?.details).toEqual({ roleArn: machine.identity.roleArn, ...arns });
});

test("parameters that can never start a task fail the execution before it is scheduled", () => {
  const machine = machineOf({
    StartAt: "T",
    States: {
      T: {
        ...task,
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }],
        Next: "C",
      },
      C: { Type: "Pass", End: true },
    },
  });
  const environment = { ...machine.environment, refuseParameters: () => "They are wrong." };
  const drive = new Drive({ ...machine, environment }).start();
  expect(drive.history).toEqual([
    "1<0 ExecutionStarted",
    "2<0 TaskStateEntered",
    "3<2 ExecutionFailed",
  ]);
  expect(drive.snapshot.error).toBe("States.Runtime");
  expect(drive.snapshot.cause).toBe(
    "An error occurred while executing the state 'T' (entered at the event id #2). They are wrong.",
  );
  expect(drive.commands).toEqual([]);
});

describe("jitter", () => {
  const retried = (seed: number): number => {
    const Retry = [{ ErrorEquals: ["E"], IntervalSeconds: 10, JitterStrategy: "FULL" }];
    const states = { T: { ...task, Retry, End: true } };
    const drive = new Drive(machineOf({ StartAt: "T", States: states })).start();
    drive.seed = seed;
    drive.fail(3, "E");
    return (nextDeadline(drive.machine, drive.snapshot) as number) - startOfTime;
  };

  test("is drawn between nothing and the delay, from the activation's seed alone", () => {
    const delays = Array.from({ length: 200 }, (_, seed) => retried(seed));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(10_000);
    expect(Math.min(...delays)).toBeLessThan(1_000);
    expect(Math.max(...delays)).toBeGreaterThan(9_000);
    expect(delays).toEqual(Array.from({ length: 200 }, (_, seed) => retried(seed)));
  });
});

test("randomness depends on the seed of the activation and on nothing else", () => {
  const machine: Machine = machineOf({
    StartAt: "P",
    States: { P: { Type: "Pass", Parameters: { "id.$": "States.UUID()" }, End: true } },
  });
  const events = (seed: number): string => {
    const input = Payload.ofValue({});
    const activation = { type: "ExecutionStarted", input, at: startOfTime, seed } as const;
    return encodeEvents(decide(machine, newSnapshot(), activation).events);
  };
  expect(events(1)).toBe(events(1));
  expect(events(1)).not.toBe(events(2));
});

test.each(["JSONPath", "JSONata"])(
  "a job has a task token, too, and what is answered with it ends the task (%s)",
  (QueryLanguage) => {
    const drive = new Drive(
      machineOf({
        QueryLanguage,
        StartAt: "A",
        States: {
          A: {
            Type: "Task",
            Resource: "arn:aws:states:::states:startExecution.sync:2",
            ...(QueryLanguage === "JSONPath"
              ? { Parameters: { StateMachineArn: "m", Input: { "token.$": "$$.Task.Token" } } }
              : {
                  Arguments: {
                    StateMachineArn: "m",
                    Input: { token: "{% $states.context.Task.Token %}" },
                  },
                }),
            End: true,
          },
        },
      }),
    ).start();
    const scheduled = drive.journal.find(({ type }) => type === "TaskScheduled");
    const [taskId] = drive.openTasks;
    expect(scheduled?.payload?.value).toMatchObject({ Input: { token: `token-${taskId}` } });
    drive.succeed(taskId as number, { answered: true });
    expect(drive.snapshot.status).toBe("SUCCEEDED");
    expect(drive.output).toEqual({ answered: true });
  },
);

test("recovery finds the open tasks of every branch, with their roles and what was submitted", () => {
  const otherRole = "arn:aws:iam::000000000000:role/other";
  const callback = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Parameters: { QueueUrl: "q", "MessageBody.$": "$$.Task.Token" },
    TimeoutSeconds: 60,
    End: true,
  };
  const activity = {
    Type: "Task",
    Resource: "arn:aws:states:us-east-1:000000000000:activity:a",
    End: true,
  };
  const item = { StartAt: "A", States: { A: activity } };
  const drive = new Drive(
    machineOf({
      StartAt: "P",
      States: {
        P: {
          Type: "Parallel",
          Branches: [
            {
              StartAt: "C",
              States: { C: { ...callback, Credentials: { RoleArn: otherRole } } },
            },
            { StartAt: "M", States: { M: { Type: "Map", ItemProcessor: item, End: true } } },
            { StartAt: "W", States: { W: { Type: "Wait", Seconds: 5, End: true } } },
          ],
          End: true,
        },
      },
    }),
  ).start([1]);
  const [callbackId, activityId] = drive.openTasks as [number, number];
  drive.when({ type: "TaskSubmitted", taskId: callbackId, output: Payload.ofValue("sent") });
  const found = openTasks(drive.machine, drive.folded()).map((open) => ({
    taskId: open.taskId,
    name: open.state.Name,
    started: open.started,
    timeoutSeconds: open.timeoutSeconds,
    credentialsRoleArn: open.credentialsRoleArn,
    parameters: open.parameters.value,
    submission: open.submission?.value,
  }));
  expect(found).toEqual([
    {
      taskId: callbackId,
      name: "C",
      started: true,
      timeoutSeconds: 60,
      credentialsRoleArn: otherRole,
      parameters: { QueueUrl: "q", MessageBody: `token-${callbackId}` },
      submission: "sent",
    },
    {
      taskId: activityId,
      name: "A",
      started: false,
      timeoutSeconds: undefined,
      credentialsRoleArn: undefined,
      parameters: 1,
      submission: undefined,
    },
  ]);
});

test("an Assign of nothing leaves no trace in the exit of its state, in either language", () => {
  const drive = new Drive(
    machineOf({
      StartAt: "A",
      States: {
        A: { Type: "Pass", Assign: {}, Next: "B" },
        B: { Type: "Pass", QueryLanguage: "JSONata", Assign: {}, End: true },
      },
    }),
  ).start();
  const exits = drive.journal.filter(({ type }) => type === "PassStateExited");
  expect(exits.map(({ details }) => details)).toEqual([{ name: "A" }, { name: "B" }]);
});
