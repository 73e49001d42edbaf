import { DescribeStateMachineCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Access } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { post } from "./post.ts";
import { recordingAuthorizer } from "./recording-authorizer.ts";
import {
  execution,
  express,
  machine,
  makeResources,
  mapRun,
  operationCases,
  queue,
  states,
  tags,
  type Tokens,
} from "./operation-cases.ts";
import { accountId, region, startServer } from "./start-server.ts";

const authorizer = recordingAuthorizer();
const store = createMemoryStore();
const server = await startServer({ authorizer, store, handlers: { find: () => queue } });
const { service } = server;

const caller: Caller = {
  partition: "aws",
  region,
  accountId,
  principal: { type: "accessKey", accessKeyId: "AKIDEXAMPLE" },
};
const user = `arn:aws:iam::${accountId}:user/AKIDEXAMPLE`;

let tokens: Tokens;

beforeAll(async () => {
  tokens = await makeResources(service);
});

beforeEach(() => {
  authorizer.calls.length = 0;
  authorizer.decide = () => ({ allowed: true });
});

afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

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

describe.each(Object.entries(operationCases))("%s", (operation, { input, wants }) => {
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
      const refused = service.call(operation, input(tokens), { caller });
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
    expect(authorizer.calls[0]?.caller).toMatchObject(caller);
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
