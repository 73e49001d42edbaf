import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { stepwell, temporaryFolder } from "./stepwell.ts";

const yaml = `# An order
StartAt: Sum
States:
  Sum:
    # What it costs
    Type: Pass
    Parameters:
      total.$: $.total # with taxes
      id: 9007199254740993
    Next: Large?
  Large?:
    Type: Choice
    Choices:
      - Variable: $.total
        NumericGreaterThan: 100
        Next: All
    Default: All
  All:
    Type: Map
    ItemsPath: $.items
    ItemProcessor:
      StartAt: Each
      States:
        Each: { Type: Pass, InputPath: $.item, End: true }
    End: true
`;

function fileWith(name: string, text: string): { readonly cwd: string; readonly path: string } {
  const cwd = temporaryFolder();
  const path = join(cwd, name);
  writeFileSync(path, text);
  return { cwd, path };
}

test("a YAML definition is converted in its place, and keeps its comments", async () => {
  const { cwd, path } = fileWith("order.yaml", yaml);
  const done = await stepwell(["convert", "order.yaml", "--output", "order.yaml"], { cwd });
  expect({ ...done, stderr: "" }).toEqual({ status: 0, stdout: "", stderr: "" });
  const text = readFileSync(path, "utf8");
  for (const kept of ["# An order", "# What it costs", "# with taxes", "9007199254740993"]) {
    expect(text).toContain(kept);
  }
  expect(text).toContain("QueryLanguage: JSONata");
  expect(text).not.toMatch(/\$:|ItemsPath|InputPath|Variable:/);
  const { status } = await stepwell(["validate", "order.yaml"], { cwd });
  expect(status).toBe(0);
});

test("one state is converted, wherever it is, and says its language itself", async () => {
  const { cwd } = fileWith("order.yaml", yaml);
  const { status, stdout } = await stepwell(["convert", "order.yaml", "--state", "Each"], { cwd });
  expect(status).toBe(0);
  const inner = stdout.slice(stdout.indexOf("Each:"));
  expect(inner).toContain("QueryLanguage: JSONata");
  expect(stdout).toContain("total.$: $.total # with taxes");
});

test("JSON keeps its indentation, and what cannot be converted is told and stays", async () => {
  const definition = {
    StartAt: "A",
    States: {
      A: { Type: "Pass", Parameters: { "x.$": "$.x" }, Next: "B" },
      B: { Type: "Pass", Result: 1, ResultPath: "$.list[0]", End: true },
    },
  };
  const { cwd } = fileWith("order.json", JSON.stringify(definition, null, "\t"));
  const { status, stdout, stderr } = await stepwell(["convert", "order.json"], { cwd });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^order.json Not converted ResultPath points into a list. \(at \/States\/B/,
  );
  expect(stdout).toContain('\n\t"States": {\n');
  const { States } = JSON.parse(stdout) as { readonly States: Record<string, object> };
  expect(States["A"]).toHaveProperty("QueryLanguage", "JSONata");
  expect(States["B"]).toEqual(definition.States.B);
  expect(
    parseDefinition(stdout).diagnostics.filter(({ severity }) => severity === "ERROR"),
  ).toEqual([]);
});

test.each([
  [["convert", "order.json", "--state", "No"], 1, "order.json has no state 'No'."],
  [["convert", "nothing.json"], 1, "nothing.json cannot be read: there is no such file."],
  [["convert", "text.json"], 1, "text.json is no definition: it has no object 'States'."],
  [["convert", "order.json", "--output", "no/o.json"], 1, "no/o.json cannot be written"],
  [["convert"], 2, "DEFINITION is missing."],
])("%j says what is wrong", async (args, expected, message) => {
  const { cwd } = fileWith("order.json", '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}');
  writeFileSync(join(cwd, "text.json"), "{}");
  const { status, stderr } = await stepwell(args, { cwd });
  expect(stderr).toContain(message);
  expect(status).toBe(expected);
});
