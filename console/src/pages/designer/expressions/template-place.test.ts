import { expect, test } from "vitest";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { templatePlace } from "./template-place.ts";

/** `|` is the cursor. */
function at(marked: string, language: QueryLanguage) {
  return templatePlace(marked.replace("|", ""), marked.indexOf("|"), language);
}

test("within the delimiters of a text in a template JSONata is completed", () => {
  const marked = '{ "a": 1, "b": "{% $states.inp|ut.x %}" }';
  const place = at(marked, "JSONata");
  expect(place).toMatchObject({ language: "jsonata", text: " $states.input.x ", cursor: 12 });
  expect(place?.from).toBe(marked.indexOf(" $states"));
});

test("texts without delimiters, and names, are no expressions", () => {
  expect(at('{ "a": "$sta|tes" }', "JSONata")).toBeUndefined();
  expect(at('{ "{% $sta|tes" }', "JSONPath")).toBeUndefined();
  expect(at('{ "a": "x" |}', "JSONata")).toBeUndefined();
  expect(at('{ "a": "{% 1 %}|" }', "JSONata")).toBeUndefined();
});

test("a member whose name ends with .$ is a path, or a call of an intrinsic function", () => {
  expect(at('{ "id.$": "$.or|der" }', "JSONPath")).toMatchObject({
    language: "jsonpath",
    text: "$.order",
    cursor: 4,
  });
  expect(at('{ "id.$": "States.For|" }', "JSONPath")).toMatchObject({ language: "intrinsic" });
  expect(at('{ "id": "$.or|der" }', "JSONPath")).toBeUndefined();
});

test("a lone text is a template, too", () => {
  expect(at('"{% $a| %}"', "JSONata")).toMatchObject({ text: " $a ", cursor: 3 });
});
