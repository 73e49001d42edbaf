import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertDefinition } from "../../src/asl/to-jsonata/convert-definition.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { comparisonOperators } from "../../src/asl/states/comparison.ts";
import { mockedRun, type MockedRun } from "../samples/mocked-run.ts";

const texts = fc.constantFrom("", "a", "ab", "b*", "5", "2026-01-01T00:00:00Z");
const scalar = fc.oneof(
  texts,
  fc.integer({ min: -2, max: 5 }),
  fc.constantFrom<JsonValue>(true, false, null, 1.5),
);
const object = fc.record({ a: scalar, b: scalar });
/** Data in which every path of {@link paths} finds something. */
const data = fc.record({
  a: object,
  b: object,
  c: scalar,
  list: fc.array(object, { maxLength: 3 }),
});

const paths = fc.constantFrom("$.a", "$.b", "$.c", "$.a.a", "$.list", "$", "$$.Execution.Input.b");
const resultPath = fc.constantFrom<JsonValue>("$", "$.a", "$.r", "$.a.r", "$.r.s.t", null);
const template: fc.Arbitrary<JsonValue> = fc.oneof(
  paths.map((path): JsonValue => ({
    "x.$": path,
    y: "{% constant %}",
    "a.$": "$.a",
    "1": [{ "z.$": "$.c" }],
  })),
  fc.constant<JsonValue>({
    "c.$": "States.Format('{}!', $.c)",
    "a.$": "$.a",
    b: { a: 1, b: "x" },
    list: [],
    d: "%}",
  }),
  fc.constant<JsonValue>({ a: { a: 1, b: 2 }, b: { a: 0, b: 0 }, c: "constant", list: [1] }),
);

/** Some of the members. */
function some(members: {
  readonly [name: string]: fc.Arbitrary<JsonValue>;
}): fc.Arbitrary<JsonObject> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;
}

const next = { Next: "End" };
const io = {
  InputPath: fc.oneof(paths, fc.constant(null)),
  OutputPath: fc.oneof(paths, fc.constant(null)),
};
const result = { ResultSelector: template, ResultPath: resultPath };
const assign = { Assign: template.map((value) => renamed(value)) };

/** Names that can be variables. */
function renamed(value: JsonValue): JsonValue {
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, member]) => [`v${name}`, member]),
  );
}

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";
const catcher = some({ ResultPath: resultPath, Assign: fc.constant({ "e.$": "$.Error" }) }).map(
  (fields): JsonObject => ({ ErrorEquals: ["Custom"], ...fields, Next: "End" }),
);
const states: fc.Arbitrary<JsonObject> = fc.oneof(
  some({ ...io, ...assign, Parameters: template, ResultPath: resultPath }).map((fields) => ({
    Type: "Pass",
    ...fields,
    ...next,
  })),
  some({ ...io, ...assign, Result: template, ResultPath: resultPath }).map((fields) => ({
    Type: "Pass",
    ...fields,
    ...next,
  })),
  some({ ...io, ...result, ...assign, Parameters: template }).map((fields) => ({
    Type: "Task",
    Resource: lambda,
    ...fields,
    ...next,
  })),
  some({ ...io, ...assign }).map((fields) => ({ Type: "Wait", Seconds: 1, ...fields, ...next })),
  some({ OutputPath: paths }).map((fields) => ({
    Type: "Wait",
    SecondsPath: "$.n",
    ...fields,
    ...next,
  })),
  some(io).map((fields) => ({ Type: "Succeed", ...fields })),
  some({ ...io, ...result, ...assign, Parameters: template }).map((fields) => ({
    Type: "Parallel",
    Branches: [
      { StartAt: "B1", States: { B1: { Type: "Pass", OutputPath: "$.a", End: true } } },
      { StartAt: "B2", States: { B2: { Type: "Pass", Result: { b: "{%" }, End: true } } },
    ],
    ...fields,
    ...next,
  })),
  some({
    ...io,
    ...result,
    ...assign,
    ItemSelector: fc.constant({ "i.$": "$$.Map.Item.Value", "c.$": "$.c" }),
    MaxConcurrencyPath: fc.constant("$.n"),
  }).map((fields) => ({
    Type: "Map",
    ItemsPath: "$.list",
    ItemProcessor: { StartAt: "I", States: { I: { Type: "Pass", End: true } } },
    ...fields,
    ...next,
  })),
  fc.tuple(some({ ...result, OutputPath: paths, ...assign }), catcher).map(([fields, one]) => ({
    Type: "Parallel",
    Branches: [
      { StartAt: "F", States: { F: { Type: "Fail", Error: "Custom", CausePath: "$.a.a" } } },
    ],
    Catch: [one],
    ...fields,
    ...next,
  })),
);

