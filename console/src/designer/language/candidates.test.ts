import { expect, test } from "vitest";
import { parseDefinition } from "../../../../src/asl/parse-definition.ts";
import { readDefinition } from "../document/read-definition.ts";
import { textCandidates } from "./candidates.ts";
import { cursorPlace } from "./cursor-place.ts";
import { expressionPlace } from "./expression-place.ts";
import { fieldsOf, stateTypes, type WrittenLanguage } from "./state-fields.ts";

const actions = { members: () => [{ name: "FunctionName", isRequired: true }] };

function labels(marked: string): readonly string[] {
  const document = readDefinition(marked.replace("|", ""));
  const place = cursorPlace(document, marked.indexOf("|"));
  return place === undefined
    ? []
    : textCandidates(document, place, actions).map(({ label }) => label);
}

test("targets are the other states of the same States, and no others", () => {
  const text = `{"StartAt": "A", "States": {
    "A": {"Type": "Parallel", "Next": "B", "Branches": [
      {"StartAt": "X", "States": {"X": {"Type": "Pass", "Next": "|"}, "Y": {"Type": "Succeed"}}}]},
    "B": {"Type": "Succeed"}}}`;
  expect(labels(text)).toEqual(["Y"]);
  expect(labels(text.replace("|", "Y").replace('"Next": "B"', '"Next": "|"'))).toEqual(["B"]);
  expect(labels(text.replace("|", "Y").replace('"StartAt": "X"', '"StartAt": "|"'))).toEqual([
    "X",
    "Y",
  ]);
});

test("a state is offered the fields of its type and language that it does not have", () => {
  const found = labels('{"QueryLanguage": "JSONata", "States": {"A": {"Type": "Task", "|"}}}');
  expect(found).toContain("Arguments");
  expect(found).not.toContain("Parameters");
  expect(found).not.toContain("Type");
  expect(labels('{"States": {"A": {"Type": "Fail", "|"}}}')).toEqual([
    "Error",
    "Cause",
    "ErrorPath",
    "CausePath",
    "Comment",
    "QueryLanguage",
  ]);
});

test("the arguments of a call are offered by its action", () => {
  const text =
    '{"QueryLanguage":"JSONata","States":{"A":{"Type":"Task","Resource":"x","Arguments":{"|"}}}}';
  expect(labels(text)).toEqual(["FunctionName"]);
});

/** What the parser says of each field of a state of the type: whether it may be there. */
function isKnown(type: string, language: WrittenLanguage, field: string): boolean {
  const state = { Type: type, [field]: null };
  const definition = { QueryLanguage: language, StartAt: "A", States: { A: state } };
  const { diagnostics } = parseDefinition(JSON.stringify(definition));
  return !diagnostics.some(
    ({ message }) =>
      message.startsWith(`Field '${field}' is not supported`) ||
      message.includes(`field '${field}' is only supported`),
  );
}

test.each(stateTypes)("the fields of a %s are those that the parser takes", (type) => {
  const all = new Set(
    stateTypes.flatMap((each) => [...fieldsOf(each, "JSONPath"), ...fieldsOf(each, "JSONata")]),
  );
  all.delete("Type");
  all.delete("QueryLanguage");
  for (const language of ["JSONPath", "JSONata"] as const) {
    const known = new Set(fieldsOf(type, language));
    for (const field of all) {
      expect(`${field} ${known.has(field)}`).toBe(`${field} ${isKnown(type, language, field)}`);
    }
  }
});

function expression(marked: string) {
  const document = readDefinition(marked.replace("|", ""));
  const place = cursorPlace(document, marked.indexOf("|"));
  return place && expressionPlace(document, place);
}

test("an expression is its text between the delimiters, with what it may read", () => {
  const state = '"Type":"Task","Output":{"a":"x{% $states.re| %}"}';
  expect(expression(`{"QueryLanguage":"JSONata","States":{"A":{${state}}}}`)).toMatchObject({
    language: "jsonata",
    text: " $states.re ",
    cursor: 11,
    allowed: ["result"],
  });
  expect(
    expression('{"QueryLanguage":"JSONata","States":{"A":{"Comment":"plain|"}}}'),
  ).toBeUndefined();
});

test("a path is told by its field, with the document that $ is", () => {
  const fields = '"Type":"Task","ResultSelector":{"a.$":"$.b|"}';
  expect(expression(`{"States":{"A":{${fields}}}}`)).toMatchObject({
    language: "intrinsic",
    of: "result",
    text: "$.b",
  });
  expect(expression('{"States":{"A":{"Type":"Pass","InputPath":"$.|"}}}')).toMatchObject({
    language: "jsonpath",
    of: "input",
  });
});
