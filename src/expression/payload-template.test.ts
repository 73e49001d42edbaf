import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "./evaluation.ts";
import type { JsonValue } from "./json.ts";
import { compilePayloadTemplate } from "./payload-template.ts";
import { createRandomSource } from "./random.ts";

const scope: EvaluationScope = {
  context: { Execution: { Id: "arn", Input: { x: 1 } } },
  variables: { lookup: (name) => (name === "v" ? { w: 5 } : undefined) },
  random: createRandomSource(0),
  now: 0,
};

function evaluate(template: JsonValue, input: JsonValue = {}): JsonValue {
  return compilePayloadTemplate(template).evaluate(input, scope);
}

function failure(template: JsonValue, input: JsonValue = {}): string {
  try {
    return `no failure: ${JSON.stringify(evaluate(template, input))}`;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    expect(error.errorName).toBe("States.Runtime");
    return error.message;
  }
}

describe("a payload template", () => {
  test("takes values from the input, the context object, variables and functions", () => {
    const template = {
      "input.$": "$.a",
      "all.$": "$",
      "context.$": "$$.Execution.Id",
      "variable.$": "$v.w",
      "call.$": "States.Format('{}!', $.a)",
      "many.$": "$.list[*].n",
      "none.$": "$.nothing[*]",
      constant: "$.a",
    };
    const input = { a: "x", list: [{ n: 1 }, { n: 2 }] };
    expect(evaluate(template, input)).toEqual({
      input: "x",
      all: input,
      context: "arn",
      variable: 5,
      call: "x!",
      many: [1, 2],
      none: [],
      constant: "$.a",
    });
  });

  test("is walked through objects and arrays, where elements themselves are never paths", () => {
    const template = { a: [{ "b.$": "$.x" }, "$.x", ["$.x", { "c.$": "$.x" }]], "d.$": "$.x" };
    expect(evaluate(template, { x: 1 })).toEqual({ a: [{ b: 1 }, "$.x", ["$.x", { c: 1 }]], d: 1 });
    expect(evaluate([{ "a.$": "$" }], 2)).toEqual([{ a: 2 }]);
    expect(evaluate("$.x", { x: 1 })).toBe("$.x");
  });

  test("keeps the order of its members and takes a name __proto__ for a name", () => {
    const template = JSON.parse('{"z.$": "$.x", "__proto__.$": "$.x", "a": 1}') as JsonValue;
    expect(JSON.stringify(evaluate(template, { x: {} }))).toBe('{"z":{},"__proto__":{},"a":1}');
  });

  test("shares what does not change", () => {
    const constant = { deep: [{ a: 1 }] };
    const template = { constant, "x.$": "$.x" };
    const result = evaluate(template, { x: 1 }) as { constant: unknown };
    expect(result.constant).toBe(constant);
    expect(evaluate(constant)).toBe(constant);
  });

  test("says which variables it reads", () => {
    const { variables } = compilePayloadTemplate({
      "a.$": "$v.w",
      b: [{ "c.$": "States.Format('{} {}', $x, $$.y)" }],
      d: "$z",
    });
    expect([...variables]).toEqual(["v", "x"]);
  });
});

describe("what AWS says (observed)", () => {
  test("where a path finds nothing", () => {
    expect(failure({ "value.$": "$.no_such_jsonpath" }, { "int-literal": 0 })).toBe(
      "The JSONPath '$.no_such_jsonpath' specified for the field 'value.$' could not be found in the input " +
        "'{\"int-literal\":0}'",
    );
    expect(failure({ "value.$": "$$.Execution.Input.no_such_jsonpath" })).toBe(
      "The JSONPath '$$.Execution.Input.no_such_jsonpath' specified for the field 'value.$' could not be " +
        'found in the input \'{"Execution":{"Id":"arn","Input":{"x":1}}}\'',
    );
    expect(failure({ "value.$": "$v.no" })).toContain("in the input '{\"w\":5}'");
    expect(failure({ "value.$": "$unknown.no" })).toContain("$unknown.no");
    expect(failure({ "value.$": "$.no" }, null)).toContain("null or empty input");
  });

  test("where the text is neither a path nor a call", () => {
    for (const value of [
      "text",
      "",
      "$.",
      "$a b",
      "States.Nope()",
      "States.Format('\\n')",
      1,
      null,
      {},
    ]) {
      expect(() => compilePayloadTemplate({ x: [{ "parsed.$": value }] })).toThrow(
        new ExpressionSyntaxError(
          "The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call",
        ),
      );
    }
  });

  test("a name may not occur twice after the suffix is gone", () => {
    expect(() => compilePayloadTemplate({ a: 1, "a.$": "$.x" })).toThrow(/Duplicate.*'a'/);
    expect(() => compilePayloadTemplate({ "a.$": "$.x", b: { a: 1 } })).not.toThrow();
  });
});

test("a template without the suffix gives itself, whatever is in it", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const template = value as JsonValue;
      if (JSON.stringify(template).includes('.$":')) return;
      expect(evaluate(template, null)).toBe(template);
    }),
  );
});
