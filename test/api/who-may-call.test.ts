import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { Access } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import type { Store } from "../../src/ports/store.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import type { OperationName } from "../../src/service/model/service-model.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { post } from "./post.ts";
import { recordingAuthorizer } from "./recording-authorizer.ts";
import { accountId, passDefinition, region, roleArn, startServer } from "./start-server.ts";

const authorizer = recordingAuthorizer();
const store = createMemoryStore();
/** Takes the message, which somebody answers by its token. */
const queue: TaskHandler = {
  handles: () => true,
  run: () => Promise.resolve({ type: "succeeded", output: Payload.ofText("{}") }),
};
const server = await startServer({ authorizer, store, handlers: { find: () => queue } });
const { service } = server;

const states = `arn:aws:states:${region}:${accountId}`;
const machine = `${states}:stateMachine:orders`;
const express = `${states}:stateMachine:quick`;
const activity = `${states}:activity:pack`;
const execution = `${states}:execution:orders:one`;
const mapRun = `${states}:mapRun:orders/each:5b7d`;
const caller: Caller = {
  partition: "aws",
  region,
  accountId,
  principal: { type: "accessKey", accessKeyId: "AKIDEXAMPLE" },
};
const user = `arn:aws:iam::${accountId}:user/AKIDEXAMPLE`;

/** Waits for a worker of the activity, and for an answer by token. */
const definition = JSON.stringify({
  StartAt: "Both",
  States: {
    Both: {
      Type: "Parallel",
      End: true,
      Branches: [
        { StartAt: "Pack", States: { Pack: { Type: "Task", Resource: activity, End: true } } },
        {
          StartAt: "Ask",
          States: {
            Ask: {
              Type: "Task",
              Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              Parameters: { QueueUrl: "https://queue", "MessageBody.$": "$$.Task.Token" },
              End: true,
            },
          },
        },
      ],
    },
  },
});

let workerToken = "";
let callbackToken = "";

beforeAll(async () => {
  await service.call("CreateActivity", { name: "pack" });
  await service.call("CreateStateMachine", { name: "orders", definition, roleArn, publish: true });
  await service.call("CreateStateMachineAlias", {
    name: "LIVE",
    routingConfiguration: [{ stateMachineVersionArn: `${machine}:1`, weight: 100 }],
  });
  const quick = { name: "quick", definition: passDefinition, roleArn, type: "EXPRESS" };
  await service.call("CreateStateMachine", quick);
  await service.call("StartExecution", { stateMachineArn: machine, name: "one" });
  const task = await service.call("GetActivityTask", { activityArn: activity });
  workerToken = task["taskToken"] as string;
  const { events } = await service.call("GetExecutionHistory", { executionArn: execution });
  const sent = (events as readonly JsonObject[]).find(({ type }) => type === "TaskScheduled");
  const scheduled = sent?.["taskScheduledEventDetails"] as JsonObject | undefined;
  const parameters = JSON.parse(scheduled?.["parameters"] as string) as JsonObject;
  callbackToken = parameters["MessageBody"] as string;
});

beforeEach(() => {
  authorizer.calls.length = 0;
  authorizer.decide = () => ({ allowed: true });
});

afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

interface Case {
  readonly input: () => JsonObject;
  readonly wants: readonly Access[];
}

const on = (action: string, resource: string, conditions?: Access["conditions"]): Access => ({
  action,
  resource,
  ...(conditions && { conditions }),
});
const live = { "states:StateMachineQualifier": ["LIVE"] };
const tags = [{ key: "team", value: "shop" }];
const tagged = { "aws:RequestTag/team": "shop", "aws:TagKeys": ["team"] };
const passRole = on("iam:PassRole", roleArn, { "iam:PassedToService": "states.amazonaws.com" });
/** What names only a resource that it has in its input. */
const plain = (name: OperationName, member: string, arn: string, more: JsonObject = {}): Case => ({
  input: () => ({ [member]: arn, ...more }),
  wants: [on(`states:${name}`, arn)],
});

