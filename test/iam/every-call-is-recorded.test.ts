import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { createIam } from "../../src/iam/create-iam.ts";
import type { ChainedRecord } from "../../src/iam/audit/audit-record.ts";
import { linesIn, logIn, newFolder, recordsIn } from "../../src/iam/audit/audit-log.fixture.ts";
import { outcomeOf } from "../../src/iam/audit/audit-filter.ts";
import { readTrail } from "../../src/iam/audit/read-trail.ts";
import { verifyTrail } from "../../src/iam/audit/verify-trail.ts";
import { iamOperations } from "../../src/iam/operations/iam-service.ts";
import type { AuditCallPage } from "../../src/console/view-types.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { noCredentials } from "../../src/server/authentication/owner-key.ts";
import { serviceModel } from "../../src/service/model/service-model.ts";
import { shownInput } from "../../src/service/access/audited-input.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { post } from "../api/post.ts";
import { recordingAuthorizer } from "../api/recording-authorizer.ts";
import {
  accountId,
  passDefinition,
  region,
  roleArn,
  startServer,
  type TestServer,
} from "../api/start-server.ts";
import { api, builtConsole } from "../console/ask.ts";

/** What no line of the log may have in it. */
const canary = "CANARY-9f2c";
const folder = newFolder();
const log = logIn(folder, { region, accountId, clock: systemClock });
const authorizer = recordingAuthorizer();
const machine = `arn:aws:states:${region}:${accountId}:stateMachine:orders`;

let server: TestServer;
let seen = 0;

/** The records that have come since it was asked last. */
async function newRecords(): Promise<readonly ChainedRecord[]> {
  await log.flushed();
  const all = await recordsIn(folder);
  const fresh = all.slice(seen);
  seen = all.length;
  return fresh;
}

beforeAll(async () => {
  server = await startServer({ authorizer, auditLog: log, consoleFolder: builtConsole() });
});
beforeEach(async () => {
  authorizer.decide = () => ({ allowed: true, by: "Orders/All[0]" });
  await newRecords();
});
afterAll(async () => {
  await server.close();
  expect((await verifyTrail(folder)).problems).toEqual([]);
  for (const line of await linesIn(folder)) expect(line).not.toContain(canary);
});

/** A value for each member of an operation's input, with the canary wherever the model calls it sensitive. */
const payloads: JsonObject = {
  input: `{"card":"${canary}"}`,
  output: `{"card":"${canary}"}`,
  definition: passDefinition.replace("Pass", canary),
  error: canary,
  cause: canary,
  taskToken: canary,
  versionDescription: canary,
  description: canary,
  variables: `{"x":"${canary}"}`,
  context: `{"x":"${canary}"}`,
  stateName: canary,
  mock: { result: `"${canary}"`, errorOutput: { error: canary, cause: canary } },
  stateConfiguration: { errorCausedByState: canary, mapItemReaderData: canary },
};
const execution = `${machine.replace("stateMachine", "execution")}:one`;
const arns: JsonObject = {
  stateMachineArn: machine,
  executionArn: execution,
  activityArn: machine.replace("stateMachine", "activity"),
  roleArn,
  name: "orders",
};

test.each(Object.keys(serviceModel))(
  "%s is written down once, whether it is allowed, denied or wrong, and without what is in it",
  async (operation) => {
    const members = Object.keys(
      serviceModel[operation as keyof typeof serviceModel].input as object,
    );
    const given = { ...arns, ...payloads };
    const input = Object.fromEntries(
      members.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]),
    );
    // An activity's task is waited for a minute, if nobody goes away.
    const signal = AbortSignal.abort();
    for (const decision of [{ allowed: true, by: "Orders/All[0]" }, { allowed: false }] as const) {
      authorizer.decide = () => decision;
      await server.service.call(operation, input, { signal }).catch(() => {});
      expect(await newRecords()).toMatchObject([
        { eventName: operation, eventSource: "states.amazonaws.com" },
      ]);
    }
    await server.service.call(operation, { [canary]: canary, tags: canary }).catch(() => {});
    expect(await newRecords()).toMatchObject([{ eventName: operation }]);
  },
);

