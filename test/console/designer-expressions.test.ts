import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluations } from "../../src/console/designer/expressions/evaluations.ts";
import { ExpressionDesk } from "../../src/console/designer/expressions/expression-desk.ts";
import type { AskedField, EvaluationData, FieldResult } from "../../src/console/view-types.ts";
import { parseDefinition } from "../../src/asl/parse-definition.ts";

const request = {} as Parameters<ExpressionDesk["evaluate"]>[1];

/** A desk whose fields are evaluated at once; seconds pass with each look at the clock. */
function desk(secondsPerLook = 0) {
  let now = 0;
  const asked: string[] = [];
  const expressions = new ExpressionDesk({
    access: {
      may(action, resource) {
        asked.push(`${action} ${resource}`);
        return Promise.resolve();
      },
    },
    scope: { region: "eu-west-1", accountId: "123456789012" },
    clock: { now: () => Date.UTC(2026, 0, 2) },
    evaluator: {
      // What is thrown rejects.
      evaluate: async (question, place) => [
        ...evaluations(question, place, () => (now += secondsPerLook * 1_000)),
      ],
    },
  });
  return { expressions, asked };
}

const input = { order: { id: 7, items: [{ price: 2.5 }, { price: 4 }] }, big: "x" };
const data: EvaluationData = {
  input: JSON.stringify(input),
  variables: JSON.stringify({ rate: 2 }),
  result: JSON.stringify({ ok: true }),
};

type Given = Omit<AskedField, "id">;

async function evaluated(field: Given, given: EvaluationData = data): Promise<FieldResult> {
  const fields = [{ id: "f", ...field }];
  const { results } = await desk().expressions.evaluate({ fields, data: given }, request);
  return results[0] as FieldResult;
}

const value = (text: unknown) => ({ id: "f", value: JSON.stringify(text) });

test.each<[Given, unknown]>([
  [{ kind: "jsonpath", text: "$.order.id" }, 7],
  [{ kind: "jsonpath", text: "$.order.items[*].price" }, [2.5, 4]],
  [{ kind: "jsonpath", text: "$.ok", of: "result" }, true],
  [{ kind: "jsonpath", text: "$rate" }, 2],
  [{ kind: "referencePath", text: "$.order.items[1]" }, { price: 4 }],
  [
    { kind: "resultPath", text: "$.order.result" },
    { ...input, order: { ...input.order, result: { ok: true } } },
  ],
  [
    { kind: "payloadTemplate", value: { "id.$": "$.order.id", fixed: "$.order" } },
    { id: 7, fixed: "$.order" },
  ],
  [{ kind: "payloadTemplate", value: { "n.$": "States.ArrayLength($.order.items)" } }, { n: 2 }],
  [{ kind: "intrinsic", text: "States.Format('order {}', $.order.id)" }, "order 7"],
  [{ kind: "jsonata", text: "{% $sum($states.input.order.items.price) * $rate %}" }, 13],
  [{ kind: "jsonata", value: { a: ["{% $states.input.big %}", "{"] } }, { a: ["x", "{"] }],
  [{ kind: "jsonata", text: "{% $states.result.ok %}", of: "result" }, true],
  [{ kind: "choiceRule", value: { Variable: "$.order.id", NumericGreaterThan: 5 } }, true],
  [{ kind: "choiceRule", value: { Not: { Variable: "$.no", IsPresent: true }, Next: "X" } }, true],
  [{ kind: "timestamp", text: "2026-01-02T03:04:05+01:00" }, "2026-01-02T02:04:05Z"],
])("%j is what the state would compute", async (field, expected) => {
  expect(await evaluated(field)).toMatchObject(value(expected));
});

