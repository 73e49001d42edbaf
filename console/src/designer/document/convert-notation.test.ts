import { expect, test } from "vitest";
import { sampleDocuments } from "../edits/samples.fixture.ts";
import { convertNotation } from "./convert-notation.ts";
import { formatText } from "./format-text.ts";
import { readDefinition } from "./read-definition.ts";

test("a definition is the same in YAML and back, with its numbers as they were written", () => {
  const json =
    '{\n  "StartAt": "A",\n  "Version": "1.0",\n  "Limit": 1.10,\n  "Big": 9007199254740993\n}\n';
  const yaml = convertNotation(readDefinition(json), "yaml");
  expect(yaml?.text).toContain("Limit: 1.10");
  const back = convertNotation(readDefinition(yaml?.text ?? ""), "json");
  expect(back).toEqual({ text: json, comments: 0, hasAnchors: false });
});

test("what JSON does not have is told before it is lost", () => {
  const yaml = "# first\nStartAt: A # second\nA: &a {x: '# no comment'}\nB: *a\n";
  const converted = convertNotation(readDefinition(yaml), "json");
  expect(converted).toMatchObject({ comments: 2, hasAnchors: true });
  expect(JSON.parse(converted?.text ?? "")).toEqual({
    StartAt: "A",
    A: { x: "# no comment" },
    B: { x: "# no comment" },
  });
});

test("a text that cannot be read is neither converted nor laid out", () => {
  const document = readDefinition('{"StartAt": ');
  expect(convertNotation(document, "yaml")).toBeUndefined();
  expect(formatText(document)).toBeUndefined();
});

test("YAML keeps its comments when it is laid out anew", () => {
  const text = "StartAt:   A   # here\nStates:\n      A:\n            Type: Succeed\n";
  expect(formatText(readDefinition(text))).toBe(
    "StartAt: A # here\nStates:\n  A:\n    Type: Succeed\n",
  );
});

test("every sample has the same value in the other notation, and laid out anew", () => {
  for (const { name, document } of sampleDocuments()) {
    const other = document.format === "json" ? "yaml" : "json";
    const converted = readDefinition(convertNotation(document, other)?.text ?? "", other);
    const laidOut = readDefinition(formatText(document) ?? "", document.format);
    for (const { value } of [converted, laidOut]) {
      expect(JSON.stringify(value), name).toBe(JSON.stringify(document.value));
    }
  }
});