test("what the model marks as sensitive is hidden, and what it does not know is left out", () => {
  expect(
    shownInput("StartExecution", { stateMachineArn: machine, input: canary, more: 1 }),
  ).toEqual({
    stateMachineArn: machine,
    input: "HIDDEN_DUE_TO_SECURITY_REASONS",
  });
});

test("a record says who was allowed what by which statement, and what came of it", async () => {
  await server.service.call("CreateStateMachine", {
    name: "orders",
    definition: passDefinition,
    roleArn,
  });
  const [record] = await newRecords();
  expect(record).toMatchObject({
    userIdentity: { type: "Root", accountId },
    eventName: "CreateStateMachine",
    requestParameters: { name: "orders", roleArn, definition: "HIDDEN_DUE_TO_SECURITY_REASONS" },
    responseElements: { stateMachineArn: machine },
    resources: [{ ARN: machine }, { ARN: roleArn }],
    additionalEventData: {
      decidedBy: [
        {
          action: "states:CreateStateMachine",
          resource: machine,
          allowed: true,
          by: "Orders/All[0]",
        },
        { action: "iam:PassRole", resource: roleArn, allowed: true },
      ],
    },
    readOnly: false,
  });
  expect(record).not.toHaveProperty("errorCode");
});

const all = Object.entries(iamOperations).flatMap(([service, table]) =>
  Object.keys(table).map((name) => [service as "iam" | "sts", name] as const),
);

test.each(all)("%s:%s is written down once, allowed or denied", async (service, name) => {
  const own = newFolder();
  const trail = logIn(own, { region, accountId });
  const iam = await createIam({
    mode: "required",
    store: createMemoryStore(),
    clock: systemClock,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    region,
    accountId,
    audit: trail.trail,
  });
  const scope = { partition: "aws", region, accountId };
  const input = { UserName: "bob", RoleSessionName: "s", ExternalId: canary };
  await iam.service
    .call(service, name, input, { ...scope, principal: { type: "owner" } })
    .catch(() => {});
  await iam.service
    .call(service, name, input, { ...scope, principal: { type: "anonymous" } })
    .catch(() => {});
  await trail.close();
  await iam.close();
  const expected = { eventSource: `${service}.amazonaws.com`, eventName: name };
  expect(await recordsIn(own)).toMatchObject([expected, expected]);
  expect((await linesIn(own)).join("")).not.toContain(canary);
});

test("a new key's id is in the log, and its secret is not", async () => {
  const own = newFolder();
  const trail = logIn(own, { region, accountId });
  const iam = await createIam({
    mode: "required",
    store: createMemoryStore(),
    clock: systemClock,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    region,
    accountId,
    audit: trail.trail,
  });
  const owner = { partition: "aws", region, accountId, principal: { type: "owner" } } as const;
  await iam.service.call("iam", "CreateUser", { UserName: "bob" }, owner);
  const made = await iam.service.call("iam", "CreateAccessKey", { UserName: "bob" }, owner);
  const key = made["AccessKey"] as {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
  };
  await trail.close();
  await iam.close();
  const text = (await linesIn(own)).join("\n");
  expect(text).toContain(key.AccessKeyId);
  expect(text).not.toContain(key.SecretAccessKey);
});

test("over HTTP a call has its request, its address and its client, and one that is none is there, too", async () => {
  await post(server.port, "ListActivities", {}, { headers: { "User-Agent": "aws-cli/2" } });
  await post(server.port, "ListActivities", `{"${canary}`);
  await post(server.port, "DropTables", {});
  await post(server.port, "ListActivities", {}, { headers: { "Content-Type": "text/plain" } });
  await post(server.port, "", "", { method: "GET", path: "/stepwell/express-executions" });
  await post(server.port, "", "", { method: "GET", path: "/nothing" });
  const records = await newRecords();
  expect(records.map(({ eventName, errorCode }) => [eventName, errorCode])).toEqual([
    ["ListActivities", undefined],
    ["ListActivities", "SerializationException"],
    ["DropTables", "UnknownOperationException"],
    ["ListActivities", expect.any(String)],
    ["ListExpressExecutions", undefined],
    ["GET /nothing", expect.any(String)],
  ]);
  expect(records[0]).toMatchObject({ sourceIPAddress: "127.0.0.1", userAgent: "aws-cli/2" });
  expect(new Set(records.map(({ requestID }) => requestID)).size).toBe(6);
});

