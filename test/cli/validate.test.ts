import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stepwell, temporaryFolder } from "./stepwell.ts";

const wrongJson = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Task", "Resource": "\${Fn}", "TimeoutSeconds": "soon", "Next": "B" }
  }
}
`;

const wrongYaml = `# An order
StartAt: A
States:
  A:
    Type: Wait
    Seconds: tomorrow
    End: true
`;

function folderWith(files: { readonly [name: string]: string }): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const valid = JSON.stringify({
  StartAt: "A",
  States: { A: { Type: "Pass", Result: "$.x", End: true } },
});

test("what is wrong in JSON and YAML is shown where it is, with a caret, and a summary", async () => {
  const cwd = folderWith({ "wrong.asl.json": wrongJson, "wrong.yaml": wrongYaml });
  const { status, stdout } = await stepwell(["validate", "wrong.asl.json", "wrong.yaml"], { cwd });
  expect(status).toBe(1);
  const lines = stdout.split("\n");
  expect(lines[0]).toBe(
    "wrong.asl.json:4:49: error SCHEMA_VALIDATION_FAILED Expected value of type Integer (at /States/A/TimeoutSeconds)",
  );
  expect(lines[1]?.slice(6)).toBe(wrongJson.split("\n")[3]);
  expect(lines[2]?.indexOf("^")).toBe(lines[1]?.indexOf('"TimeoutSeconds"'));
  expect(stdout).toContain("wrong.asl.json:4:75: error MISSING_TRANSITION_TARGET");
  expect(stdout).toMatch(/^wrong[.]yaml:6:5: error SCHEMA_VALIDATION_FAILED/m);
  expect(stdout).toMatch(/^FAIL: \d errors in 2 files$/m);
});

test("a syntax error is shown where it is", async () => {
  const cwd = folderWith({
    "a.json": '{\n  "StartAt" "A"\n}',
    "b.yaml": "StartAt: [A\nStates: {}\n",
  });
  const { status, stdout } = await stepwell(["validate", "a.json", "b.yaml"], { cwd });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^a[.]json:2:13: error INVALID_JSON_DESCRIPTION /m);
  expect(stdout).toMatch(/^b[.]yaml:2:\d+: error INVALID_YAML /m);
});

test("placeholders count as values that come later, and --define fills them in", async () => {
  const definition = (seconds: string): string =>
    `{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":"${seconds}","Next":"T"},"T":{"Type":"Task","Resource":"arn:\${Partition}:lambda:us-east-1:\${Account}:function:f","End":true}}}`;
  const cwd = folderWith({ "a.json": definition("${Seconds}") });
  const later = await stepwell(["validate", "a.json"], { cwd });
  expect(later).toMatchObject({ status: 0, stdout: "OK: 1 file without errors\n" });
  const filled = await stepwell(["validate", "a.json", "--define", "Seconds=30"], { cwd });
  expect(filled.status).toBe(0);
  const wrong = await stepwell(["validate", "a.json", "--define", "Seconds=soon"], { cwd });
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain("(at /States/W/Seconds)");
});

test("--json is one document with lines and columns", async () => {
  const cwd = folderWith({ "wrong.asl.json": wrongJson, "valid.json": valid });
  const { status, stdout } = await stepwell(
    ["validate", "--json", "wrong.asl.json", "valid.json"],
    {
      cwd,
    },
  );
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    result: "FAIL",
    files: [
      {
        file: "wrong.asl.json",
        result: "FAIL",
        diagnostics: [
          { severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", line: 4, column: 49 },
          { severity: "ERROR", code: "MISSING_TRANSITION_TARGET", location: "/States/A/Next" },
          { severity: "ERROR", code: "MISSING_END_STATE", line: 1, column: 1 },
        ],
      },
      { file: "valid.json", result: "OK" },
    ],
  });
});

test("a warning alone is no failure", async () => {
  const cwd = folderWith({ "valid.json": valid });
  const { status, stdout } = await stepwell(["validate", "valid.json"], { cwd });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^OK: 1 file without errors, 1 warning$/m);
});

test("a file that is not there does not keep the others from being checked", async () => {
  const cwd = folderWith({ "valid.json": valid });
  mkdirSync(join(cwd, "folder"));
  const { status, stdout } = await stepwell(["validate", "none.json", "folder", "valid.json"], {
    cwd,
  });
  expect(status).toBe(1);
  expect(stdout).toContain("none.json cannot be read: there is no such file.");
  expect(stdout).toContain("folder cannot be read: it is a folder.");
  expect(stdout).toContain("FAIL: 2 errors, 1 warning in 3 files");
});

test("of a long line the part with the mistake is shown", async () => {
  const padding = "x".repeat(5_000);
  const text = `{"Comment":"${padding}","StartAt":"A","States":{"A":{"Type":"Pass","Next":"B","Comment":"${padding}"}}}`;
  const cwd = folderWith({ "a.json": text });
  const { stdout } = await stepwell(["validate", "a.json"], { cwd });
  const [, shown = "", caret = ""] = stdout.split("\n");
  expect(shown.length).toBeLessThan(120);
  expect(shown.slice(caret.indexOf("^")).startsWith('"Next":"B"')).toBe(true);
});

test("a secret that is written out is warned about at its place, and not shown", async () => {
  const key = "0123456789-key";
  const cwd = folderWith({
    "a.yaml": [
      "StartAt: A",
      "States:",
      "  A:",
      "    Type: Task",
      "    Resource: arn:aws:states:::apigateway:invoke",
      "    Parameters:",
      "      ApiEndpoint: a.execute-api.eu-west-1.amazonaws.com",
      "      Method: GET",
      "      Headers:",
      `        X-Api-Key: [${key}]`,
      "    End: true",
    ].join("\n"),
  });
  const { status, stdout } = await stepwell(["validate", "a.yaml"], { cwd });
  expect(status).toBe(0);
  expect(stdout).toContain("a.yaml:10:9: warning SECRET_IN_DEFINITION");
  expect(stdout).toContain("(at /States/A/Parameters/Headers/X-Api-Key)");
  expect(stdout).not.toContain(key);
});
