import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { stepwell, temporaryFolder } from "./stepwell.ts";

function folderWith(files: { readonly [name: string]: string | object }): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(
      join(folder, name),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return folder;
}

const double = "export const handler = async ({ n }) => ({ n: n * 2 });";

test("stdout has the output and nothing else; states are shown on stderr with durations", async () => {
  const cwd = folderWith({
    "double.asl.yaml": `
StartAt: Prepare
States:
  Prepare: { Type: Pass, Next: Double }
  Double: { Type: Task, Resource: "Lambda:double", End: true }
`,
    "functions/double/index.mjs": double,
    "input.json": '{"n": 21}',
  });
  const result = await stepwell(["run", "double.asl.yaml", "--input", "@input.json"], { cwd });
  expect(result).toMatchObject({ status: 0, stdout: '{"n":42}\n' });
  expect(result.stderr).toMatch(
    /^✔ Prepare  \d+ ms\n→ Double \(Task\)\n✔ Double  \S+ m?s\nSUCCEEDED in \S+ m?s, \d+ events\n$/,
  );
});

test("functions are found beside the definition, in --functions, and in the configuration", async () => {
  const task = (name: string) => ({
    StartAt: "T",
    States: { T: { Type: "Task", Resource: `Lambda:${name}`, End: true } },
  });
  const cwd = folderWith({
    "machines/beside.json": task("double"),
    "machines/functions/double/index.mjs": double,
    "lambdas/double/index.mjs": "export const handler = async () => 'from --functions';",
    "configured.json": task("triple"),
    "stepwell.config.json": {
      functions: { triple: { path: "code/three.mjs", handler: "three.run" } },
    },
    "code/three.mjs": "export const run = async ({ n }) => n * 3;",
  });
  const [beside, flag, configured] = await Promise.all([
    stepwell(["run", "machines/beside.json", "--input", '{"n":1}'], { cwd }),
    stepwell(["run", "machines/beside.json", "--functions", "lambdas"], { cwd }),
    stepwell(["run", "configured.json", "--input", '{"n":5}'], { cwd }),
  ]);
  expect(beside.stdout).toBe('{"n":2}\n');
  expect(flag.stdout).toBe('"from --functions"\n');
  expect(configured.stdout).toBe("15\n");
});

test("the functions that starters call are there, but for one that the configuration has itself", async () => {
  const notify = "stepwell-sample-notify";
  const input = JSON.stringify({ to: "ana", subject: "Hello", message: "There" });
  const machine = {
    StartAt: "T",
    States: { T: { Type: "Task", Resource: `Lambda:${notify}`, End: true } },
  };
  const [shipped, own] = await Promise.all([
    stepwell(["run", "m.json", "--input", input], { cwd: folderWith({ "m.json": machine }) }),
    stepwell(["run", "m.json", "--input", input], {
      cwd: folderWith({
        "m.json": machine,
        "stepwell.config.json": { functions: { [notify]: { path: "own.mjs" } } },
        "own.mjs": "export const handler = async () => 'own';",
      }),
    }),
  ]);
  expect(JSON.parse(shipped.stdout)).toMatchObject({ to: "ana", subject: "Hello" });
  expect(own.stdout).toBe('"own"\n');
});

test("an execution that fails gives status 1 with error and cause, and nothing on stdout", async () => {
  const cwd = folderWith({
    "fail.json": {
      StartAt: "F",
      States: { F: { Type: "Fail", Error: "TooLate", Cause: "It is late" } },
    },
  });
  const result = await stepwell(["run", "fail.json"], { cwd });
  expect(result).toMatchObject({ status: 1, stdout: "" });
  expect(result.stderr).toMatch(
    /^✘ F \(Fail\)\nFAILED in .*\n  error: TooLate\n  cause: It is late\n$/,
  );
});

test("retries are shown with attempt and delay, and --skip-waits makes all waiting take no time", async () => {
  const cwd = folderWith({
    "machine.json": {
      StartAt: "Wait a year",
      States: {
        "Wait a year": { Type: "Wait", Seconds: 30_000_000, Next: "Try" },
        Try: {
          Type: "Task",
          Resource: "Lambda:broken",
          Retry: [{ ErrorEquals: ["Oops"], IntervalSeconds: 3600, MaxAttempts: 2, BackoffRate: 2 }],
          Catch: [{ ErrorEquals: ["Oops"], Next: "Done", ResultPath: "$.caught" }],
          Next: "Done",
        },
        Done: { Type: "Pass", InputPath: "$.caught.Error", End: true },
      },
    },
    "functions/broken/index.mjs":
      "export const handler = async () => { throw Object.assign(new Error('not now'), { name: 'Oops' }); };",
  });
  const { status, stdout, stderr } = await stepwell(["run", "machine.json", "--skip-waits"], {
    cwd,
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '"Oops"\n' });
  expect(stderr).toMatch(/^→ Wait a year \(Wait\) until 20\d\d-/m);
  expect(stderr).toContain("✔ Wait a year  347 d 5 h\n");
  expect(stderr).toContain("↻ Try attempt 1 failed: Oops: not now; attempt 2 in 1 h\n");
  expect(stderr).toContain("↻ Try attempt 2 failed: Oops: not now; attempt 3 in 2 h\n");
  expect(stderr).toContain("! Try  3 h, 3 attempts, caught Oops: not now\n");
});

