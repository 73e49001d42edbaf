import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DefinitionGraph } from "../../src/console/import/definition-graph.ts";
import { readHistory } from "../../src/console/import/history-file.ts";
import { importHistory } from "../../src/console/import/import-history.ts";
import type {
  CaseOfExecution,
  CaseRunView,
  MockFileCases,
  MockFileView,
  SimulationView,
  TestCase,
  TestCaseSet,
} from "../../src/console/view-types.ts";
import { Payload } from "../../src/expression/payload.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, type Asked, builtConsole } from "./ask.ts";

const call = `arn:aws:lambda:${region}:${accountId}:function:f`;
const machineArn = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;

/** Charges, again where the card is busy, packs each item, and says no otherwise. */
const definition = {
  StartAt: "Charge",
  States: {
    Charge: {
      Type: "Task",
      Resource: call,
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3600, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["Declined"], Next: "No" }],
      Next: "Pack all",
    },
    "Pack all": {
      Type: "Map",
      ItemsPath: "$.items",
      ItemProcessor: {
        StartAt: "Pack",
        States: { Pack: { Type: "Task", Resource: call, End: true } },
      },
      End: true,
    },
    No: { Type: "Fail", Error: "No", Cause: "declined" },
  },
};
const text = JSON.stringify(definition);

/** What the functions of the server do, attempt by attempt. */
let real: (() => { readonly error?: string; readonly output?: unknown })[] = [];
const handlers = {
  find: () => ({
    handles: () => true,
    async run() {
      const { error, output = null } = real.shift()?.() ?? {};
      if (error !== undefined) return { type: "failed", error, cause: "why" } as const;
      return { type: "succeeded", output: Payload.ofText(JSON.stringify(output)) } as const;
    },
  }),
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ handlers, consoleFolder: builtConsole() });
  for (const name of ["Orders", "Other", "Gone", "Real"]) {
    await server.service.call("CreateStateMachine", {
      name,
      definition: name === "Real" ? text.replace("3600", "1") : text,
      roleArn,
    });
  }
  await server.views?.index.loaded();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

