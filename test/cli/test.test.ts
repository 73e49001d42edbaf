import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { call, closed, root, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

function folderWith(files: { readonly [name: string]: string | object }): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Waits a day, asks, and tells who asks why it failed. */
const orders = {
  StartAt: "Wait",
  States: {
    Wait: { Type: "Wait", Seconds: 86_400, Next: "Ask" },
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: "q", MessageBody: { "token.$": "$$.Task.Token" } },
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3600, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["Refused"], Next: "No" }],
      Next: "Yes",
    },
    Yes: { Type: "Pass", End: true },
    No: { Type: "Fail", Error: "No", Cause: "It was refused" },
  },
};

const mocks = {
  StateMachines: {
    orders: {
      TestCases: {
        Accepted: { Ask: "Accept" },
        Refused: { Ask: "Refuse" },
        BusyFirst: { Ask: "AcceptThird" },
      },
    },
  },
  MockedResponses: {
    Accept: { "0": { Return: { by: "ada" } } },
    Refuse: { "0": { Throw: { Error: "Refused", Cause: "too dear" } } },
    AcceptThird: {
      "0-1": { Throw: { Error: "Busy", Cause: "later" } },
      "2": { Return: { by: "grace" } },
    },
  },
};

const expectations = {
  Accepted: { output: { by: "ada" }, path: ["Wait", "Ask", "Yes"] },
  Refused: { status: "FAILED", error: "No", cause: "refused" },
  BusyFirst: { output: { by: "grace" } },
};

