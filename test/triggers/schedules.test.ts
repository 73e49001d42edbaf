import { describe, expect, test } from "vitest";
import { ServiceError, type ServiceMembers } from "../../src/ports/service-api.ts";
import { stepClock } from "../runtime/step-clock.ts";
import {
  accountId,
  machineArn,
  nameOf,
  region,
  roleArn,
  startTriggers,
  type TestTriggers,
} from "./start-triggers.ts";

const minute = 60_000;
const target = { Arn: machineArn, RoleArn: roleArn, Input: '{"a":1}' };
const OFF = { Mode: "OFF" };

function create(
  { call }: Pick<TestTriggers, "call">,
  members: object,
  Name = "nightly",
): Promise<ServiceMembers> {
  return call("scheduler", "CreateSchedule", {
    Name,
    Target: target,
    FlexibleTimeWindow: OFF,
    ...members,
  });
}

/** Goes on in steps, as real time does. */
async function pass(own: TestTriggers, ms: number, step = minute): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) await own.advance(step);
}

/** A clock that begins at a date. */
function clockAt(date: string): ReturnType<typeof stepClock> {
  const clock = stepClock();
  clock.advance(Date.parse(date) - clock.now());
  return clock;
}

describe("a schedule", () => {
  test("starts an execution at each of its ticks, as its role, under a name made of schedule and tick", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T11:58:30Z") });
    await create(own, { ScheduleExpression: "cron(0 12 * * ? *)" });
    await pass(own, 3 * 24 * 60 * minute, 30 * minute);
    expect(own.started.map(({ input }) => input["name"])).toEqual([
      expect.stringMatching(/^nightly-20270301T120000Z-[0-9a-f]{8}$/),
      expect.stringMatching(/^nightly-20270302T120000Z-[0-9a-f]{8}$/),
      expect.stringMatching(/^nightly-20270303T120000Z-[0-9a-f]{8}$/),
    ]);
    expect(own.started[0]).toMatchObject({
      input: { stateMachineArn: machineArn, input: '{"a":1}' },
      caller: {
        principal: {
          type: "serviceRole",
          service: "scheduler.amazonaws.com",
          roleArn,
          sourceArn: `arn:aws:scheduler:${region}:${accountId}:schedule/default/nightly`,
        },
      },
    });
  });

  test("follows the wall clock of its time zone when the clocks change", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-27T00:00:00Z") });
    await create(own, {
      ScheduleExpression: "cron(0 9 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
    });
    await pass(own, 2 * 24 * 60 * minute, 10 * minute);
    expect(own.started.map((one) => nameOf(one).slice(8, 24))).toEqual([
      "20270327T080000Z",
      "20270328T070000Z",
    ]);
  });

  test("with a rate begins at once, or when it starts, and ends", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    const from = own.clock.now();
    await create(own, { ScheduleExpression: "rate(10 minutes)" }, "now");
    await create(
      own,
      {
        ScheduleExpression: "rate(10 minutes)",
        StartDate: (from + 15 * minute) / 1000,
        EndDate: (from + 40 * minute) / 1000,
      },
      "later",
    );
    await own.settled();
    await pass(own, 60 * minute);
    const ticks = (name: string) =>
      own.started
        .map(nameOf)
        .filter((started) => started.startsWith(name))
        .map((started) => started.slice(name.length + 10, name.length + 14));
    expect(ticks("now")).toEqual(["0000", "0010", "0020", "0030", "0040", "0050", "0100"]);
    expect(ticks("later")).toEqual(["0015", "0025", "0035"]);
  });

  test("with a rate begins at once though time goes on while it is made", async () => {
    const clock = clockAt("2027-03-01T00:00:00Z");
    const own = startTriggers({
      clock: {
        ...clock,
        now() {
          clock.advance(1);
          return clock.now();
        },
      } as typeof clock,
    });
    await create(own, { ScheduleExpression: "rate(1 day)" });
    clock.advance(1_000);
    await own.settled();
    expect(own.started).toHaveLength(1);
  });

  test("for one time is gone afterwards if it says so", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    const once = { ScheduleExpression: "at(2027-03-01T00:05:00)" };
    await create(own, { ...once, ActionAfterCompletion: "DELETE" }, "gone");
    await create(own, once, "kept");
    await pass(own, 10 * minute);
    expect(own.started).toHaveLength(2);
    const { Schedules } = await own.call("scheduler", "ListSchedules");
    expect((Schedules as readonly ServiceMembers[]).map((one) => one["Name"])).toEqual(["kept"]);
  });

  test("runs within its flexible window, at the same moment whoever computes it", async () => {
    const moments = new Set<number>();
    for (let node = 0; node < 3; node++) {
      const times: number[] = [];
      const own: TestTriggers = startTriggers({
        clock: clockAt("2027-03-01T00:00:00Z"),
        onStart: () => {
          times.push(own.clock.now());
          return {};
        },
      });
      const begin = own.clock.now();
      await create(own, {
        ScheduleExpression: "cron(0 1 * * ? *)",
        FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 30 },
      });
      await pass(own, 120 * minute, 1_000 * 10);
      expect(times).toHaveLength(1);
      const late = (times[0] ?? 0) - begin - 60 * minute;
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(30 * minute + 10_000);
      moments.add(late);
    }
    expect(moments.size).toBe(1);
  });

  test("runs once for each tick where its windows overlap", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:30Z") });
    await create(own, {
      ScheduleExpression: "cron(* * * * ? *)",
      EndDate: (own.clock.now() + 120 * minute) / 1000,
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 5 },
    });
    await pass(own, 130 * minute, 1_000);
    expect(new Set(own.started.map(({ input }) => input["name"])).size).toBe(120);
    expect(own.started).toHaveLength(120);
  });

  test("that is off does not tick, and goes on when it is on again", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    const hourly = { ScheduleExpression: "cron(0 * * * ? *)" };
    await create(own, { ...hourly, State: "DISABLED" });
    await pass(own, 90 * minute);
    expect(own.started).toHaveLength(0);
    await own.call("scheduler", "UpdateSchedule", {
      Name: "nightly",
      Target: target,
      FlexibleTimeWindow: OFF,
      ...hourly,
    });
    await pass(own, 60 * minute);
    expect(own.started).toHaveLength(1);
    await own.call("scheduler", "DeleteSchedule", { Name: "nightly" });
    await pass(own, 120 * minute);
    expect(own.started).toHaveLength(1);
  });

  test("has its context attributes filled in", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    const Input = '{"at":"<aws.scheduler.scheduled-time>","of":"<aws.scheduler.schedule-arn>"}';
    await create(own, { ScheduleExpression: "rate(1 day)", Target: { ...target, Input } });
    await own.settled();
    expect(JSON.parse(own.started[0]?.input["input"] as string)).toEqual({
      at: "2027-03-01T00:00:00Z",
      of: `arn:aws:scheduler:${region}:${accountId}:schedule/default/nightly`,
    });
  });

  test("is not held up by the target of another that does not answer", async () => {
    const never = new Promise<never>(() => {});
    const own: TestTriggers = startTriggers({
      clock: clockAt("2027-03-01T00:00:00Z"),
      stepFunctions: (_, input) => {
        const [schedule = ""] = nameOf({ input }).split("-");
        names.push(schedule);
        return schedule === "stuck" ? never : Promise.resolve({});
      },
    });
    const names: string[] = [];
    await create(own, { ScheduleExpression: "rate(10 minutes)" }, "stuck");
    await create(own, { ScheduleExpression: "rate(10 minutes)" }, "quick");
    await pass(own, 25 * minute);
    expect(names.sort()).toEqual(["quick", "quick", "quick", "stuck"]);
  });

  test("tries again under the same name what could not be started, while the next ticks come", async () => {
    let isAway = true;
    const own = startTriggers({
      clock: clockAt("2027-03-01T00:00:00Z"),
      onStart: () => {
        if (isAway) throw new ServiceError("ServiceUnavailable", "away", 503);
        return {};
      },
    });
    await create(own, { ScheduleExpression: "rate(10 minutes)" });
    await pass(own, 15 * minute);
    isAway = false;
    const before = own.started.length;
    await pass(own, 30 * minute);
    const names = own.started.slice(before).map((one) => nameOf(one).slice(8, 24));
    expect(names.sort()).toEqual([
      "20270301T000000Z",
      "20270301T001000Z",
      "20270301T002000Z",
      "20270301T003000Z",
      "20270301T004000Z",
    ]);
  });

  test("calls any operation as a universal target does, and an execution of it has the tick's name", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    const Input = JSON.stringify({ StateMachineArn: machineArn, Input: "{}" });
    await create(own, {
      ScheduleExpression: "rate(1 day)",
      Target: { Arn: "arn:aws:scheduler:::aws-sdk:sfn:startExecution", RoleArn: roleArn, Input },
    });
    const table = JSON.stringify({ TableName: "t" });
    await create(
      own,
      {
        ScheduleExpression: "rate(1 day)",
        Target: {
          Arn: "arn:aws:scheduler:::aws-sdk:dynamodb:describeTable",
          RoleArn: roleArn,
          Input: table,
        },
      },
      "table",
    );
    await own.settled();
    expect(own.started).toEqual([
      expect.objectContaining({
        operation: "StartExecution",
        input: {
          stateMachineArn: machineArn,
          input: "{}",
          name: expect.stringMatching(/^nightly-/) as string,
        },
      }),
    ]);
    expect(own.tasks).toEqual([
      { resource: "aws-sdk:dynamodb:describeTable", parameters: { TableName: "t" } },
    ]);
  });

  test("puts events on a bus, whose rules have them", async () => {
    const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
    await own.call("events", "PutRule", { Name: "r", EventPattern: '{"source":["clock"]}' });
    await own.call("events", "PutTargets", {
      Rule: "r",
      Targets: [{ Id: "m", Arn: machineArn, RoleArn: roleArn, InputPath: "$.detail" }],
    });
    await create(own, {
      ScheduleExpression: "rate(1 day)",
      Target: {
        ...target,
        Arn: `arn:aws:events:${region}:${accountId}:event-bus/default`,
        EventBridgeParameters: { Source: "clock", DetailType: "Tick" },
      },
    });
    await own.settled();
    expect(own.started.map(({ input }) => input["input"])).toEqual(['{"a":1}']);
  });
});