/** Service Authorization Reference: one action for each operation; its resource is what it is done to. */
const cases: { readonly [N in OperationName]: Case } = {
  CreateActivity: {
    input: () => ({ name: "wrap", tags }),
    wants: [
      on("states:CreateActivity", `${states}:activity:wrap`, tagged),
      on("states:TagResource", `${states}:activity:wrap`, tagged),
    ],
  },
  CreateStateMachine: {
    input: () => ({ name: "new", definition: passDefinition, roleArn, publish: true, tags }),
    wants: [
      on("states:CreateStateMachine", `${states}:stateMachine:new`, tagged),
      passRole,
      on("states:PublishStateMachineVersion", `${states}:stateMachine:new`),
      on("states:TagResource", `${states}:stateMachine:new`, tagged),
    ],
  },
  CreateStateMachineAlias: {
    input: () => ({
      name: "NEXT",
      routingConfiguration: [{ stateMachineVersionArn: `${machine}:1`, weight: 100 }],
    }),
    wants: [
      on("states:CreateStateMachineAlias", machine, { "states:StateMachineQualifier": ["NEXT"] }),
    ],
  },
  DeleteActivity: plain("DeleteActivity", "activityArn", activity),
  DeleteStateMachine: plain("DeleteStateMachine", "stateMachineArn", machine),
  DeleteStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE` }),
    wants: [on("states:DeleteStateMachineAlias", machine, live)],
  },
  DeleteStateMachineVersion: {
    input: () => ({ stateMachineVersionArn: `${machine}:1` }),
    wants: [
      on("states:DeleteStateMachineVersion", machine, { "states:StateMachineQualifier": ["1"] }),
    ],
  },
  DescribeActivity: plain("DescribeActivity", "activityArn", activity),
  DescribeExecution: plain("DescribeExecution", "executionArn", execution),
  DescribeMapRun: plain("DescribeMapRun", "mapRunArn", mapRun),
  DescribeStateMachine: {
    input: () => ({ stateMachineArn: `${machine}:LIVE` }),
    wants: [on("states:DescribeStateMachine", machine, live)],
  },
  DescribeStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE` }),
    wants: [on("states:DescribeStateMachineAlias", machine, live)],
  },
  DescribeStateMachineForExecution: plain(
    "DescribeStateMachineForExecution",
    "executionArn",
    execution,
  ),
  GetActivityTask: plain("GetActivityTask", "activityArn", activity),
  GetExecutionHistory: plain("GetExecutionHistory", "executionArn", execution),
  ListActivities: { input: () => ({}), wants: [on("states:ListActivities", "*")] },
  ListExecutions: plain("ListExecutions", "stateMachineArn", machine),
  ListMapRuns: plain("ListMapRuns", "executionArn", execution),
  ListStateMachineAliases: plain("ListStateMachineAliases", "stateMachineArn", machine),
  ListStateMachines: { input: () => ({}), wants: [on("states:ListStateMachines", "*")] },
  ListStateMachineVersions: plain("ListStateMachineVersions", "stateMachineArn", machine),
  ListTagsForResource: plain("ListTagsForResource", "resourceArn", machine),
  PublishStateMachineVersion: plain("PublishStateMachineVersion", "stateMachineArn", machine),
  RedriveExecution: plain("RedriveExecution", "executionArn", execution),
  SendTaskFailure: {
    input: () => ({ taskToken: callbackToken }),
    wants: [on("states:SendTaskFailure", machine)],
  },
  SendTaskHeartbeat: {
    input: () => ({ taskToken: workerToken }),
    wants: [on("states:SendTaskHeartbeat", activity)],
  },
  SendTaskSuccess: {
    input: () => ({ taskToken: workerToken, output: "{}" }),
    wants: [on("states:SendTaskSuccess", activity)],
  },
  StartExecution: {
    input: () => ({ stateMachineArn: `${machine}:LIVE` }),
    wants: [on("states:StartExecution", machine, live)],
  },
  StartSyncExecution: plain("StartSyncExecution", "stateMachineArn", express),
  StopExecution: plain("StopExecution", "executionArn", execution),
  TagResource: {
    input: () => ({ resourceArn: machine, tags }),
    wants: [on("states:TagResource", machine, tagged)],
  },
  TestState: {
    input: () => ({
      definition: JSON.stringify({ Type: "Pass", End: true }),
      roleArn,
      revealSecrets: true,
    }),
    wants: [on("states:TestState", "*"), passRole, on("states:RevealSecrets", "*")],
  },
  UntagResource: {
    input: () => ({ resourceArn: activity, tagKeys: ["team"] }),
    wants: [on("states:UntagResource", activity, { "aws:TagKeys": ["team"] })],
  },
  UpdateMapRun: plain("UpdateMapRun", "mapRunArn", mapRun, { maxConcurrency: 1 }),
  UpdateStateMachine: {
    input: () => ({ stateMachineArn: machine, definition: passDefinition, roleArn, publish: true }),
    wants: [
      on("states:UpdateStateMachine", machine),
      passRole,
      on("states:PublishStateMachineVersion", machine),
    ],
  },
  UpdateStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE`, description: "changed" }),
    wants: [on("states:UpdateStateMachineAlias", machine, live)],
  },
  ValidateStateMachineDefinition: {
    input: () => ({ definition: passDefinition }),
    wants: [on("states:ValidateStateMachineDefinition", "*")],
  },
};

/** All that a store tells of machines, activities and the one execution. */
async function contents(of: Store): Promise<unknown> {
  const machines = (await of.stateMachines("", { limit: 100 })).items;
  const arns = machines.map(({ stateMachineArn }) => stateMachineArn);
  const all = { limit: 100 };
  const ofEach = arns.map(async (stateMachineArn) => [
    await of.versions(stateMachineArn, all),
    await of.aliases(stateMachineArn),
    await of.executions({ stateMachineArn }, all),
  ]);
  const journal = await of.journal(execution, {});
  return [machines, await of.activities("", all), await Promise.all(ofEach), journal];
}

describe.each(Object.entries(cases))("%s", (operation, { input, wants }) => {
  const denialOf = ({ action, resource }: Access) => ({
    code: "AccessDeniedException",
    statusCode: 400,
    message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  });

  test.each(wants.map((_, index) => index))(
    "is refused without the access %i, before anything is done, and asks for what it wants once, in order",
    async (denied) => {
      const before = await contents(store);
      authorizer.decide = () => ({ allowed: authorizer.calls.length <= denied });
      const refused = service.call(operation, input(), { caller });
      await expect(refused).rejects.toMatchObject(denialOf(wants[denied] as Access));
      expect(authorizer.calls.map(({ caller: of, ...access }) => [of, access])).toEqual(
        wants.slice(0, denied + 1).map((access) => [caller, access]),
      );
      expect(await contents(store)).toEqual(before);
    },
  );
});

test("an operation that is allowed asks for each of its accesses once, and is performed", async () => {
  const created = await service.call("CreateActivity", { name: "allowed", tags }, { caller });
  expect(created).toMatchObject({ activityArn: `${states}:activity:allowed` });
  expect(authorizer.calls.map(({ action }) => action)).toEqual([
    "states:CreateActivity",
    "states:TagResource",
  ]);
});

test("input that the service refuses is refused before anybody is asked", async () => {
  await expect(service.call("DescribeExecution", {}, { caller })).rejects.toMatchObject({
    code: "ValidationException",
  });
  expect(authorizer.calls).toEqual([]);
});

test("a Map Run's children are listed on the Map Run", async () => {
  authorizer.decide = () => ({ allowed: false });
  await expect(service.call("ListExecutions", { mapRunArn: mapRun })).rejects.toThrow(mapRun);
});

test("an answer with a token that nobody made is asked for on everything", async () => {
  const answer = { taskToken: "made up", output: "{}" };
  await expect(service.call("SendTaskSuccess", answer, { caller })).rejects.toMatchObject({
    code: "InvalidToken",
  });
  expect(authorizer.calls).toMatchObject([{ action: "states:SendTaskSuccess", resource: "*" }]);
});

test("a test case is started on the machine that it is one of", async () => {
  authorizer.decide = () => ({ allowed: false });
  const start = { stateMachineArn: `${machine}#Case` };
  await expect(service.call("StartExecution", start)).rejects.toMatchObject({
    code: "AccessDeniedException",
  });
  expect(authorizer.calls).toMatchObject([{ resource: machine }]);
});

