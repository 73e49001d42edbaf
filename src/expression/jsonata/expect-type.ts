import { EvaluationError } from "../evaluation.ts";
import { toDouble } from "../exact-number.ts";
import type { JsonValue } from "../json.ts";
import { printedValue } from "./printed-value.ts";
import type { JsonataTemplate } from "./template.ts";
import type { Value } from "./value.ts";

export type ExpectedType = "array" | "boolean" | "number" | "string";

/**
 * The value, if it is of the type that the field takes. Throws an EvaluationError `States.QueryEvaluationError` at the
 * field. Observed: the wording.
 */
export function expectType(
  template: JsonataTemplate,
  field: string,
  expected: ExpectedType,
  value: JsonValue,
): JsonValue {
  const actual = typeName(value);
  if (actual === expected) return value;
  throw new EvaluationError(
    "States.QueryEvaluationError",
    `The JSONata expression '${template.expressionText ?? ""}' specified for the field '${field}' returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${printedValue(value as Value)}`,
    field,
  );
}

function typeName(value: JsonValue): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof toDouble(value);
}