test("with --skip-waits a task that runs does not time out early", async () => {
  const cwd = folderWith({
    "machine.json": {
      StartAt: "Both",
      States: {
        Both: {
          Type: "Parallel",
          End: true,
          Branches: [
            {
              StartAt: "Slow",
              States: {
                Slow: { Type: "Task", Resource: "Lambda:slow", TimeoutSeconds: 60, End: true },
              },
            },
            { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 3600, End: true } } },
          ],
        },
      },
    },
    "functions/slow/index.mjs":
      "export const handler = () => new Promise((resolve) => setTimeout(resolve, 300, 'slow'));",
  });
  const result = await stepwell(["run", "machine.json", "--skip-waits"], { cwd });
  expect(result).toMatchObject({ status: 0, stdout: '["slow",{}]\n' });
});

test("branches and iterations are indented and numbered", async () => {
  const cwd = folderWith({
    "machine.json": {
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          ItemProcessor: { StartAt: "Keep", States: { Keep: { Type: "Pass", End: true } } },
          End: true,
        },
      },
    },
  });
  // Numbers that a double would change: they are printed as they were given.
  const input = "[9007199254740993,1.50]";
  const { stderr, stdout } = await stepwell(["run", "machine.json", "--input", input], { cwd });
  expect(stdout).toBe(`${input}\n`);
  expect(stderr).toMatch(/^→ Each \(Map\)\n  ✔ \[0\] Keep  .*\n  ✔ \[1\] Keep  .*\n✔ Each  .*\n/);
});

test("--json is one document with status, output and history", async () => {
  const cwd = folderWith({
    "machine.json": { StartAt: "P", States: { P: { Type: "Pass", Result: { a: 1 }, End: true } } },
    "fail.json": { StartAt: "F", States: { F: { Type: "Fail", Error: "E" } } },
  });
  const [succeeded, failed] = await Promise.all([
    stepwell(["run", "machine.json", "--json", "--type", "express"], { cwd }),
    stepwell(["run", "fail.json", "--json"], { cwd }),
  ]);
  const document = JSON.parse(succeeded.stdout) as {
    executionArn: string;
    events: { type: string }[];
  };
  expect(document).toMatchObject({ status: "SUCCEEDED", input: {}, output: { a: 1 } });
  expect(document.executionArn).toMatch(
    /^arn:aws:states:us-east-1:000000000000:express:machine:run:/,
  );
  expect(document.events.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "PassStateEntered",
    "PassStateExited",
    "ExecutionSucceeded",
  ]);
  expect(failed.status).toBe(1);
  expect(JSON.parse(failed.stdout)).toMatchObject({ status: "FAILED", error: "E" });
});

const callback = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Parameters: { FunctionName: "ask", Payload: { "token.$": "$$.Task.Token" } },
      End: true,
    },
  },
};
const ask = {
  "machine.json": callback,
  "functions/ask/index.mjs": "export const handler = async () => {};",
};

test("a task that waits for its token takes its output or its failure from stdin", async () => {
  const cwd = folderWith(ask);
  const [succeeded, failed] = await Promise.all([
    stepwell(["run", "machine.json"], { cwd, stdin: 'not JSON\n{"approved": true}\n' }),
    stepwell(["run", "machine.json", "--skip-waits"], { cwd, stdin: "fail Refused too large\n" }),
  ]);
  expect(succeeded).toMatchObject({ status: 0, stdout: '{"approved": true}\n' });
  expect(succeeded.stderr).toContain("Ask waits for its task token");
  expect(succeeded.stderr).toContain("That is not JSON: Unrecognized token 'not'");
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain("  error: Refused\n  cause: too large\n");
});

test("a task that nobody can answer any more fails and says so; one with a time-out times out", async () => {
  const timed = structuredClone(callback);
  Object.assign(timed.States.Ask, { TimeoutSeconds: 86_400 });
  const cwd = folderWith({ ...ask, "timed.json": timed });
  const [unanswered, timedOut] = await Promise.all([
    stepwell(["run", "machine.json"], { cwd }),
    stepwell(["run", "timed.json", "--skip-waits"], { cwd }),
  ]);
  expect(unanswered.status).toBe(1);
  expect(unanswered.stderr).toContain("error: Stepwell.Unanswered");
  expect(timedOut.status).toBe(1);
  expect(timedOut.stderr).toContain("error: States.Timeout");
});

test("a definition that is wrong is refused with its diagnostics and how to see where", async () => {
  const cwd = folderWith({ "wrong.json": { StartAt: "A", States: {} }, "broken.yaml": "a: [" });
  const [wrong, broken, input] = await Promise.all([
    stepwell(["run", "wrong.json"], { cwd }),
    stepwell(["run", "broken.yaml"], { cwd }),
    stepwell(["run", "wrong.json", "--input", "{a:1}"], { cwd }),
  ]);
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toContain("Invalid State Machine Definition");
  expect(wrong.stderr).toContain("To see where: stepwell validate wrong.json");
  expect(broken.status).toBe(1);
  expect(broken.stderr).toContain("broken.yaml is not a definition");
  expect(input.status).toBe(2);
  expect(input.stderr).toContain("--input is not JSON");
});

test("an unknown key of the configuration is named with those that there are", async () => {
  const cwd = folderWith({ "machine.json": callback, "my.yaml": "prot: 1\n" });
  const result = await stepwell(["run", "machine.json", "--config", "my.yaml"], { cwd });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("'prot' is not a known key. The keys here are: host, port");
});

test("parameters that a task can never work with fail it before it is scheduled, as on a server", async () => {
  const Arguments = "{% {'FunctionName': 'f', 'Odd': 1} %}";
  const state = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments, End: true };
  const cwd = folderWith({
    "odd.json": { QueryLanguage: "JSONata", StartAt: "T", States: { T: state } },
  });
  const result = await stepwell(["run", "odd.json"], { cwd });
  expect(result.status).toBe(1);
  expect(result.stderr).toContain("The field 'Odd' is not supported by Step Functions");
  expect(result.stderr).toMatch(/FAILED in \d+ ms, 3 events/);
});