function around(state: JsonObject): JsonObject {
  const isEnd = state["Type"] === "Succeed";
  return {
    StartAt: "S",
    States: { S: state, ...(isEnd ? {} : { End: { Type: "Pass", End: true } }) },
  };
}

function bothRuns(
  definition: JsonObject,
  input: JsonValue,
): { readonly before: MockedRun; readonly after: MockedRun; readonly converted: JsonObject } {
  const { definition: converted, left, notes } = convertDefinition(definition);
  // What can only fail stays as it is.
  if (!notes.some(({ code }) => code === "ALWAYS_FAILS"))
    expect(left, JSON.stringify(notes)).toBe(0);
  const given = { input, results: { S: input } };
  return {
    before: mockedRun(definition, definition, 0, given),
    after: mockedRun(converted, definition, 0, given),
    converted,
  };
}

const comparison = fc.constantFrom(...comparisonOperators).chain((operator) => {
  const operand: fc.Arbitrary<JsonValue> = operator.endsWith("Path")
    ? fc.constantFrom("$.a", "$.b", "$.c")
    : operator.startsWith("Is") || operator.startsWith("Boolean")
      ? fc.boolean()
      : operator.startsWith("Numeric")
        ? fc.integer({ min: -2, max: 5 })
        : operator.startsWith("Timestamp")
          ? fc.constantFrom(
              "2026-01-01T00:00:00Z",
              "2026-01-01T09:00:00+09:00",
              "2025-12-31T00:00:00.5Z",
            )
          : fc.constantFrom("", "a", "*a", "a*", "*", "*a*b*", "a*b", "b\\*", "5.*", "/(");
  return fc
    .tuple(fc.constantFrom("$.a", "$.b", "$.c"), operand)
    .map(([Variable, value]): JsonObject => ({ Variable, [operator]: value }));
});
const { rule } = fc.letrec<{ rule: JsonObject }>((tie) => ({
  rule: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparison,
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((And): JsonObject => ({ And })),
    fc.array(tie("rule"), { minLength: 1, maxLength: 3 }).map((Or): JsonObject => ({ Or })),
    tie("rule").map((Not): JsonObject => ({ Not })),
  ),
}));

describe("a definition that was converted to JSONata", () => {
  test("does what it did with all data with which it did not fail", () => {
    let compared = 0;
    fc.assert(
      fc.property(states, data, fc.integer({ min: 0, max: 3 }), (state, some, n) => {
        const { before, after, converted } = bothRuns(around(state), { ...some, n });
        if (before.error === "States.Runtime" || before.error === "States.ResultPathMatchFailure")
          return;
        compared++;
        expect(after.told, JSON.stringify(converted, null, 1)).toEqual(before.told);
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(400);
  });

  test("chooses as it chose, whatever the types of the data are", () => {
    const input = fc.record({
      a: scalar,
      b: fc.oneof(scalar, object),
      c: fc.constantFrom<JsonValue>("a", [], ["a"]),
    });
    fc.assert(
      fc.property(rule, input, (test, value) => {
        const definition = {
          StartAt: "S",
          States: {
            S: { Type: "Choice", Choices: [{ ...test, Next: "Yes" }], Default: "No" },
            Yes: { Type: "Pass", End: true },
            No: { Type: "Pass", End: true },
          },
        };
        const { before, after, converted } = bothRuns(definition as JsonObject, value);
        // Only a text that is no timestamp makes a comparison of such fail.
        if (after.error !== undefined && JSON.stringify(test).includes("Timestamp")) return;
        expect(after.told, JSON.stringify(converted, null, 1)).toEqual(before.told);
      }),
      { numRuns: 1_000 },
    );
  });
});
