import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonValue } from "../../expression/json.ts";
import { compileJsonataTemplate } from "../../expression/jsonata/compile-template.ts";
import { compilePayloadTemplate } from "../../expression/payload-template.ts";
import { createRandomSource } from "../../expression/random.ts";
import { EvaluationError, type EvaluationScope } from "../../expression/evaluation.ts";
import { convertState } from "./convert-state.ts";

const scope = (): EvaluationScope => ({
  context: { Execution: { Id: "id", Input: { a: [1] } } },
  variables: { lookup: (name) => (name === "v" ? { a: "text", b: [1, 2] } : undefined) },
  random: createRandomSource("seed"),
  now: 0,
});

/** The value of a template's member in JSONPath and of what it became; `undefined` where it fails. */
function both(source: string, input: JsonValue) {
  const { state, isConverted, notes } = convertState({
    Type: "Pass",
    Parameters: { "x.$": source },
    End: true,
  });
  const codes = notes.map(({ code }) => code);
  const output = state["Output"];
  return {
    isConverted,
    codes,
    output,
    before: valueOf(() => compilePayloadTemplate({ "x.$": source }).evaluate(input, scope())),
    after: isConverted
      ? valueOf(() =>
          compileJsonataTemplate(output as JsonValue, "Output").evaluate({ input }, scope()),
        )
      : undefined,
  };
}

function valueOf(evaluate: () => JsonValue): JsonValue | undefined {
  try {
    const value = evaluate();
    return isJsonObject(value) ? value["x"] : value;
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

const names = fc.constantFrom("a", "b", "c", "it's", "x-y", "and");
const scalar = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, false, "", "a", "b", "5", "é"),
  fc.integer({ min: -3, max: 9 }),
);
const { data } = fc.letrec<{ data: JsonValue }>((tie) => ({
  data: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("data"), { maxLength: 3 }),
    fc.dictionary(names, tie("data"), { maxKeys: 4 }),
  ),
}));

const nameSteps = names.map((name) => `['${name.replaceAll("'", "\\'")}']`);
const definitePath = fc
  .tuple(
    fc.constantFrom("$", "$", "$", "$v", "$$.Execution"),
    fc.array(fc.oneof(nameSteps, nameSteps, fc.constantFrom("[0]", "[1]", "[-1]")), {
      maxLength: 4,
    }),
  )
  .map(([root, steps]) => root + steps.join(""));

const scalars = fc.dictionary(fc.constantFrom("a", "b", "c"), scalar, { maxKeys: 3 });
/** Lists where lists are expected: other data differs, as the notes say. */
const listData = fc.record({
  objects: fc.array(scalars, { maxLength: 4 }),
  scalars: fc.array(scalar, { maxLength: 4 }),
  numbers: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 4 }),
  nested: fc.array(fc.record({ list: fc.array(scalars, { maxLength: 3 }) }), { maxLength: 3 }),
  lists: fc.array(fc.array(scalars, { maxLength: 3 }), { maxLength: 3 }),
});
const condition = fc.constantFrom(
  "@.a",
  "!(@.a)",
  "@.a == 'b'",
  "@.a != 'b'",
  "@.a === 5",
  "@.a > 2 && !(@.b)",
  "@.a <= 'b'",
  "@.a < @.b",
  "@.a == true || @.b == null",
  "@.a in ['a', 'b']",
  "@.a nin ['a', true]",
  "@.a === $.scalars[0]",
);
const listStep = fc.oneof(
  fc.constantFrom(
    "[*]",
    "[0:1]",
    "[1:]",
    "[:1]",
    "[:2]",
    "[-2:]",
    "[:-1]",
    "[2:1]",
    "[0,1]",
    "[1,3]",
  ),
  condition.map((filter) => `[?(${filter})]`),
);
const listPath = fc.oneof(
  fc
    .tuple(listStep, fc.constantFrom("", ".a", "['c']"))
    .map(([step, end]) => `$.objects${step}${end}`),
  listStep.filter((step) => !step.includes("@")).map((step) => `$.scalars${step}`),
  fc
    .tuple(
      fc.constantFrom("[*]", "[0]", "[1:]"),
      fc.constantFrom("[*]", "[?(@.a)]"),
      fc.constantFrom("", ".b"),
    )
    .map(([outer, inner, end]) => `$.nested${outer}.list${inner}${end}`),
  fc.constantFrom(
    "$..b",
    "$.objects..a",
    "$.lists[*][*]",
    "$.lists[*][*].a",
    "$.nested..list[*].a",
  ),
  fc.constantFrom(
    "$.objects.length()",
    "$.numbers.sum()",
    "$.numbers.min()",
    "$.numbers.max()",
    "$.numbers.first()",
    "$.objects[0].keys()",
    "$.objects[0]['a','b']",
  ),
);

