import { expect, test } from "vitest";
import { ServiceError } from "../../src/ports/service-api.ts";
import { ApiError } from "../../src/service/errors/api-error.ts";
import { TriggerDesk } from "../../src/console/triggers/trigger-desk.ts";
import { WorkflowTriggers } from "../../src/console/triggers/workflow-triggers.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import {
  accountId,
  machineArn,
  nameOf,
  region,
  roleArn,
  startTriggers,
  type TestTriggersOptions,
} from "../triggers/start-triggers.ts";

const request = {} as Parameters<TriggerDesk["schedules"]>[0];
const schedule = `arn:aws:scheduler:${region}:${accountId}:schedule/default/nightly`;
const rule = `arn:aws:events:${region}:${accountId}:rule/placed`;

const route = {
  api: "shop",
  apiId: "shop",
  routeKey: "POST /orders/{id}",
  bases: ["/api/shop", "/api/shop/prod"],
  subtype: "StepFunctions-StartExecution",
  target: machineArn,
  roleArn: undefined,
  apiKeyRequired: false,
  authorizationType: "NONE",
  isConfigured: true,
} as const;

/** A desk over triggers that start nothing but notes; `denied` are actions that nobody may. */
function looking(options: TestTriggersOptions & { readonly denied?: readonly string[] } = {}) {
  const { denied = [], ...rest } = options;
  const running = startTriggers({
    onStart: ({ input }) => ({
      executionArn: `${machineArn.replace("stateMachine", "execution")}:${String(input["name"])}`,
    }),
    ...rest,
  });
  running.triggers.start();
  const asked: string[] = [];
  const may = (action: string, resource: string): Promise<void> => {
    asked.push(`${action} ${resource}`);
    return denied.includes(action)
      ? Promise.reject(new ApiError("AccessDeniedException", action))
      : Promise.resolve();
  };
  const access = {
    may,
    isAllowed: (action: string, resource: string) =>
      may(action, resource).then(
        () => true,
        () => false,
      ),
  };
  const desk = new TriggerDesk({
    access,
    scope: scopeOf(region, accountId),
    clock: running.clock,
    triggers: {
      watch: running.triggers.watch,
      pipes: { all: () => Promise.resolve([]) },
      routes: { served: () => Promise.resolve([route]) },
    },
    memory: undefined,
  });
  return { ...running, desk, asked, ofWorkflow: new WorkflowTriggers(access, desk) };
}

type Looking = ReturnType<typeof looking>;

const scheduled = ({ call }: Looking, more: object = {}) =>
  call("scheduler", "CreateSchedule", {
    Name: "nightly",
    ScheduleExpression: "cron(30 2 * * ? *)",
    ScheduleExpressionTimezone: "Europe/Berlin",
    FlexibleTimeWindow: { Mode: "OFF" },
    Target: { Arn: machineArn, RoleArn: roleArn, Input: '{"night":true}' },
    ...more,
  });

async function ruled({ call }: Looking): Promise<void> {
  await call("events", "PutRule", { Name: "placed", EventPattern: '{"source":["shop"]}' });
  await call("events", "PutTargets", {
    Rule: "placed",
    Targets: [{ Id: "1", Arn: machineArn, RoleArn: roleArn }],
  });
}

const placed = ({ call }: Looking) =>
  call("events", "PutEvents", {
    Entries: [{ Source: "shop", DetailType: "placed", Detail: '{"id":7}' }],
  });

test("a schedule is shown with its next five ticks by the wall of its zone, and what its ticks have started", async () => {
  const it = looking();
  await scheduled(it);
  const [before] = await it.desk.schedules(request);
  expect(before).toMatchObject({ arn: schedule, group: "default", isEnabled: true });
  const [first = 0, second = 0, ...more] = before?.next ?? [];
  expect(more).toHaveLength(3);
  expect(second - first).toBe(86_400_000);
  expect(
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" }).format(
      first,
    ),
  ).toBe("02:30");
  await it.advance(first - it.clock.now());
  const [after] = await it.desk.schedules(request);
  const started = it.started.map(nameOf);
  expect(started).toHaveLength(1);
  expect(after).toMatchObject({
    last: first,
    outcomes: { taken: 1, failed: 0, newest: [{ at: first, targetArn: machineArn }] },
  });
  expect(after?.outcomes.newest[0]?.executionArn).toContain(started[0]);
  expect(after?.next[0]).toBe(second);
});

