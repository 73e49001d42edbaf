import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ApprovalView } from "../../src/console/view-types.ts";
import { recordingAuthorizer } from "../api/recording-authorizer.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, at, builtConsole } from "./ask.ts";
import { listen } from "./listen.ts";

const authorizer = recordingAuthorizer();
const states = `arn:aws:states:${region}:${accountId}`;
const activity = `${states}:activity:pack`;
const execution = `${states}:execution:hidden:one`;
const machine = `${states}:stateMachine:hidden`;

let server: TestServer;
let taskId = 0;
beforeAll(async () => {
  server = await startServer({ authorizer, consoleFolder: builtConsole() });
  await server.service.call("CreateActivity", { name: "pack" });
  const definition = JSON.stringify({
    StartAt: "Pack",
    States: { Pack: { Type: "Task", Resource: activity, End: true } },
  });
  await server.service.call("CreateStateMachine", { name: "hidden", definition, roleArn });
  await server.service.call(
    "CreateStateMachine",
    { name: "hidden", definition, roleArn },
    { caller: { partition: "aws", region: "us-west-2", accountId, principal: { type: "owner" } } },
  );
  const input = JSON.stringify({ secret: "SECRET" });
  await server.service.call("StartExecution", {
    stateMachineArn: `${states}:stateMachine:hidden`,
    name: "one",
    input,
  });
  const { body } = await api(server.port, "approvals");
  taskId = (body as ApprovalView[])[0]?.taskId ?? 0;
  expect(taskId).toBeGreaterThan(0);
});
beforeEach(() => {
  authorizer.calls.length = 0;
  authorizer.decide = () => ({ allowed: false });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const get = (path: string) => api(server.port, path);
const post = (path: string, body: unknown) => api(server.port, path, { method: "POST", body });
const actions = () =>
  authorizer.calls.map(({ action, resource }) => [action.replace("states:", ""), resource]);
const without = (...denied: string[]) => {
  authorizer.decide = ({ action }) => ({
    allowed: !denied.includes(action.replace("states:", "")),
  });
};

const list = ["ListExecutions", "*"];
const describesMachine = ["DescribeStateMachine", machine];
const history = ["GetExecutionHistory", execution];
const describes = ["DescribeExecution", execution];
const machines = ["ListStateMachines", "*"];
const mapRun = `${states}:mapRun:unseen/Label:one`;
const children = ["ListExecutions", mapRun];

/** What each read wants, in order. */
const reads: Readonly<Record<string, readonly (readonly string[])[]>> = {
  home: [list, machines],
  workflows: [machines, list],
  "workflow-facts": [machines],
  [`workflows/${encodeURIComponent(machine)}/states`]: [describesMachine, list],
  [`workflows/${encodeURIComponent(machine)}/outcomes`]: [describesMachine, list],
  [`workflows/${encodeURIComponent(machine)}/series`]: [describesMachine, list],
  approvals: [list],
  executions: [list],
  "executions?filter=status:running": [list],
  [at(execution)]: [["DescribeStateMachineForExecution", execution], history, describes],
  [`${at(execution)}/visits`]: [history],
  [`${at(execution)}/events?data=true`]: [history],
  [`${at(execution)}/neighbours`]: [list],
  [`${at(execution)}/children`]: [history],
  [`${at(execution)}/digests`]: [history],
  [`${at(execution)}/items?visit=2`]: [history],
  [`${at(execution)}/function-log?task=3`]: [history],
  "executions?filter=input.secret:SECRET": [list, ["GetExecutionHistory", "*"]],
  "map-runs": [["ListMapRuns", "*"]],
  [`map-runs/${encodeURIComponent(mapRun)}`]: [["DescribeMapRun", mapRun]],
  [`map-runs/${encodeURIComponent(mapRun)}/children`]: [children],
  [`map-runs/${encodeURIComponent(mapRun)}/mask`]: [children],
  [`map-runs/${encodeURIComponent(mapRun)}/times`]: [children],
  "approvals/audit": [list],
  activities: [["ListActivities", "*"]],
  jobs: [list],
  "jobs/one": [list],
  "designer/actions": [machines],
  "designer/actions/sqs:sendMessage": [machines],
  "designer/sdk-services": [machines],
  "designer/sdk-services/sqs": [machines],
  "designer/resources?kind=stateMachine": [machines],
  "designer/resources?kind=activity": [["ListActivities", "*"]],
  "designer/resources?kind=queue": [["sqs:ListQueues", "*"]],
  metrics: [list],
  health: [list],
  settings: [list],
  "settings/call-targets": [list],
  "settings/storage": [list],
  "settings/diagnostics": [list, list, machines, list],
  "stream?executions=": [list],
  [`stream?execution=${encodeURIComponent(`${execution}@1`)}`]: [describes, history],
};

describe.each(Object.entries(reads))("%s", (path, wants) => {
  test.each(wants.map((_, index) => index))(
    "shows nothing without the access %i",
    async (denied) => {
      authorizer.decide = () => ({ allowed: authorizer.calls.length <= denied });
      const { status, text, body } = await get(path);
      expect([status, body]).toEqual([
        400,
        {
          __type: "AccessDeniedException",
          message: expect.stringMatching(/^User: anonymous is not authorized/),
        },
      ]);
      expect(text).not.toContain("SECRET");
      expect(text.replaceAll(execution, "").replaceAll(machine, "")).not.toContain("hidden");
      expect(actions()).toEqual(wants.slice(0, denied + 1));
      expect(authorizer.calls[0]?.caller.principal).toEqual({ type: "anonymous" });
    },
  );
});

test("tags and aliases of workflows are shown to whoever may list them", async () => {
  authorizer.decide = () => ({ allowed: true });
  await server.service.call("TagResource", {
    resourceArn: machine,
    tags: [{ key: "team", value: "SECRET" }],
  });
  without("ListTagsForResource");
  expect((await get("workflow-facts")).text).not.toContain("SECRET");
  without("DescribeStateMachineAlias");
  expect((await get("workflow-facts")).text).toContain("SECRET");
  without("ListStateMachines");
  expect((await get("workflow-facts")).status).toBe(400);
});

test("whoever is refused does not learn whether an execution is there", async () => {
  const missing = `${states}:execution:hidden:missing`;
  for (const part of ["", "/visits", "/events"]) {
    const known = await get(`${at(execution)}${part}`);
    const unknown = await get(`${at(missing)}${part}`);
    expect(unknown.text).toBe(known.text.replaceAll(execution, missing));
  }
});

test("the session tells of no other Region whom may not list state machines", async () => {
  expect((await get("session")).body).toMatchObject({ regions: [region] });
  expect(actions()).toEqual([["ListStateMachines", "*"]]);
  authorizer.decide = () => ({ allowed: true });
  expect((await get("session")).body).toMatchObject({ regions: [region, "us-west-2"] });
});

test("an approval is left out whose history the caller may not see", async () => {
  without("GetExecutionHistory");
  expect((await get("approvals")).body).toEqual([]);
  expect((await get("home")).body).toMatchObject({ waiting: [] });
  expect((await get("home")).text).not.toContain("SECRET");
  expect(actions()).toContainEqual(history);
  authorizer.decide = () => ({ allowed: true });
  expect((await get("approvals")).body).toMatchObject([{ executionArn: execution }]);
});

test.each(["GetExecutionHistory", "SendTaskSuccess"])(
  "no task is answered without %s",
  async (denied) => {
    without(denied);
    const answer = { executionArn: execution, taskId, output: '"done"' };
    expect((await post("approvals", answer)).body).toMatchObject({
      __type: "AccessDeniedException",
    });
    authorizer.decide = () => ({ allowed: true });
    expect((await get(at(execution))).body).toMatchObject({ status: "RUNNING" });
  },
);

test("no task is failed without SendTaskFailure, which is asked for on the activity", async () => {
  without("SendTaskFailure");
  const answer = { executionArn: execution, taskId, error: "E", cause: "" };
  expect((await post("approvals", answer)).body).toMatchObject({ __type: "AccessDeniedException" });
  expect(actions()).toEqual([history, ["SendTaskFailure", activity]]);
});

test("a call is asked for as the API's own", async () => {
  const { status, body } = await post("call/CreateActivity", { name: "never" });
  expect([status, body]).toMatchObject([400, { __type: "AccessDeniedException" }]);
  expect(actions()).toEqual([["CreateActivity", `${states}:activity:never`]]);
  authorizer.decide = () => ({ allowed: true });
  expect((await post("call/ListActivities", {})).text).not.toContain("never");
});

test("an authorizer that throws has not allowed it", async () => {
  authorizer.decide = () => {
    throw new Error("no answer");
  };
  for (const path of ["session", "home", "approvals", at(execution), "stream?executions="]) {
    const { status, text } = await get(path);
    expect([path, status]).toEqual([path, 500]);
    expect(text).not.toContain("no answer");
  }
  expect(server.mistakes.splice(0)).toHaveLength(5);
});

test("a stream that is allowed is asked for once, before it tells anything", async () => {
  authorizer.decide = () => ({ allowed: true });
  const listener = await listen(
    server.port,
    `executions=&execution=${encodeURIComponent(`${execution}@0`)}`,
  );
  expect(actions()).toEqual([list, describes, history]);
  listener.close();
});
