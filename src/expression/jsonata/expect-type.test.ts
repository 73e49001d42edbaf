import { expect, test } from "vitest";
import { EvaluationError } from "../evaluation.ts";
import { compileJsonataTemplate } from "./compile-template.ts";
import { expectType } from "./expect-type.ts";

const template = compileJsonataTemplate("{% $x %}", "Items");

test("a value of the expected type is passed on", () => {
  const list = [1];
  expect(expectType(template, "Items", "array", list)).toBe(list);
});

test.each([
  [1, "'number' for value: 1"],
  [null, "'null' for value: null"],
  ["string", `'string' for value: "string"`],
  [{ foo: "bar" }, `'object' for value: {"foo":"bar"}`],
  [true, "'boolean' for value: true"],
])("%j is reported with its type and value", (value, ending) => {
  const check = () => expectType(template, "Items", "array", value);
  expect(check).toThrow(EvaluationError);
  expect(check).toThrow(
    `The JSONata expression '$x' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was ${ending}`,
  );
});
