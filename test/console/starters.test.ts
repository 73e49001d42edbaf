import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { starters } from "../../console/src/pages/designer/gallery/starters/starters.ts";
import type { CaseRunView, SimulationView } from "../../src/console/view-types.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, builtConsole } from "./ask.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ consoleFolder: builtConsole() });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function posted<T>(path: string, body: unknown): Promise<T> {
  const answer = await api(server.port, path, { method: "POST", body });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as T;
}

describe.each(starters.map((each) => [each.id, each] as const))("the starter %s", (id, starter) => {
  const { definition, cases, type } = starter;

  test("is a valid definition without a warning, laid out", async () => {
    const checked = await posted("call/ValidateStateMachineDefinition", { definition, type });
    expect(checked).toMatchObject({ result: "OK", diagnostics: [] });
    expect(definition.split("\n").length).toBeGreaterThan(20);
    expect(JSON.parse(definition)).toMatchObject({ QueryLanguage: "JSONata" });
  });

  test("runs at once with its first case, and every attempt has a mock", async () => {
    const [first] = cases;
    const view = await posted<SimulationView>("designer/simulate", {
      definition,
      input: starter.input,
      mocks: first?.mocks,
    });
    expect(view).toMatchObject({ status: "SUCCEEDED", assumed: [], children: { failed: [] } });
  });

  test("comes in each of its cases to what the case expects, and they enter all states", async () => {
    await server.service.call("CreateStateMachine", { name: id, definition, roleArn });
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${id}`;
    const path = `designer/run-cases/${encodeURIComponent(arn)}`;
    const { results, coverage } = await posted<CaseRunView>(path, { definition, cases });
    expect(
      results.map(({ name, result, differences, message }) => ({
        name,
        result,
        differences,
        message,
      })),
    ).toEqual(
      cases.map(({ name }) => ({ name, result: "passed", differences: [], message: undefined })),
    );
    expect(coverage.uncovered).toEqual([]);
  });
});