describe("stepwell test", () => {
  test("finds mock files, runs their cases with skipped waits, and passes", async () => {
    const cwd = folderWith({
      "machines/orders.asl.json": orders,
      "machines/orders.mock.json": { ...mocks, Expectations: { orders: expectations } },
      "node_modules/other.mock.json": "not read",
    });
    const { status, stdout, stderr } = await stepwell(["test"], { cwd });
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^orders \(machines\/orders.mock.json\)\n {2}✔ Accepted {2}.*\n {2}✔ Refused {2}.*\n {2}✔ BusyFirst {2}.*\n\n3 passed in .*\n$/,
    );
    expect(status).toBe(0);
  });

  test("shows what differs, writes JUnit XML, and gives status 1", async () => {
    const cwd = folderWith({
      "orders.asl.json": orders,
      "MockConfigFile.json": {
        ...mocks,
        Expectations: { orders: { Accepted: { output: { by: "grace" }, path: ["Ask", "..."] } } },
      },
    });
    const { status, stdout } = await stepwell(["test", "--junit", "report.xml"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain(
      [
        "      output.by",
        '        expected  "grace"',
        '        actual    "ada"',
        "      path",
        "        expected  Ask → ...",
        "        actual    Wait → Ask → Yes",
      ].join("\n"),
    );
    expect(stdout).toContain(
      [
        "      status",
        "        expected  SUCCEEDED",
        "        actual    FAILED",
        "      error     No",
        "      cause     It was refused",
        "      path      Wait → Ask → No",
      ].join("\n"),
    );
    expect(stdout).toMatch(/\n1 passed, 2 failed in /);
    expect(readFileSync(join(cwd, "report.xml"), "utf8")).toContain(
      '<testsuites name="stepwell" tests="3" failures="2" errors="0"',
    );
  });

  test("YAML, inputs, named definitions and real functions work, and --filter chooses cases", async () => {
    const cwd = folderWith({
      "machine.yaml": `
StartAt: Double
States:
  Double: { Type: Task, Resource: "Lambda:double", ResultPath: $.n, Next: Save }
  Save: { Type: Task, Resource: "\${SaveArn}", End: true }
`,
      "cases/double.mock.yaml": `
StateMachines:
  double:
    TestCases:
      FromFile: { Save: Saved }
      Inline: { Save: Saved }
MockedResponses:
  Saved: { 0: { Return: saved } }
Definitions: { double: ../machine.yaml }
Inputs:
  double: { FromFile: "@five.json", Inline: { n: 2 } }
Expectations:
  double:
    FromFile: { output: saved }
`,
      "cases/five.json": { n: 5 },
      "functions/double/index.mjs":
        "export const handler = async ({ n }) => { console.log(n); return n * 2; };",
    });
    const args = ["test", "cases", "--define", "SaveArn=Lambda:save"];
    const all = await stepwell(args, { cwd });
    expect(all).toMatchObject({ status: 0, stderr: "[double] 5\n[double] 2\n" });
    const one = await stepwell([...args, "--filter", "double#Inl"], { cwd });
    expect(one.stdout).toContain("\n1 passed in ");
    const none = await stepwell([...args, "--filter", "Nothing"], { cwd });
    expect(none.status).toBe(2);
    expect(none.stderr).toContain(
      "No test case has 'Nothing' in its name. There are: double#FromFile, double#Inline.",
    );
  });

  test("a mistake in a mock file is told with its line, and gives status 2", async () => {
    const cwd = folderWith({
      "a.mock.json": JSON.stringify(
        { ...mocks, MockedResponses: { Accept: { "1": { Return: 1 } } } },
        null,
        2,
      ),
      "b.mock.yaml":
        "StateMachines:\n  M: { TestCases: { A: {} } }\nExpectations: { M: { B: {} } }\n",
    });
    const { status, stderr, stdout } = await stepwell(["test"], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(
      `a.mock.json:9:11: $.StateMachines.orders.TestCases.Refused.Ask names the response 'Refuse', which is not in MockedResponses; there are Accept`,
    );
    expect(stderr).toMatch(
      /a.mock.json:\d+:7: \$.MockedResponses.Accept\["1"\] leaves a gap: attempt 0 is not answered before it/,
    );
    expect(stderr).toContain(
      "b.mock.yaml:3:22: $.Expectations.M.B is not a test case; there are A",
    );
    expect(stderr).toContain(
      "b.mock.yaml:2:3: $.StateMachines.M has no definition: name its file in Definitions, or put M.asl.json or M.asl.yaml or M.asl.yml beside the mock file",
    );
  });

  test("an input in a file that is not there or is not JSON is told with its place", async () => {
    const cwd = folderWith({
      "orders.asl.json": orders,
      "orders.mock.json": {
        ...mocks,
        StateMachines: { orders: { TestCases: { Bad: {}, None: {} } } },
        Inputs: { orders: { Bad: "@bad.json", None: "@none.json" } },
      },
      "bad.json": '{"n": 1,\n}',
    });
    const { status, stderr } = await stepwell(["test"], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /\$.Inputs.orders.Bad names the input \S+bad.json, which is not JSON: Unexpected character \('}' .*\(line 2, column 1\)/,
    );
    expect(stderr).toMatch(
      /\$.Inputs.orders.None names the input \S+none.json, which cannot be read: there is no such file\./,
    );
  });

  test("a case that cannot be run, or that nobody can answer, says why", async () => {
    const cwd = folderWith({
      "orders.asl.json": orders,
      "orders.mock.json": {
        ...mocks,
        StateMachines: {
          orders: { TestCases: { Typo: { Aks: "Accept" } } },
          approval: { TestCases: { Unmocked: {} } },
        },
      },
      "approval.asl.json": {
        StartAt: "Approve",
        States: {
          Approve: {
            Type: "Task",
            Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
            Parameters: { FunctionName: "ask", Payload: { "token.$": "$$.Task.Token" } },
            End: true,
          },
        },
      },
      "functions/ask/index.mjs": "export const handler = async () => {};",
    });
    const { status, stdout } = await stepwell(["test"], { cwd });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /✘ Typo .*\n {6}The test case mocks 'Aks', which is no Task state, and no Map with an ItemReader, of \S+orders.asl.json. Those are: Ask.\n/,
    );
    expect(stdout).toContain("      error     Stepwell.Unanswered\n");
    expect(stdout).toContain("nobody sends back in a test: mock its state.\n");
  });

  test("there must be something to run", async () => {
    const { status, stderr } = await stepwell(["test"]);
    expect(status).toBe(2);
    expect(stderr).toContain("There is no mock file here");
  });

  test("the cases of the order-processing example pass", async () => {
    const folder = join(root, "examples/order-processing");
    const { status, stdout } = await stepwell(["test", folder]);
    expect(stdout).toMatch(/\n6 passed in /);
    expect(status).toBe(0);
  });

  test("the children of a distributed Map are answered, their waits are skipped, and its items may be mocked", async () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const cwd = folderWith({
      "each.asl.json": {
        StartAt: "Each",
        TimeoutSeconds: 600,
        States: {
          Each: {
            Type: "Map",
            ItemReader: {
              Resource: "arn:aws:states:::s3:getObject",
              ReaderConfig: { InputType: "JSON" },
              Parameters: { Bucket: "items", Key: "all.json" },
            },
            ItemProcessor: {
              ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" },
              StartAt: "Wait",
              States: {
                Wait: { Type: "Wait", Seconds: 60, Next: "Call" },
                Call: { Type: "Task", Resource: "Lambda:nothing", End: true },
              },
            },
            MaxConcurrency: 20,
            ResultSelector: { "count.$": "States.ArrayLength($)" },
            End: true,
          },
        },
      },
      "each.mock.json": {
        StateMachines: {
          each: { TestCases: { All: { Call: "Done" }, Three: { Each: "Items", Call: "Done" } } },
        },
        MockedResponses: {
          Done: { "0": { Return: "done" } },
          Items: { "0": { Return: [1, 2, 3] } },
        },
        Expectations: { each: { All: { output: { count: 50 } }, Three: { output: { count: 3 } } } },
      },
      "stepwell.config.json": { buckets: { items: "bucket" } },
      "bucket/all.json": items,
    });
    const { status, stdout } = await stepwell(["test"], { cwd });
    expect(stdout).toContain("2 passed");
    expect(status).toBe(0);
  });
});

describe("stepwell start", () => {
  const definition = JSON.stringify(orders);
  const roleArn = "arn:aws:iam::000000000000:role/test";
  const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:orders";

  test("--mock-config and --wait-time-scale serve test cases with short waits, also after a restart", async () => {
    const cwd = folderWith({ "mocks.json": mocks });
    const args = ["--mock-config", "mocks.json", "--wait-time-scale", "0.00005"];
    const server = await startServer(args, { cwd });
    expect(server.stdout()).toContain(`  mocks      ${join(cwd, "mocks.json")}\n`);
    await call(server.url, "CreateStateMachine", { name: "orders", definition, roleArn });
    const { executionArn } = await call(server.url, "StartExecution", {
      stateMachineArn: `${stateMachineArn}#BusyFirst`,
    });
    // It waits for over four seconds; the next server goes on with the same case.
    await server.end("SIGKILL");
    const again = await startServer(args, { cwd });
    expect(await closed(again.url, String(executionArn))).toMatchObject({
      status: "SUCCEEDED",
      output: '{"by":"grace"}',
    });
  });

  test("the variables of Step Functions Local do the same", async () => {
    const cwd = folderWith({ "mocks.json": mocks });
    const env = { SFN_MOCK_CONFIG: "mocks.json", WAIT_TIME_SCALE: "0" };
    const server = await startServer([], { cwd, env });
    await call(server.url, "CreateStateMachine", { name: "orders", definition, roleArn });
    const { executionArn } = await call(server.url, "StartExecution", {
      stateMachineArn: `${stateMachineArn}#Refused`,
    });
    expect(await closed(server.url, String(executionArn))).toMatchObject({ error: "No" });
  });

  test("a mock configuration that is wrong or missing ends the start with the reason", async () => {
    const cwd = folderWith({ "mocks.json": { StateMachines: [] } });
    const wrong = await stepwell(["start", "--mock-config", "mocks.json"], { cwd });
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain("mocks.json:1:2: $.StateMachines must be an object\n");
    const missing = await stepwell(["start", "--mock-config", "none.json"], { cwd });
    expect(missing.stderr).toContain("none.json cannot be read: there is no such file.");
    const scale = await stepwell(["start", "--wait-time-scale", "-1"], { cwd });
    expect(scale.status).toBe(2);
    expect(scale.stderr).toContain("--wait-time-scale");
  });
});