function calls(functions: readonly string[]): fc.Arbitrary<string> {
  return fc.constantFrom(...functions);
}

describe("what is converted to JSONata", () => {
  test("selects the value that a path of names and indexes selected", () => {
    fc.assert(
      fc.property(definitePath, data, (source, input) => {
        const { isConverted, before, after, output } = both(source, input);
        expect(isConverted).toBe(true);
        if (before !== undefined) expect(after, JSON.stringify(output)).toEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  test("selects the lists that other paths selected, also of one item and of none", () => {
    fc.assert(
      fc.property(listPath, listData, (source, input) => {
        const { isConverted, before, after, output } = both(source, input);
        expect(isConverted, source).toBe(true);
        if (before !== undefined) expect(after, JSON.stringify(output)).toEqual(before);
      }),
      { numRuns: 1_500 },
    );
  });

  const text = fc.constantFrom("", "a", "a,b", ",a,,b;c", "x y", "{}", "5", '{"a":[1]}');
  const callData = fc.record({
    text,
    number: fc.integer({ min: -5, max: 9 }),
    json: fc.constantFrom('{"a":[1]}', "[]", "5", '"x"', "null"),
    list: fc.array(fc.oneof(scalar, scalars, fc.array(scalar, { maxLength: 2 })), {
      minLength: 1,
      maxLength: 4,
    }),
    any: fc.oneof(scalar, scalars, fc.array(scalar, { maxLength: 2 })),
    object: scalars,
    other: scalars,
  });
  const call = calls([
    "States.Format('a {} it\\'s \\{\\} {}', $.text, $.number)",
    "States.Format('{}', $.number)",
    "States.Format('plain')",
    "States.Format('{}{}', 'x', 5)",
    "States.Format($.text, $.number)",
    "States.Array($.any, 'x', States.Array($.any))",
    "States.ArrayLength(States.Array($.any, $.any))",
    "States.ArrayUnique(States.Array($.any, $.any, 1))",
    "States.ArrayPartition($.list, 2)",
    "States.ArrayPartition(States.Array($.any), 3)",
    "States.ArrayContains(States.Array('a', 'b'), $.text)",
    "States.ArrayContains($.list, $.object)",
    "States.ArrayRange(1, $.number, 2)",
    "States.ArrayRange($.number, -5, -3)",
    "States.ArrayGetItem($.list, 0)",
    "States.ArrayGetItem(States.Array(1, $.any), 1)",
    "States.ArrayGetItem(States.StringSplit($.text, ','), 1)",
    "States.ArrayLength($.list)",
    "States.ArrayLength(States.StringSplit($.text, ',;'))",
    "States.ArrayUnique($.list)",
    "States.Base64Encode($.json)",
    "States.Base64Decode(States.Base64Encode($.text))",
    "States.Hash($.object, 'SHA-256')",
    "States.Hash('text', 'MD5')",
    "States.JsonMerge($.object, $.other, false)",
    "States.JsonToString($.object)",
    "States.JsonToString($.list)",
    "States.StringToJson($.json)",
    "States.StringSplit($.text, ',')",
    "States.StringSplit($.text, ' ,;([/')",
    "States.MathAdd($.number, -2)",
    "States.MathAdd(States.MathAdd($.number, $.number), 1)",
    "States.MathRandom(1, 9)",
    "States.MathRandom($.number, 100)",
    "States.UUID()",
    "States.Format('{}-{}', $$.Execution.Id, States.MathAdd(1, $.number))",
  ]);

  test("gives what an intrinsic function gave", () => {
    fc.assert(
      fc.property(call, callData, (source, input) => {
        const { isConverted, codes, before, after, output } = both(source, input);
        expect(isConverted, source).toBe(true);
        if (before === null && codes.includes("ITEM_OF_EMPTY_LIST")) return;
        if (before !== undefined) expect(after, JSON.stringify(output)).toEqual(before);
      }),
      { numRuns: 1_500 },
    );
  });
});