describe("ticks that came while nobody was there", () => {
  async function missed(policy: "last" | "all" | "none", awayMinutes: number, more = {}) {
    const first = startTriggers({ clock: clockAt("2027-03-01T00:00:30Z") });
    await create(first, { ScheduleExpression: "cron(*/10 * * * ? *)", ...more });
    await first.triggers.stop();
    first.clock.advance(awayMinutes * minute);
    const { store, clock } = first;
    const second = startTriggers({ store, clock, schedules: { missed: policy } });
    for (let turn = 0; turn < 10; turn++) await second.settled();
    return second.started.map((one) => nameOf(one).slice(17, 21));
  }

  test("are made up for by the last of them", async () => {
    expect(await missed("last", 45)).toEqual(["0040"]);
  });

  test("are all made up for, in their order, where that is configured", async () => {
    expect(await missed("all", 45)).toEqual(["0010", "0020", "0030", "0040"]);
  });

  test("are passed over where that is configured, but for one of this very minute", async () => {
    expect(await missed("none", 45)).toEqual([]);
    expect(await missed("none", 40)).toEqual(["0040"]);
  });

  test("are not made up for when they are older than the schedule's events may be", async () => {
    const RetryPolicy = { MaximumEventAgeInSeconds: 120 };
    expect(await missed("last", 45, { Target: { ...target, RetryPolicy } })).toEqual([]);
    expect(await missed("last", 41, { Target: { ...target, RetryPolicy } })).toEqual(["0040"]);
  });
});

