import { expect, test } from "vitest";
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
