import { expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";
import { prepareExpressions } from "./prepare-expressions.ts";

const definitionOf = (fields: object): string =>
  JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: "A",
    States: { A: { Type: "Pass", ...fields, End: true } },
  });

function prepared(text: string) {
  const preparing = prepareExpressions(text);
  let steps = 0;
  for (;;) {
    const next = preparing.next();
    if (next.done === true) return { steps, expressions: next.value };
    steps++;
  }
}

test.each([
  ["what is fine", { Output: { a: "{% $states.input.a %}", b: ["{% 1 + 1 %}"] }, Comment: "{%" }],
  ["a mistake", { Output: { a: "{% 1 + %}", b: "{% ( %}", c: "{% 1 %}" } }],
  ["half an expression", { Output: "{% 1" }],
  ["a member that the field may not read", { Output: "{% $states.errorOutput %}" }],
  ["a name with nothing to look it up in", { Output: "{% name & /(?=a)/ %}" }],
  ["what is compiled in vain", { Output: "{% /(?=a)/ %}" }],
])("a definition is said to be the same with its expressions prepared: %s", (_, fields) => {
  const text = definitionOf(fields);
  const { expressions } = prepared(text);
  expect(parseDefinition(text, { expressions }).diagnostics).toEqual(
    parseDefinition(text).diagnostics,
  );
});

test("every expression is a step by itself, and the same text is compiled once", () => {
  const { steps, expressions } = prepared(
    definitionOf({ Output: ["{% 1 + 1 %}", "{% 1 + 1 %}", "text", { a: "{%2%}" }] }),
  );
  expect(steps).toBe(3);
  expect(expressions.get("1 + 1").compiled()).toBe(expressions.get("1 + 1").compiled());
});

test("a text that is no JSON has nothing to prepare", () => {
  expect(prepared("{").steps).toBe(0);
});
