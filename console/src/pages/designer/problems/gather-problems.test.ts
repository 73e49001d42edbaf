import { expect, test } from "vitest";
import { parseDefinition } from "../../../../../src/asl/parse-definition.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { applyEdits } from "../../../designer/document/text-edits.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { gatherProblems } from "./gather-problems.ts";
import type { Problem } from "./problem.ts";

/** With what the server says of it: the same parser. */
function problemsOf(definition: object | string): readonly Problem[] {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition, null, 2);
  const document = readDefinition(text);
  const { diagnostics } = parseDefinition(text);
  return gatherProblems(document, diagnostics);
}

function mended(definition: object, problem: Problem | undefined, code: string): unknown {
  const text = JSON.stringify(definition, null, 2);
  const fix = problem?.fixes.find((each) => each.code === code);
  if (fix === undefined || !("apply" in fix)) throw new Error(`There is no fix ${code}`);
  const result = fix.apply(readDefinition(text));
  if (isRefused(result)) throw new Error(result.refused);
  return JSON.parse(applyEdits(text, result.edits));
}

const pass = { Type: "Pass", End: true };

test("what graph and server both see is told once, at its place", () => {
  const definition = { StartAt: "A", States: { A: { Type: "Pass", Next: "Gone" }, B: pass } };
  const found = problemsOf(definition);
  expect(found.map(({ code, key }) => [code, key])).toEqual([
    ["missingTarget", "/A"],
    ["unreachable", "/B"],
  ]);
  const [missing] = found;
  expect(JSON.stringify(definition, null, 2).slice(missing?.span.from, missing?.span.to)).toBe(
    '"Next"',
  );
});

test.each([
  { States: { A: pass } },
  { StartAt: "A", States: {} },
  { StartAt: "A", States: { A: { Type: "Task", End: true } } },
  { StartAt: "A", States: { A: { Type: "Pass" } } },
  { StartAt: "A", States: { A: { Type: "Map", End: true } } },
  { StartAt: "A", States: { A: { Type: "Pass", Next: "A" } } },
  { StartAt: "A", QueryLanguage: "JSONata", States: { A: { ...pass, QueryLanguage: "JSONPath" } } },
])("one mistake is one problem: %j", (definition) => {
  expect(problemsOf(definition)).toHaveLength(1);
});

test("a missing state is created, or the near one that was meant is led to, or the way ends", () => {
  const definition = { StartAt: "A", States: { A: { Type: "Pass", Next: "Worc" }, Work: pass } };
  const [missing] = problemsOf(definition);
  expect(missing?.fixes.map(({ code }) => code)).toEqual(["retarget", "createState", "makeEnd"]);
  expect(mended(definition, missing, "createState")).toEqual({
    ...definition,
    States: { ...definition.States, Worc: pass },
  });
  expect(mended(definition, missing, "retarget")).toMatchObject({
    States: { A: { Next: "Work" } },
  });
  expect(mended(definition, missing, "makeEnd")).toMatchObject({ States: { A: pass } });
});

test("a Choice without a Default gets one that fails by a name of its own", () => {
  const rule = { Variable: "$.a", IsPresent: true, Next: "B" };
  const definition = { StartAt: "A", States: { A: { Type: "Choice", Choices: [rule] }, B: pass } };
  const [hint] = problemsOf(definition);
  expect(hint).toMatchObject({ code: "noDefault", severity: "hint", key: "/A" });
  const after = mended(definition, hint, "addDefault");
  expect(after).toMatchObject({
    States: { A: { Default: "A: no rule holds" }, "A: no rule holds": { Type: "Fail" } },
  });
  expect(problemsOf(after as object)).toEqual([]);
});

test("an old field gets its present name, and keeps its value as it is written", () => {
  const inner = { StartAt: "I", States: { I: pass } };
  const definition = { StartAt: "M", States: { M: { Type: "Map", Iterator: inner, End: true } } };
  const [hint] = problemsOf(definition);
  expect(hint).toMatchObject({ code: "oldField", name: "Iterator" });
  expect(mended(definition, hint, "renameField")).toEqual({
    StartAt: "M",
    States: { M: { Type: "Map", ItemProcessor: inner, End: true } },
  });
});

test("a field that is spelt wrong is renamed or removed", () => {
  const definition = { StartAt: "A", States: { A: { ...pass, Comentt: "x" } } };
  const [unknown] = problemsOf(definition);
  expect(unknown?.fixes.map(({ code }) => code)).toEqual(["renameField", "removeField"]);
  expect(mended(definition, unknown, "renameField")).toEqual({
    StartAt: "A",
    States: { A: { ...pass, Comment: "x" } },
  });
  expect(mended(definition, unknown, "removeField")).toEqual({ StartAt: "A", States: { A: pass } });
});

test("a field of JSONPath in a JSONata workflow can be converted", () => {
  const state = { Type: "Pass", Parameters: { "a.$": "$.b" }, End: true };
  const found = problemsOf({ QueryLanguage: "JSONata", StartAt: "A", States: { A: state } });
  expect(found[0]?.fixes[0]).toEqual({ code: "convertToJsonata", key: "/A" });
});

test("a text that cannot be read has its faults and nothing else", () => {
  const found = problemsOf('{"StartAt": "A", "States": {"A": {"Type": "Pass",');
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ source }) => source === "text" || source === "server")).toBe(true);
});

test("a secret that is written out is a warning at its place", () => {
  const headers = { Authorization: "a-literal-key-1" };
  const call = { Type: "Task", Resource: "arn:aws:states:::http:invoke", End: true };
  const definition = { StartAt: "A", States: { A: { ...call, Parameters: { Headers: headers } } } };
  const found = problemsOf(definition).filter(({ code }) => code === "writtenSecret");
  expect(found).toMatchObject([{ severity: "warning", key: "/A", fixes: [] }]);
  const [{ span }] = found as [Problem];
  expect(JSON.stringify(definition, null, 2).slice(span.from, span.to)).toContain("Authorization");
});