test("a request that is not signed is written down as denied, with nobody who called", async () => {
  const closed = await startServer({
    auditLog: log,
    authenticator: createAuthenticator({
      credentials: noCredentials,
      clock: systemClock,
      accountId,
    }),
  });
  await post(closed.port, "ListActivities", {});
  await closed.close();
  const records = await newRecords();
  expect(records).toMatchObject([
    {
      eventName: "ListActivities",
      errorCode: "MissingAuthenticationTokenException",
      userIdentity: { type: "Unknown" },
      sourceIPAddress: "127.0.0.1",
    },
  ]);
  expect(records.map(outcomeOf)).toEqual(["denied"]);
});

test("whoever floods the server with what it refuses fills no disk", async () => {
  const many = Array.from({ length: 400 }, () =>
    post(server.port, "ListActivities", {}, { headers: { "Content-Type": "text/plain" } }),
  );
  await Promise.all(many);
  // As many as a second has, in as many seconds as they took.
  expect((await newRecords()).length).toBeLessThan(400);
});

test("a route of the console is written down once; an operation that it calls as such", async () => {
  await api(server.port, `executions/${encodeURIComponent(execution)}`);
  await api(server.port, "workflows");
  await api(server.port, "call/ListActivities", { method: "POST", body: {} });
  await api(server.port, "nothing");
  expect(
    (await newRecords()).map(({ eventSource, eventName }) => [eventSource, eventName]),
  ).toEqual([
    ["console.stepwell", "GET executions/*"],
    ["console.stepwell", "GET workflows"],
    ["states.amazonaws.com", "ListActivities"],
    ["console.stepwell", "GET nothing"],
  ]);
});

test("the console shows the log to whoever may look events up, and filters it", async () => {
  authorizer.decide = () => ({ allowed: false });
  await server.service.call("ListStateMachines", {}).catch(() => {});
  await log.flushed();
  const refused = await api(server.port, "audit");
  expect(refused.status).toBe(400);
  authorizer.decide = ({ action }) => ({ allowed: action === "cloudtrail:LookupEvents" });
  const { body } = await api(server.port, "audit?outcome=denied&action=ListStateMachines&limit=5");
  const { calls } = body as unknown as AuditCallPage;
  expect(calls.length).toBeGreaterThan(0);
  expect(
    calls.every(({ outcome, action }) => outcome === "denied" && action === "ListStateMachines"),
  ).toBe(true);
  expect(JSON.parse(calls[0]?.record ?? "")).toMatchObject({ eventName: "ListStateMachines" });
  expect((await api(server.port, "audit?outcome=other")).status).toBe(400);
  await log.flushed();
  expect(
    (await readTrail(folder, { action: "GET audit", outcome: "denied", limit: 9 })).records,
  ).toHaveLength(1);
});

test("a log that cannot be written turns the health bad, and where it must be, nothing is done", async () => {
  const broken = logIn("/dev/null/audit", {
    settings: { required: true, retentionDays: 1, maxFileBytes: 1_000_000 },
  });
  const closed = await startServer({ auditLog: broken });
  const health = () => post(closed.port, "", "", { method: "GET", path: "/health" });
  expect((await health()).status).toBe(200);
  const create = () => post(closed.port, "CreateActivity", { name: "one" });
  expect((await create()).body).toMatchObject({ __type: "InternalFailure" });
  expect((await health()).status).toBe(503);
  const { items } = await closed.store.activities("", { limit: 10 });
  expect((await create()).status).toBe(500);
  expect((await closed.store.activities("", { limit: 10 })).items).toEqual(items);
  await closed.close();
});
