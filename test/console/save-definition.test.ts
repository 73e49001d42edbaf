import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, builtConsole } from "./ask.ts";

const arn = `arn:aws:states:${region}:${accountId}:stateMachine:Orders`;
const definition = (comment: string) =>
  JSON.stringify({ Comment: comment, StartAt: "A", States: { A: { Type: "Succeed" } } });

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ consoleFolder: builtConsole() });
  await server.service.call("CreateStateMachine", {
    name: "Orders",
    definition: definition("first"),
    roleArn,
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function save(body: unknown) {
  const path = `workflows/${encodeURIComponent(arn)}/definition`;
  const answer = await api(server.port, path, { method: "POST", body });
  return { status: answer.status, body: answer.body as Readonly<Record<string, string>> };
}

async function saved() {
  const machine = await server.service.call("DescribeStateMachine", { stateMachineArn: arn });
  return machine["definition"] as unknown as string;
}

describe("a definition that is saved from the console", () => {
  test("replaces the revision that it was made of, and no other", async () => {
    const first = await save({ definition: definition("mine"), expectedRevisionId: "INITIAL" });
    expect(first).toMatchObject({ status: 200, body: { revisionId: expect.any(String) } });
    expect(await saved()).toBe(definition("mine"));

    const late = await save({ definition: definition("late"), expectedRevisionId: "INITIAL" });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ __type: "ConflictException" });
    expect(late.body["message"]).toContain(first.body["revisionId"]);
    expect(await saved()).toBe(definition("mine"));

    const { revisionId } = first.body;
    const next = { definition: definition("next"), expectedRevisionId: revisionId };
    // Of two that would replace the same one, one does.
    const both = await Promise.all([save(next), save({ ...next, definition: definition("x") })]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  test("takes a role and a configuration along", async () => {
    const other = roleArn.replace(/[^/]*$/, "other");
    const tracingConfiguration = { enabled: true };
    const asked = { definition: definition("other role"), roleArn: other, tracingConfiguration };
    expect((await save(asked)).status).toBe(200);
    const machine = await server.service.call("DescribeStateMachine", { stateMachineArn: arn });
    expect(machine).toMatchObject({ roleArn: other, tracingConfiguration });
  });

  test("can be published with the same call", async () => {
    const { body } = await save({
      definition: definition("published"),
      publish: true,
      versionDescription: "well",
    });
    expect(body["stateMachineVersionArn"]).toBe(`${arn}:1`);
  });

  test.each([
    [{}, "'definition'"],
    [{ definition: "{}", expectedRevisionId: 1 }, "'expectedRevisionId'"],
    [{ definition: "{}", publish: "yes" }, "true or false"],
    [{ definition: "{}", tags: [] }, "'tags'"],
    [{ definition: "{}", tracingConfiguration: true }, "'tracingConfiguration'"],
    [{ definition: "{}" }, "Invalid State Machine Definition"],
  ])("is refused where the request is %j, and says why", async (body, words) => {
    const answer = await save(body);
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain(words);
  });
});