test.each<[Given, object]>([
  [
    { kind: "jsonpath", text: "$.none" },
    { code: "States.Runtime", message: "Invalid path '$.none' : No results for path: $['none']" },
  ],
  [
    { kind: "payloadTemplate", value: { "a.$": "$.none" } },
    {
      code: "States.Runtime",
      message: expect.stringContaining("The JSONPath '$.none' specified for the field 'a.$'"),
    },
  ],
  [
    { kind: "intrinsic", text: "States.ArrayGetItem($.order.items, 9)" },
    { code: "States.Runtime", message: expect.stringContaining("States.ArrayGetItem") },
  ],
  [
    { kind: "jsonata", value: ["{% 1 %}", { b: "{% $states.input.none %}" }], field: "Output" },
    {
      code: "States.QueryEvaluationError",
      message:
        "The JSONata expression '$states.input.none' specified for the field 'Output[1]/b' returned nothing (undefined).",
      location: "Output[1]/b",
    },
  ],
  [
    { kind: "jsonata", text: "{% 1 %}", field: "Choices[0]/Condition", expected: "boolean" },
    {
      code: "States.QueryEvaluationError",
      message: expect.stringContaining("Expected 'boolean', but was 'number'"),
    },
  ],
  [
    { kind: "jsonata", text: "{% ($f := function($n){ $f($n) + 1 }; $f(1)) %}" },
    { code: "States.QueryEvaluationError" },
  ],
  [
    { kind: "choiceRule", value: { Variable: "$.none", NumericEquals: 1 } },
    {
      code: "States.Runtime",
      message: expect.stringContaining("condition path references an invalid value"),
    },
  ],
  [
    { kind: "jsonpath", text: "$.x", of: "errorOutput" },
    { code: "noData", message: "errorOutput" },
  ],
  [
    { kind: "jsonata", text: "{% $map([1..100000], function($i) { $pad('', 100000) }) %}" },
    { code: expect.stringMatching(/^(?:tooLarge|States.QueryEvaluationError)$/) },
  ],
])("%j fails as the state would", async (field, error) => {
  expect(await evaluated(field)).toMatchObject({ id: "f", error });
});

test.each<[Given, string]>([
  [{ kind: "jsonata", text: "{%  1 + ) %}" }, ")"],
  [{ kind: "jsonata", text: "{% $sum( %}" }, ""],
  [{ kind: "jsonpath", text: "$.a['x" }, ""],
  [{ kind: "jsonpath", text: "$.a.[x" }, "x"],
  [{ kind: "intrinsic", text: "States.Format('{}', $.a.[x])" }, "x"],
])("where %j is wrong is told by its characters", async (field, wrong) => {
  const result = await evaluated(field);
  if (!("error" in result)) throw new Error(`it is right: ${JSON.stringify(result)}`);
  const { code, from, to } = result.error;
  expect(code).toBe("syntax");
  expect(field.text?.slice(from, to)).toBe(wrong);
});

test("of a document the part is named that is wrong, with what the parser says of it", async () => {
  const template = { kind: "payloadTemplate", field: "Parameters" } as const;
  expect(await evaluated({ ...template, value: { a: [{ "b.$": "$.x['" }] } })).toEqual({
    id: "f",
    error: {
      code: "syntax",
      message:
        "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call",
      detail: expect.stringContaining("Invalid path '$.x[''"),
      location: "Parameters/a[0]/b.$",
      from: 5,
      to: 5,
    },
  });
  const output = {
    kind: "jsonata",
    field: "Output",
    value: { a: "{% 1 %}", b: "{% ) %}" },
  } as const;
  expect(await evaluated(output)).toMatchObject({
    error: { code: "syntax", location: "Output/b", from: 3, to: 4 },
  });
});