test("a rule with an expression is among the schedules, and what is off has no next tick but runs when it is run", async () => {
  const it = looking();
  await scheduled(it, { State: "DISABLED" });
  await it.call("events", "PutRule", { Name: "hourly", ScheduleExpression: "rate(1 hour)" });
  const views = await it.desk.schedules(request);
  expect(views.map(({ name, isEnabled, next }) => [name, isEnabled, next.length])).toEqual([
    ["nightly", false, 0],
    ["hourly", true, 5],
  ]);
  const { newest } = (await it.desk.runNow(schedule, request)) as {
    readonly newest: readonly { readonly executionArn?: string }[];
  };
  expect(it.started.map(({ input }) => input["input"])).toEqual(['{"night":true}']);
  expect(newest[0]?.executionArn).toBeDefined();
  expect(it.asked).toContain(`scheduler:UpdateSchedule ${schedule}`);
  await expect(it.desk.runNow(`${schedule}-gone`, request)).rejects.toMatchObject({
    code: "ResourceNotFoundException",
  });
});

test("what a target refuses for good is kept, and is given to it once more or thrown away", async () => {
  let isThere = false;
  const it = looking({
    onStart() {
      if (!isThere) throw new ServiceError("StateMachineDoesNotExist", "It is not there.", 400);
      return { executionArn: "one" };
    },
  });
  await ruled(it);
  await placed(it);
  await placed(it);
  await it.settled();
  const lost = await it.desk.deliveries(request);
  expect(lost).toMatchObject([
    { sourceArn: rule, targetArn: machineArn, attempts: 1, code: "StateMachineDoesNotExist" },
    { sourceArn: rule },
  ]);
  expect(lost[0]?.givenUpAt).toBeDefined();
  expect(JSON.parse(lost[0]?.input ?? "")).toMatchObject({ detail: { id: 7 } });
  const [first, second] = lost.map(({ id }) => id);
  isThere = true;
  await it.desk.changeDelivery(first ?? "", { action: "retry" }, request);
  await it.desk.changeDelivery(second ?? "", { action: "discard" }, request);
  await it.settled();
  expect(it.asked).toContain(`events:PutTargets ${rule}`);
  expect(await it.desk.deliveries(request)).toEqual([]);
  const { rules } = await it.desk.rules(request);
  expect(rules).toMatchObject([{ name: "placed", outcomes: { taken: 1, failed: 2, givenUp: 2 } }]);
  await expect(
    it.desk.changeDelivery(first ?? "", { action: "retry" }, request),
  ).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});

test("what is tried again by itself is tried at once where somebody asks for it, and once", async () => {
  let refusals = 3;
  const it = looking({
    onStart() {
      refusals -= 1;
      if (refusals >= 0) throw new ServiceError("ServiceUnavailable", "Later.", 503);
      return { executionArn: "one" };
    },
  });
  await ruled(it);
  await placed(it);
  await it.settled();
  await it.advance(5_000);
  const [waiting] = await it.desk.deliveries(request);
  expect(waiting).toMatchObject({ code: "ServiceUnavailable", message: "Later." });
  expect(waiting?.dueAt).toBeGreaterThan(it.clock.now());
  refusals = 0;
  const before = it.started.length;
  await it.desk.changeDelivery(waiting?.id ?? "", { action: "retry" }, request);
  await it.settled();
  await it.advance(60_000);
  expect(it.started.length).toBe(before + 1);
  expect(await it.desk.deliveries(request)).toEqual([]);
});

test("what somebody may not see is left out", async () => {
  const it = looking({
    denied: [
      "scheduler:GetSchedule",
      "events:ListTargetsByRule",
      "states:GetExecutionHistory",
      "pipes:ListPipes",
    ],
    onStart() {
      throw new ServiceError("StateMachineDoesNotExist", "It is not there.", 400);
    },
  });
  await scheduled(it);
  await ruled(it);
  await placed(it);
  await it.settled();
  expect(await it.desk.schedules(request)).toEqual([]);
  const { rules } = await it.desk.rules(request);
  expect(rules[0]).toMatchObject({ name: "placed" });
  expect(rules[0]).not.toHaveProperty("targets");
  const [lost] = await it.desk.deliveries(request);
  expect(lost).toMatchObject({ sourceArn: rule });
  expect(lost).not.toHaveProperty("input");
  const { hidden } = await it.ofWorkflow.view(machineArn, request);
  expect(hidden).toEqual(["pipe"]);
});

test("a workflow has what starts it, and nothing else", async () => {
  const it = looking();
  await scheduled(it);
  await scheduled(it, {
    Name: "other",
    Target: { Arn: `${machineArn}2`, RoleArn: roleArn },
  });
  await ruled(it);
  const { triggers } = await it.ofWorkflow.view(machineArn, request);
  expect(triggers.map(({ kind, name, says }) => [kind, name, says])).toEqual([
    ["schedule", "nightly", "cron(30 2 * * ? *)"],
    ["rule", "placed", '{"source":["shop"]}'],
    ["route", "shop", "POST /api/shop/orders/{id}"],
    ["route", "shop", "POST /api/shop/prod/orders/{id}"],
  ]);
});
