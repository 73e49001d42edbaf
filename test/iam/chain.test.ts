import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { listRecords } from "../../src/cli/audit/list-records.ts";
import { logIn, newFolder, recordsIn } from "../../src/iam/audit/audit-log.fixture.ts";
import { ConsoleService } from "../../src/console/console-service.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { accountId, region } from "../api/start-server.ts";
import {
  allow,
  arnOfRole,
  enforcingStepwell,
  type EnforcingStepwell,
  only,
  pass,
} from "./enforcing-stepwell.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const auditFolder = newFolder();
const auditLog = logIn(auditFolder, { region, accountId, clock: systemClock });

let server: EnforcingStepwell;
let views: ConsoleService;
let alice: Caller;
beforeAll(async () => {
  server = await enforcingStepwell({ auditLog });
  const { service, engine } = server.stepwell;
  views = new ConsoleService({
    service,
    engine,
    store: server.store,
    clock: systemClock,
    version: "1.2.3",
    logger: quiet,
  });
  alice = await server.user("alice", [allow("states:*")]);
  await server.role("Starter", [allow("states:StartExecution")]);
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const userArn = `arn:aws:iam::${accountId}:user/alice`;
const starter = (executionArn: string): string =>
  `arn:aws:sts::${accountId}:assumed-role/Starter/${executionArn.split(":").at(-1)}`;
const viewOf = (executionArn: string) => views.executions.one(executionArn, {});

/** The executions of a machine that another one has started. */
async function started(stateMachineArn: string): Promise<readonly string[]> {
  const { executions } = await server.service.call("ListExecutions", { stateMachineArn });
  return (executions as readonly { readonly executionArn: string }[]).map(
    (one) => one.executionArn,
  );
}

test("who starts an execution is kept with it, shown in the console and nowhere in the API", async () => {
  const machine = await server.machine("plain", arnOfRole("Starter"), pass);
  const executionArn = await server.start(machine, {}, { caller: alice });
  expect((await viewOf(executionArn)).startedBy).toEqual({ principal: userArn });
  expect((await server.store.execution(executionArn))?.startedBy).toEqual({ principal: userArn });
  const history = await server.service.call("GetExecutionHistory", { executionArn });
  const shown = JSON.stringify([await server.ended(executionArn), history]);
  expect(shown).not.toContain("user/alice");
});

test("an Express execution keeps it as long as it is remembered", async () => {
  const { stateMachineArn } = await server.service.call("CreateStateMachine", {
    name: "express",
    type: "EXPRESS",
    roleArn: arnOfRole("Starter"),
    definition: JSON.stringify(pass),
  });
  for (const operation of ["StartExecution", "StartSyncExecution"]) {
    const { executionArn } = await server.service.call(
      operation,
      { stateMachineArn },
      { caller: alice },
    );
    expect((await viewOf(executionArn as string)).startedBy).toEqual({ principal: userArn });
  }
});

test("an execution that a task started names the role and the execution, whether or not it is waited for", async () => {
  const child = await server.machine("child", arnOfRole("Starter"), pass);
  const parentMachine = await server.machine(
    "parent",
    arnOfRole("Starter"),
    only({
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution",
      Parameters: { StateMachineArn: child },
      End: true,
    }),
  );
  const parent = await server.start(parentMachine, {}, { caller: alice });
  expect(await server.ended(parent)).toMatchObject({ status: "SUCCEEDED" });
  const [executionArn = ""] = await started(child);
  expect((await viewOf(executionArn)).startedBy).toEqual({
    principal: starter(parent),
    via: parent,
  });
  expect((await viewOf(parent)).startedBy).toEqual({ principal: userArn });
});

test("the children of a Map Run are its own, and each redrive names who asked for it", async () => {
  const machine = await server.machine(
    "mapped",
    arnOfRole("Starter"),
    only({
      Type: "Map",
      Label: "Each",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Fails",
        States: { Fails: { Type: "Fail" } },
      },
      End: true,
    }),
  );
  await server.policy("Starter", [allow(["states:StartExecution", "states:RedriveExecution"])]);
  const { executionArn } = await server.service.call(
    "StartExecution",
    { stateMachineArn: machine, input: "[1]" },
    { caller: alice },
  );
  const parent = executionArn as string;
  expect(await server.ended(parent)).toMatchObject({ status: "FAILED" });
  expect(await viewOf(parent)).not.toHaveProperty("redrivenBy");

  const bob = await server.user("bob", [allow("states:*")]);
  await server.service.call("RedriveExecution", { executionArn: parent }, { caller: bob });
  expect(await server.ended(parent)).toMatchObject({ status: "FAILED", redriveCount: 1 });
  expect(await viewOf(parent)).toMatchObject({
    startedBy: { principal: userArn },
    redrivenBy: { principal: `arn:aws:iam::${accountId}:user/bob` },
  });
  const { mapRuns } = await server.service.call("ListMapRuns", { executionArn: parent });
  const [{ mapRunArn } = { mapRunArn: "" }] = mapRuns as readonly { readonly mapRunArn: string }[];
  const { executions } = await server.service.call("ListExecutions", { mapRunArn });
  const [child] = executions as readonly { readonly executionArn: string }[];
  const byRun = { principal: arnOfRole("Starter"), via: mapRunArn };
  expect(await viewOf(child?.executionArn ?? "")).toMatchObject({
    startedBy: byRun,
    redrivenBy: byRun,
  });
});

test("the audit log names who started it, and what a trigger says of itself", async () => {
  const machine = await server.machine("told", arnOfRole("Starter"), pass);
  const startedBy = { principal: "apigateway.amazonaws.com", via: "route/GET /orders" };
  const executionArn = await server.start(machine, {}, { caller: alice, startedBy });
  await auditLog.flushed();
  expect((await recordsIn(auditFolder)).at(-1)).toMatchObject({
    eventName: "StartExecution",
    userIdentity: { arn: userArn },
    responseElements: { executionArn },
    additionalEventData: { startedBy },
  });
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  onTestFinished(() => written.mockRestore());
  await listRecords([auditFolder], { who: "route/get" });
  const [head = "", row = "", ...others] = String(written.mock.calls[0]?.[0]).trim().split("\n");
  expect(head).toContain("ON BEHALF OF");
  expect(row).toContain("route/GET /orders");
  expect(others).toEqual([]);
});