describe("what is refused when a definition is created", () => {
  const refused: readonly [Given, object][] = [
    [
      { kind: "jsonpath", text: "x" },
      { Type: "Pass", InputPath: "x", End: true },
    ],
    [
      { kind: "jsonpath", text: "$.a['" },
      { Type: "Pass", InputPath: "$.a['", End: true },
    ],
    [
      { kind: "referencePath", text: "$..a" },
      { Type: "Wait", SecondsPath: "$..a", End: true },
    ],
    [
      { kind: "resultPath", text: "$$.a" },
      { Type: "Pass", ResultPath: "$$.a", End: true },
    ],
    [
      { kind: "payloadTemplate", value: { "a.$": 1 } },
      { Type: "Pass", Parameters: { "a.$": 1 }, End: true },
    ],
    [
      { kind: "jsonata", text: "{% $states.result %}" },
      { Type: "Pass", QueryLanguage: "JSONata", Output: "{% $states.result %}", End: true },
    ],
    [
      { kind: "jsonata", text: "{% 1" },
      { Type: "Pass", QueryLanguage: "JSONata", Output: "{% 1", End: true },
    ],
    [
      { kind: "timestamp", text: "soon" },
      { Type: "Wait", Timestamp: "soon", End: true },
    ],
    [
      { kind: "choiceRule", value: { Variable: "$.a", NumericEquals: "1" } },
      { Type: "Choice", Choices: [{ Variable: "$.a", NumericEquals: "1", Next: "S" }] },
    ],
  ];

  test.each(refused)("%j is told in the words of the validator", async (field, state) => {
    const { diagnostics } = parseDefinition(JSON.stringify({ StartAt: "S", States: { S: state } }));
    const said = diagnostics.map(({ message }) => message);
    const result = await evaluated(field);
    if (!("error" in result)) throw new Error(`it is right: ${JSON.stringify(result)}`);
    expect(result.error.code).toBe("syntax");
    expect(said).toContain(result.error.message);
  });
});

test("variables that the data does not have are named, whether the value is known or not", async () => {
  expect(await evaluated({ kind: "jsonata", text: "{% [$rate, $more] %}" })).toMatchObject({
    value: "[2]",
    missing: ["more"],
  });
  expect(await evaluated({ kind: "jsonpath", text: "$more.x" })).toMatchObject({
    error: { code: "States.Runtime" },
    missing: ["more"],
  });
  const rule = { Variable: "$.order.id", NumericEqualsPath: "$least" };
  expect(await evaluated({ kind: "choiceRule", value: rule })).toMatchObject({
    missing: ["least"],
  });
});

test("numbers keep their digits", async () => {
  const exact = { input: '{"n":12345678901234567890.10}' };
  expect(await evaluated({ kind: "jsonpath", text: "$.n" }, exact)).toMatchObject({
    value: "12345678901234567890.10",
  });
});

test("a long value is cut, and its size told", async () => {
  const long = { input: JSON.stringify({ text: "é".repeat(100_000) }) };
  const result = await evaluated({ kind: "jsonpath", text: "$" }, long);
  expect(result).toMatchObject({ bytes: 200_011, isCut: true });
  expect("value" in result && result.value.length).toBe(32_768);
});

test("the item that a Map's fields are for is in the context object, whoever has given that", async () => {
  const item = JSON.stringify({ Index: 0, Value: { sku: "a" } });
  const asked = { kind: "jsonpath", text: "$$.Map.Item.Value.sku" } as const;
  expect(await evaluated(asked, { ...data, item })).toMatchObject(value("a"));
  const context = JSON.stringify({ Execution: { Name: "n" }, Map: { Item: { Index: 9 } } });
  const whole: Given = {
    kind: "jsonata",
    text: "{% $states.context.(Execution.Name & Map.Item.Index) %}",
  };
  expect(await evaluated(whole, { ...data, context, item })).toMatchObject(value("n0"));
});

test("a Catcher's ResultPath puts the error output into the input", async () => {
  const errorOutput = JSON.stringify({ Error: "E" });
  const field = { kind: "resultPath", text: "$.failure", of: "errorOutput" } as const;
  expect(await evaluated(field, { ...data, errorOutput })).toMatchObject(
    value({ ...input, failure: { Error: "E" } }),
  );
  expect(await evaluated(field)).toMatchObject({ error: { code: "noData" } });
});

