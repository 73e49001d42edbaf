import { expect, test } from "vitest";
import { nextDeadline } from "../../src/machine/deadline.ts";
import { Drive, machineOf, startOfTime } from "./drive.ts";

function driveAt(scale: number, definition: object): Drive {
  return new Drive({ ...machineOf(definition), waitTimeScale: scale });
}

const deadlineIn = (drive: Drive): number =>
  (nextDeadline(drive.machine, drive.snapshot) ?? 0) - startOfTime;

const waits = (delay: object) => ({
  StartAt: "W",
  States: { W: { Type: "Wait", ...delay, End: true } },
});

test("waits of seconds and until a time are scaled", () => {
  expect(deadlineIn(driveAt(0.1, waits({ Seconds: 60 })).start())).toBe(6_000);
  expect(deadlineIn(driveAt(2, waits({ Seconds: 60 })).start())).toBe(120_000);
  const Timestamp = new Date(startOfTime + 60_000).toISOString();
  expect(deadlineIn(driveAt(0.5, waits({ Timestamp })).start())).toBe(30_000);
});

test("with 0 a wait does not hold its execution", () => {
  expect(driveAt(0, waits({ Seconds: 99 })).start().snapshot.status).toBe("SUCCEEDED");
});

const task = {
  StartAt: "T",
  States: {
    T: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:000000000000:function:f",
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 10 }],
      End: true,
    },
  },
};

test("a task's time-out is not scaled, the delay of a retry is", () => {
  const drive = driveAt(0.1, task).start();
  expect(deadlineIn(drive)).toBe(60_000);
  drive.when({ type: "TaskFailed", taskId: 3, error: "E" });
  expect(deadlineIn(drive)).toBe(1_000);
});

test("the time-out of the execution is not scaled", () => {
  const drive = driveAt(0.1, { ...waits({ Seconds: 6_000 }), TimeoutSeconds: 300 }).start();
  expect(deadlineIn(drive)).toBe(300_000);
});