test("a rule with an expression ticks after its first period, with AWS's event, and its clock outlives a change of its targets", async () => {
  const own = startTriggers({ clock: clockAt("2027-03-01T00:00:00Z") });
  await own.call("events", "PutRule", { Name: "beat", ScheduleExpression: "rate(5 minutes)" });
  await pass(own, 3 * minute);
  await own.call("events", "PutTargets", {
    Rule: "beat",
    Targets: [{ Id: "m", Arn: machineArn, RoleArn: roleArn }],
  });
  await own.call("events", "PutRule", { Name: "beat", ScheduleExpression: "rate(5 minutes)" });
  await pass(own, 9 * minute);
  expect(own.started).toHaveLength(2);
  expect(JSON.parse(own.started[0]?.input["input"] as string)).toEqual({
    version: "0",
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: accountId,
    time: "2027-03-01T00:05:00Z",
    region,
    resources: [`arn:aws:events:${region}:${accountId}:rule/beat`],
    detail: {},
  });
});

describe("Scheduler's API", () => {
  test.each([
    [{ ScheduleExpression: "rate(0 hours)" }, "Invalid Schedule Expression rate(0 hours)."],
    [{ ScheduleExpression: "rate(1 hour)", ScheduleExpressionTimezone: "Mars" }, "Timezone Mars"],
    [{ ScheduleExpression: "rate(1 hour)", StartDate: 2, EndDate: 1 }, "must come after"],
    [{ ScheduleExpression: "rate(1 hour)", FlexibleTimeWindow: { Mode: "FLEXIBLE" } }, "needs Max"],
    [
      { ScheduleExpression: "rate(1 hour)", Target: { Arn: "x", RoleArn: roleArn } },
      "correct format",
    ],
    [{ ScheduleExpression: "rate(1 hour)", Target: { Arn: machineArn } }, "at 'target.roleArn'"],
    [
      { ScheduleExpression: "rate(1 hour)", GroupName: "none" },
      "Schedule group none does not exist",
    ],
  ])("refuses %j", async (members, words) => {
    await expect(create(startTriggers(), members)).rejects.toThrow(words);
  });

  test("makes a schedule once, twice with the same token, and shows what was given", async () => {
    const own = startTriggers();
    const given = { ScheduleExpression: "rate(1 hour)", ClientToken: "t1", Description: "d" };
    const made = await create(own, given);
    expect(await create(own, given)).toEqual(made);
    await expect(create(own, { ...given, ClientToken: "t2" })).rejects.toMatchObject({
      code: "ConflictException",
      statusCode: 409,
    });
    expect(await own.call("scheduler", "GetSchedule", { Name: "nightly" })).toMatchObject({
      Arn: made["ScheduleArn"],
      GroupName: "default",
      ScheduleExpressionTimezone: "UTC",
      Description: "d",
      ActionAfterCompletion: "NONE",
      State: "ENABLED",
      Target: target,
    });
  });

  test("deletes a group with its schedules", async () => {
    const own = startTriggers();
    await own.call("scheduler", "CreateScheduleGroup", { Name: "g" });
    await create(own, { ScheduleExpression: "rate(1 hour)", GroupName: "g" });
    await create(own, { ScheduleExpression: "rate(1 hour)" });
    await own.call("scheduler", "DeleteScheduleGroup", { Name: "g" });
    const { Schedules } = await own.call("scheduler", "ListSchedules");
    expect(Schedules).toHaveLength(1);
  });
});