test("a context object that nobody has given is one of the Region, the same each time", async () => {
  const once = await evaluated({
    kind: "jsonata",
    text: "{% $states.context.Execution.Id & $uuid() %}",
  });
  expect(once).toMatchObject({
    value: expect.stringMatching(/^"arn:aws:states:eu-west-1:123456789012:execution:/),
  });
  const again = await evaluated({
    kind: "jsonata",
    text: "{% $states.context.Execution.Id & $uuid() %}",
  });
  expect(again).toEqual(once);
  const own = { ...data, context: '{"Own":1}' };
  expect(await evaluated({ kind: "jsonpath", text: "$$" }, own)).toMatchObject(value({ Own: 1 }));
});

test("fields that would take too long together are passed over, in their order", async () => {
  const { expressions } = desk(0.3);
  const fields = ["a", "b", "c", "d", "e"].map((id) => ({ id, kind: "jsonpath", text: "$" }));
  const { results } = await expressions.evaluate({ fields, data }, request);
  expect(results.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
  expect(results.map((each) => "isSkipped" in each)).toEqual([false, false, false, true, true]);
});

test.each([
  [undefined],
  [{ fields: "x" }],
  [{ fields: [{}] }],
  [{ fields: [{ id: "f", kind: "toString", text: "" }] }],
  [{ fields: [{ id: "f", kind: "jsonpath" }] }],
  [{ fields: [{ id: "f", kind: "jsonpath", text: 1 }] }],
  [{ fields: [{ id: "f", kind: "jsonpath", text: "$", of: "output" }] }],
  [{ fields: [{ id: "f", kind: "jsonata", text: "", expected: "null" }] }],
  [{ fields: Array.from({ length: 201 }, () => ({ id: "f", kind: "jsonpath", text: "$" })) }],
  [{ fields: [], data: { input: "{" } }],
  [{ fields: [], data: { input: {} } }],
  [{ fields: [], data: { variables: "[]" } }],
])("%j is no request", async (asked) => {
  await expect(desk().expressions.evaluate(asked, request)).rejects.toMatchObject({
    code: "ValidationException",
  });
});

test("whatever is asked gets one answer for each field, and breaks nothing", async () => {
  const kinds = [
    "jsonpath",
    "referencePath",
    "resultPath",
    "payloadTemplate",
    "intrinsic",
    "jsonata",
    "choiceRule",
    "timestamp",
  ] as const;
  const text = fc.oneof(
    fc.string(),
    fc.string().map((inner) => `{%${inner}%}`),
    fc.string().map((inner) => `$.${inner}`),
    fc.string().map((inner) => `States.Format('${inner}', $)`),
  );
  const field = fc.record({
    id: fc.string(),
    kind: fc.constantFrom(...kinds),
    value: fc.oneof(text, fc.jsonValue(), fc.dictionary(fc.string(), text)),
    of: fc.constantFrom("input", "result", "errorOutput"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(field, { maxLength: 5 }), async (fields) => {
      const { results } = await desk().expressions.evaluate({ fields, data }, request);
      expect(results.map(({ id }) => id)).toEqual(fields.map(({ id }) => id));
    }),
    { numRuns: 300 },
  );
});

test("data that is nested deeply is told to be so", async () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const nested: unknown = JSON.parse(deep);
  expect(await evaluated({ kind: "jsonata", value: nested })).toMatchObject({
    error: { code: "tooLarge" },
  });
  await expect(evaluated({ kind: "jsonpath", text: "$" }, { input: deep })).rejects.toMatchObject({
    code: "ValidationException",
  });
});

test("who evaluates has to be allowed to test states, and who asks for variables to validate", async () => {
  const { expressions, asked } = desk();
  await expressions.evaluate({ fields: [] }, request);
  const definition = JSON.stringify({
    StartAt: "A",
    States: { A: { Type: "Pass", Assign: { x: 1 }, Next: "B" }, B: { Type: "Succeed" } },
  });
  expect(await expressions.scope({ definition, state: "B" }, request)).toEqual({
    variables: [{ name: "x", assignedBy: ["A"], isCertain: true }],
  });
  for (const wrong of [{ definition, state: "C" }, { definition: "{", state: "B" }, {}]) {
    await expect(expressions.scope(wrong, request)).rejects.toMatchObject({
      code: "ValidationException",
    });
  }
  expect(asked.slice(0, 2)).toEqual([
    "states:TestState *",
    "states:ValidateStateMachineDefinition *",
  ]);
});