interface Told {
  readonly status: number;
  readonly body: { readonly __type?: string; readonly message?: string };
}
const askAt = async (port: number, path: string, asked: Asked = {}): Promise<Told> => {
  const { status, body } = await api(port, `designer/${path}`, asked);
  return { status, body: body as Told["body"] };
};
const ask = (path: string, asked: Asked = {}): Promise<Told> => askAt(server.port, path, asked);
async function told<T>(path: string, asked: Asked = {}): Promise<T> {
  const { status, body } = await ask(path, asked);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body as unknown as T;
}
const posted = <T>(path: string, body: unknown) => told<T>(path, { method: "POST", body });
const cases = (arn: string, name?: string) =>
  `test-cases/${encodeURIComponent(arn)}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;

const paid = { "0-1": { Throw: { Error: "Busy" } }, "2": { Return: { items: [1, 2] } } };

describe("a simulation", () => {
  test("answers the history, what was entered and gone, and what was assumed", async () => {
    const view = await posted<SimulationView>("simulate", {
      definition: text,
      mocks: { Charge: paid },
    });
    expect(view).toMatchObject({
      status: "SUCCEEDED",
      output: "[{},{}]",
      skippedMs: 3 * 3_600_000,
      assumed: [{ stateMachineName: "simulation", stateName: "Pack", answer: {} }],
      states: [
        { key: "/Charge", entries: 1 },
        { key: "/Pack all", entries: 1 },
        { key: "/Pack all/Pack", entries: 2 },
      ],
      edges: [{ from: "/Charge", to: "/Pack all", kind: "next", count: 1 }],
      children: { total: 0, failed: [] },
    });
    expect(view.eventCount).toBe(view.events.length);
    const file = readHistory(JSON.stringify(view.events));
    const shown = importHistory(file, "s", definition as unknown as DefinitionGraph);
    expect(shown.unplaced).toBe(0);
    expect(shown.view.nodes.map(({ key, entries }) => ({ key, entries }))).toEqual(view.states);
  });

  test("shows what the children of a distributed Map did below it, and which failed", async () => {
    const each = {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemProcessor: {
            ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
            StartAt: "One",
            States: {
              One: {
                Type: "Choice",
                Choices: [{ Variable: "$", IsNumeric: true, Next: "Good" }],
                Default: "Bad",
              },
              Good: { Type: "Succeed" },
              Bad: { Type: "Fail", Error: "Bad" },
            },
          },
          ToleratedFailurePercentage: 100,
          End: true,
        },
      },
    };
    const view = await posted<SimulationView>("simulate", {
      definition: JSON.stringify(each),
      input: '[1, 2, "x"]',
    });
    expect(view.status).toBe("SUCCEEDED");
    expect(view.children).toMatchObject({
      total: 3,
      failed: [
        {
          index: 2,
          status: "FAILED",
          error: "Bad",
          stateMachineName: expect.stringContaining("simulation"),
        },
      ],
    });
    expect(Object.fromEntries(view.states.map(({ key, entries }) => [key, entries]))).toEqual({
      "/Each": 1,
      "/Each/One": 3,
      "/Each/Good": 2,
      "/Each/Bad": 1,
    });
    expect(view.edges).toContainEqual({
      from: "/Each/One",
      to: "/Each/Good",
      kind: "next",
      count: 2,
    });
  });

  test("of a loop tells the first events, and how many there were", async () => {
    const loop = {
      StartAt: "A",
      States: {
        A: { Type: "Pass", Next: "B" },
        B: { Type: "Choice", Choices: [{ Variable: "$", IsNull: true, Next: "C" }], Default: "A" },
        C: { Type: "Succeed" },
      },
    };
    const view = await posted<SimulationView>("simulate", { definition: JSON.stringify(loop) });
    expect(view.events).toHaveLength(5_000);
    expect(view).toMatchObject({ status: "FAILED", eventCount: 25_000, error: "States.Runtime" });
  });

  test.each([
    ["no definition", {}, /A simulation has a 'definition'/],
    ["a member that there is not", { definition: text, mock: {} }, /A simulation has no 'mock'/],
    [
      "an input that is not JSON",
      { definition: text, input: "{" },
      /Invalid State Machine Execution Input/,
    ],
    ["a definition that is wrong", { definition: "{}" }, /Invalid State Machine Definition/],
    [
      "a mock without a gap",
      { definition: text, mocks: { Charge: { "1": { Return: 1 } } } },
      /"simulation" "Charge" "1" leaves a gap/,
    ],
    [
      "another seed than a number",
      { definition: text, seed: "x" },
      /The 'seed' of a simulation is a whole number/,
    ],
    [
      "itself as a child",
      { definition: text, name: "A", childDefinitions: { A: { definition: text } } },
      /'A' is the state machine itself/,
    ],
  ])("is refused with a reason for %s", async (_, body, message) => {
    const answer = await ask("simulate", { method: "POST", body });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(message);
  });
});

const accepted: TestCase = {
  name: "Paid at the third attempt",
  input: { order: 7 },
  mocks: { Charge: paid, Pack: { "0-1": { Return: "box" } } },
  expectation: { output: ["box", "box"], path: ["Charge", "Pack all"] },
};
const declined: TestCase = {
  name: "Declined",
  input: {},
  mocks: { Charge: { "0": { Throw: { Error: "Declined", Cause: "no" } } } },
  expectation: { status: "FAILED", error: "No", cause: "declined" },
};

describe("test cases", () => {
  const arn = machineArn("Orders");

  test("are put, changed one by one, and deleted; each change has another version", async () => {
    expect(await told(cases(arn))).toEqual({ stateMachineArn: arn, version: 0, cases: [] });
    const put = await told<TestCaseSet>(cases(arn), {
      method: "PUT",
      body: { cases: [accepted], version: 0 },
    });
    expect(put).toEqual({ stateMachineArn: arn, version: 1, cases: [accepted] });
    await told(cases(arn, "Declined"), { method: "PUT", body: declined });
    const changed = { ...accepted, input: { order: 8 } };
    await told(cases(arn, accepted.name), { method: "PUT", body: changed });
    expect(await told(cases(arn))).toMatchObject({ version: 3, cases: [changed, declined] });
    expect(await told(cases(arn, "Declined"))).toEqual(declined);
    await told(cases(arn, accepted.name), { method: "DELETE" });
    expect(await told(cases(arn))).toMatchObject({ cases: [declined] });
    expect(await told(cases(arn), { method: "DELETE" })).toMatchObject({ version: 5, cases: [] });
  });

  test("that somebody else has changed meanwhile are not replaced", async () => {
    const { version } = await told<TestCaseSet>(cases(arn), {
      method: "PUT",
      body: { cases: [accepted] },
    });
    await told(cases(arn, "Declined"), { method: "PUT", body: declined });
    const late = await ask(cases(arn), { method: "PUT", body: { cases: [], version } });
    expect(late.body.__type).toBe("ConflictException");
    expect((await told<TestCaseSet>(cases(arn))).cases).toHaveLength(2);
  });

  test("that are added at the same time are all there", async () => {
    const other = machineArn("Other");
    const names = ["a", "b", "c", "d"];
    await Promise.all(
      names.map((name) => told(cases(other, name), { method: "PUT", body: { ...declined, name } })),
    );
    const { cases: all } = await told<TestCaseSet>(cases(other));
    expect(all.map(({ name }) => name).toSorted()).toEqual(names);
  });

  test.each([
    [
      "a response that no mock file could have",
      { ...declined, mocks: { Charge: { x: { Return: 1 } } } },
      /number of an attempt/,
    ],
    [
      "an expectation that is none",
      { ...declined, expectation: { outcome: 1 } },
      /outcome is not known here/,
    ],
    ["an input that is a file", { ...declined, input: "@file.json" }, /names a file/],
    ["a name that an ARN cannot have", { ...declined, name: "a#b" }, /no '#'/],
    ["no name", { ...declined, name: undefined }, /A test case has a 'name'/],
  ])("are refused with a reason for %s", async (_, body, message) => {
    const answer = await ask(cases(arn), { method: "PUT", body: { cases: [body] } });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toMatch(message);
  });

  test("of a machine that is not there, or two of one name, are refused", async () => {
    expect((await ask(cases(machineArn("None")))).body.__type).toBe("StateMachineDoesNotExist");
    const twice = await ask(cases(arn), { method: "PUT", body: { cases: [declined, declined] } });
    expect(twice.body.message).toBe("Two test cases are called 'Declined'");
  });

  test("go with their machine", async () => {
    const gone = machineArn("Gone");
    await told(cases(gone), { method: "PUT", body: { cases: [accepted] } });
    await server.service.call("DeleteStateMachine", { stateMachineArn: gone });
    await expect.poll(() => server.store.note(gone, "testCases")).toBeUndefined();
  });

  test("are run all, with what differs and what they cover", async () => {
    await told(cases(arn), { method: "PUT", body: { cases: [accepted, declined] } });
    const path = `run-cases/${encodeURIComponent(arn)}`;
    const view = await posted<CaseRunView>(path, {});
    expect(view.results.map(({ name, result }) => [name, result])).toEqual([
      [accepted.name, "passed"],
      ["Declined", "passed"],
    ]);
    expect(view.coverage.uncovered).toEqual([]);
    expect(view.coverage.edges).toContainEqual({
      from: "/Charge",
      to: "/No",
      kind: "catch",
      cases: ["Declined"],
    });

    // Another definition, that is not saved, and other cases.
    const wrong = { ...accepted, name: "Wrong", expectation: { output: ["bag", "box"] } };
    const stale = { ...declined, name: "Stale", mocks: { Renamed: { "0": { Return: 1 } } } };
    const other = await posted<CaseRunView>(path, {
      definition: text.replace("declined", "refused"),
      cases: [wrong, declined, stale],
    });
    expect(other.results).toMatchObject([
      {
        result: "failed",
        differences: [{ what: "output[0]", expected: '"bag"', actual: '"box"' }],
      },
      { result: "failed", differences: [{ what: "cause", actual: "refused" }] },
      { result: "broken", message: expect.stringContaining('"Renamed" is no Task state') },
    ]);
    const alone = await posted<CaseRunView>(path, { cases: [declined] });
    expect(alone.coverage.uncovered).toEqual(["/Pack all", "/Pack all/Pack"]);
  });

  test("of a workflow that is not saved yet are run, and made a mock file of", async () => {
    const draft = { definition: text, cases: [accepted, declined] };
    const view = await posted<CaseRunView>("run-cases", draft);
    expect(view.results.map(({ result }) => result)).toEqual(["passed", "passed"]);
    expect(view.coverage.uncovered).toEqual([]);
    const express = await posted<CaseRunView>("run-cases", { ...draft, type: "EXPRESS" });
    // An hour's wait before a retry is more than an Express execution has.
    expect(express.results.map(({ status: ended }) => ended)).toEqual(["TIMED_OUT", "FAILED"]);
    const wrong = await ask("run-cases", { method: "POST", body: { cases: [] } });
    expect(wrong.body.message).toMatch(/'definition'/);

    const file = await posted<MockFileView>("mock-file", { cases: draft.cases, type: "STANDARD" });
    expect(file.definitionFile).toBe("workflow.asl.json");
    const back = await posted<MockFileCases>("read-mock-file", { text: file.text });
    expect(back.cases).toEqual(draft.cases);
  });

  test("go into a mock file and come back as they were", async () => {
    const file = await posted<MockFileView>(`mock-file/${encodeURIComponent(arn)}`, {
      cases: [accepted, declined],
    });
    expect(file.definitionFile).toBe("Orders.asl.json");
    const back = await posted<MockFileCases>("read-mock-file", { text: file.text });
    expect(back).toEqual({ cases: [accepted, declined], stateMachineNames: ["Orders"] });
    const wrong = await ask("read-mock-file", {
      method: "POST",
      body: { text: '{"StateMachines":{"M":{"TestCases":{"C":{"S":"R"}}}}}' },
    });
    expect(wrong.body.message).toMatch(
      /\$\.StateMachines\.M\.TestCases\.C\.S names the response 'R'/,
    );
  });
});

describe("a case of an execution", () => {
  async function ended(name: string): Promise<string> {
    const { executionArn } = (await server.service.call("StartExecution", {
      stateMachineArn: machineArn("Real"),
      name,
      input: '{"order":1}',
    })) as { executionArn: string };
    await expect
      .poll(
        async () => (await server.service.call("DescribeExecution", { executionArn }))["status"],
      )
      .not.toBe("RUNNING");
    return executionArn;
  }

  test("repeats its attempts, its end and its path", async () => {
    real = [
      () => ({ error: "Busy" }),
      () => ({ output: { items: ["a", "b"] } }),
      () => ({ output: "first" }),
      () => ({ output: "second" }),
    ];
    const arn = await ended("well");
    const { testCase, incomplete, isCut } = await told<CaseOfExecution>(
      `case-of/${encodeURIComponent(arn)}`,
    );
    expect(testCase).toEqual({
      name: "well",
      input: { order: 1 },
      mocks: {
        Charge: {
          "0": { Throw: { Error: "Busy", Cause: "why" } },
          "1": { Return: { items: ["a", "b"] } },
        },
        Pack: { "0": { Return: "first" }, "1": { Return: "second" } },
      },
      expectation: { output: ["first", "second"], path: ["Charge", "Pack all"] },
    });
    expect([incomplete, isCut]).toEqual([[], false]);
    const path = `run-cases/${encodeURIComponent(machineArn("Real"))}`;
    const { results } = await posted<CaseRunView>(path, { cases: [testCase] });
    expect(results).toMatchObject([{ result: "passed", assumed: [] }]);
  });

  test("of one that failed fails alike", async () => {
    real = [() => ({ error: "Declined" })];
    const arn = await ended("badly");
    const { testCase } = await told<CaseOfExecution>(`case-of/${encodeURIComponent(arn)}`);
    expect(testCase).toMatchObject({
      mocks: { Charge: { "0": { Throw: { Error: "Declined" } } } },
      expectation: { status: "FAILED", error: "No", cause: "declined", path: ["Charge", "No"] },
    });
    const path = `run-cases/${encodeURIComponent(machineArn("Real"))}`;
    expect((await posted<CaseRunView>(path, { cases: [testCase] })).results).toMatchObject([
      { result: "passed" },
    ]);
  });
});

describe("who may not", () => {
  test("simulates nothing, calls nothing, and reads and changes no cases", async () => {
    const asked: string[] = [];
    const refusing = await startServer({
      consoleFolder: builtConsole(),
      authorizer: {
        mayCall({ action }) {
          asked.push(action);
          return { allowed: action === "states:TestState" };
        },
        mayAct: () => ({ allowed: false }),
      },
    });
    const status = async (path: string, asks: Asked = {}) =>
      (await askAt(refusing.port, path, asks)).body.__type ?? "done";
    const simulation = { definition: text };
    expect(await status("simulate", { method: "POST", body: simulation })).toBe("done");
    const calling = { ...simulation, unmocked: "call" };
    expect(await status("simulate", { method: "POST", body: calling })).toBe(
      "AccessDeniedException",
    );
    const arn = machineArn("Orders");
    for (const [path, method] of [
      [cases(arn), "GET"],
      [cases(arn), "PUT"],
      [cases(arn, "x"), "DELETE"],
      [`run-cases/${encodeURIComponent(arn)}`, "POST"],
      [`case-of/${encodeURIComponent(arn.replace("stateMachine", "execution"))}`, "GET"],
    ] as const) {
      expect(await status(path, { method, body: {} }), path).toBe("AccessDeniedException");
    }
    const draft = { definition: text, cases: [], unmocked: "call" };
    expect(await status("run-cases", { method: "POST", body: draft })).toBe(
      "AccessDeniedException",
    );
    expect(new Set(asked)).toContain("states:UpdateStateMachine");
    await refusing.close();
  });
});