test("a call of the process itself is one of the account's owner", async () => {
  await service.call("ListActivities", {});
  expect(authorizer.calls[0]?.caller).toEqual({ ...caller, principal: { type: "owner" } });
});

test("an authorizer that throws has not allowed it", async () => {
  const before = await contents(store);
  authorizer.decide = () => {
    throw new Error("no answer");
  };
  const refused = service.call("CreateActivity", { name: "never" }, { caller });
  await expect(refused).rejects.toThrow("no answer");
  expect(await contents(store)).toEqual(before);
});

describe("over HTTP", () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261127/${region}/states/aws4_request, SignedHeaders=host, Signature=00`;

  test("the caller is the key that the request is signed with, and hears AWS's words", async () => {
    authorizer.decide = () => ({ allowed: false, because: "with an explicit deny" });
    const { status, body } = await post(
      server.port,
      "DescribeStateMachine",
      { stateMachineArn: machine },
      { headers: { Authorization: authorization } },
    );
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: "AccessDeniedException",
      message: `User: ${user} is not authorized to perform: states:DescribeStateMachine on resource: ${machine} with an explicit deny`,
    });
    expect(authorizer.calls[0]?.caller).toMatchObject({ ...caller });
  });

  test("the AWS SDK sees its own exception", async () => {
    authorizer.decide = () => ({ allowed: false });
    const refused = server.client.send(
      new DescribeStateMachineCommand({ stateMachineArn: machine }),
    );
    await expect(refused).rejects.toMatchObject({
      name: "AccessDeniedException",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("an unsigned request is anonymous", async () => {
    authorizer.decide = () => ({ allowed: false });
    const { body } = await post(server.port, "ListActivities", {});
    expect(body).toMatchObject({ message: expect.stringMatching(/^User: anonymous is not/) });
  });

  const path = "/stepwell/express-executions";
  test.each([
    [path, "states:ListExecutions", "*"],
    [`${path}?stateMachineArn=${encodeURIComponent(express)}`, "states:ListExecutions", express],
    [
      `${path}/${encodeURIComponent(`${states}:express:quick:a:b`)}`,
      "states:DescribeExecution",
      `${states}:express:quick:a:b`,
    ],
  ])("%s shows nothing to whom the API would not", async (url, action, resource) => {
    authorizer.decide = () => ({ allowed: false });
    const { status, body } = await post(server.port, "", "", { method: "GET", path: url });
    expect(status).toBe(400);
    expect(body).toMatchObject({ __type: "AccessDeniedException" });
    expect(authorizer.calls).toMatchObject([{ action, resource }]);
  });
});
