import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { convertState } from "./convert-state.ts";

const lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";

/** The fields of a state after its conversion, without those that every one of the kind has. */
function converted(type: string, fields: JsonObject): JsonObject {
  const { state, isConverted } = convertState({ Type: type, ...fields });
  expect(isConverted).toBe(true);
  expect(state["QueryLanguage"]).toBe("JSONata");
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => name !== "Type" && name !== "QueryLanguage"),
  );
}

describe("input and output", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["Task", {}, {}],
    ["Task", { InputPath: "$.a" }, { Arguments: "{% $states.input.a %}" }],
    ["Task", { InputPath: null }, { Arguments: {} }],
    [
      "Task",
      {
        InputPath: "$.a",
        Parameters: { "b.$": "$.b", "t.$": "$$.Task.Token", c: [1, { "v.$": "$v.x" }] },
      },
      {
        Arguments: {
          b: "{% $states.input.a.b %}",
          t: "{% $states.context.Task.Token %}",
          c: [1, { v: "{% $v.x %}" }],
        },
      },
    ],
    [
      "Task",
      { ResultPath: "$.r" },
      { Output: "{% $merge([$states.input, {'r': $states.result}]) %}" },
    ],
    ["Task", { ResultPath: null }, { Output: "{% $states.input %}" }],
    [
      "Task",
      { ResultSelector: { "id.$": "$.Payload.id" } },
      { Output: { id: "{% $states.result.Payload.id %}" } },
    ],
    // What is dropped again leaves no trace.
    ["Task", { ResultPath: "$.r", OutputPath: "$.r" }, {}],
    ["Task", { ResultPath: "$.r", OutputPath: "$.other" }, { Output: "{% $states.input.other %}" }],
    [
      "Task",
      {
        ResultSelector: { "a.$": "$.x", "b.$": "$.y" },
        ResultPath: "$.r.s",
        OutputPath: "$.r.s.b",
      },
      { Output: "{% $states.result.y %}" },
    ],
    ["Task", { Assign: { "id.$": "$.id" } }, { Assign: { id: "{% $states.result.id %}" } }],
    ["Task", { TimeoutSecondsPath: "$.t" }, { TimeoutSeconds: "{% $states.input.t %}" }],
    [
      "Task",
      { Credentials: { "RoleArn.$": "$.role" } },
      { Credentials: { RoleArn: "{% $states.input.role %}" } },
    ],
    [
      "Task",
      {
        Catch: [{ ErrorEquals: ["E"], ResultPath: "$.e", Next: "N", Assign: { "m.$": "$.Cause" } }],
      },
      {
        Catch: [
          {
            ErrorEquals: ["E"],
            Output: "{% $merge([$states.input, {'e': $states.errorOutput}]) %}",
            Next: "N",
            Assign: { m: "{% $states.errorOutput.Cause %}" },
          },
        ],
      },
    ],
    [
      "Pass",
      { Result: { a: 1 }, Assign: { "x.$": "$.a" } },
      { Output: { a: 1 }, Assign: { x: 1 } },
    ],
    ["Pass", { Result: "{% a %}" }, { Output: "{% '{% a %}' %}" }],
    ["Pass", { Parameters: { text: "100 %}" } }, { Output: { text: "{% '100 %}' %}" } }],
    [
      "Wait",
      { SecondsPath: "$.n", OutputPath: "$.o" },
      { Seconds: "{% $states.input.n %}", Output: "{% $states.input.o %}" },
    ],
    ["Wait", { TimestampPath: "$.at" }, { Timestamp: "{% $states.input.at %}" }],
    ["Succeed", { InputPath: "$.a", OutputPath: "$.b" }, { Output: "{% $states.input.a.b %}" }],
    [
      "Fail",
      { ErrorPath: "$.e", CausePath: "States.Format('No: {}', $.c)" },
      { Error: "{% $states.input.e %}", Cause: "{% 'No: ' & $states.input.c %}" },
    ],
  ])("%s %j", (type, before, after) => {
    const own: JsonObject = type === "Task" ? { Resource: lambda } : {};
    expect(converted(type, { ...own, ...before })).toEqual({ ...own, ...after });
  });

  test("of a Map are its items, selector, numbers, reader and writer", () => {
    expect(
      converted("Map", {
        InputPath: "$.data",
        ItemsPath: "$.list",
        Parameters: { "item.$": "$$.Map.Item.Value", "all.$": "$.x" },
        MaxConcurrencyPath: "$.n",
        ItemBatcher: { MaxItemsPerBatchPath: "$.m", BatchInput: { "y.$": "$.y" } },
        ResultWriter: { Resource: "r", Parameters: { "Bucket.$": "$.b" } },
      }),
    ).toEqual({
      Items: "{% $states.input.data.list %}",
      ItemSelector: {
        item: "{% $states.context.Map.Item.Value %}",
        all: "{% $states.input.data.x %}",
      },
      MaxConcurrency: "{% $number($states.input.data.n) %}",
      ItemBatcher: {
        MaxItemsPerBatch: "{% $number($states.input.data.m) %}",
        BatchInput: { y: "{% $states.input.data.y %}" },
      },
      ResultWriter: { Resource: "r", Arguments: { Bucket: "{% $states.input.data.b %}" } },
    });
    expect(
      converted("Map", {
        ItemReader: {
          Resource: "r",
          Parameters: { "Key.$": "$.key" },
          ReaderConfig: { InputType: "CSV", MaxItemsPath: "$.most" },
        },
      }),
    ).toEqual({
      ItemReader: {
        Resource: "r",
        Arguments: { Key: "{% $states.input.key %}" },
        ReaderConfig: { InputType: "CSV", MaxItems: "{% $number($states.input.most) %}" },
      },
    });
  });
});

/** What a path or call became in a template. */
function expression(source: string): JsonValue | undefined {
  const { Output } = converted("Pass", { Parameters: { "x.$": source } });
  return (Output as JsonObject)["x"];
}

describe("expressions", () => {
  test.each([
    ["$", "$states.input"],
    ["$['a b'].c[0]['it\\'s']", "$states.input.`a b`.c[0].`it's`"],
    ["$['a`b']", "$lookup($states.input, 'a`b')"],
    ["$$.Execution.Id", "$states.context.Execution.Id"],
    ["$.list[*].name", "[$states.input.list.name]"],
    [
      "$.list[?(@.price < 10 && @.kind == 'book')]",
      "[$states.input.list[$type(price) = 'number' and price < 10 and kind = 'book']]",
    ],
    ["$.list[0:2]", "[$states.input.list[[0..1]]]"],
    ["$.list[-2:]", "[$states.input.list[[-2..-1]]]"],
    ["$..id", "[$states.input.**.id]"],
    ["$.list.length()", "$count($states.input.list)"],
    ["States.Format('Hello, {}: {}', $.name, 5)", "'Hello, ' & $states.input.name & ': 5'"],
    [
      "States.Format($.template, $.name)",
      "($pieces := $split($states.input.template, '{}'); $pieces[0] & $states.input.name & $pieces[1])",
    ],
    ["States.StringSplit($.a, '::')", "[$split($states.input.a, ':')[$ != '']]"],
    [
      "States.ArrayGetItem(States.StringSplit($.a, '/'), 1)",
      "$split($states.input.a, '/')[$ != ''][1]",
    ],
    ["States.ArrayLength($.list)", "$count($states.input.list)"],
    ["States.ArrayContains($.list, 'a')", "'a' in $states.input.list"],
    ["States.MathAdd($.n, -1)", "$states.input.n - 1"],
    ["States.MathRandom(1, 7)", "$floor($random() * 6) + 1"],
    ["States.JsonMerge($.a, $.b, false)", "$merge([$states.input.a, $states.input.b])"],
    ["States.StringToJson($.text)", "$parse($states.input.text)"],
    ["States.Hash($.text, 'SHA-256')", "$hash($string($states.input.text), 'SHA-256')"],
    ["States.UUID()", "$uuid()"],
  ])("%s", (source, text) => {
    expect(expression(source)).toBe(`{% ${text} %}`);
  });

  test("lists that a call makes stay lists of the template", () => {
    expect(expression("States.Array($.a, 'b')")).toEqual(["{% $states.input.a %}", "b"]);
  });
});

describe("choice rules", () => {
  const x = "$states.input.x";
  test.each<[JsonObject, string]>([
    [{ Variable: "$.x", StringEquals: "a" }, `${x} = 'a'`],
    [
      { Variable: "$.x", StringMatches: "a*.txt" },
      `$type(${x}) = 'string' and $contains(${x}, /^a[\\s\\S]*\\.txt$/)`,
    ],
    [{ Variable: "$.x", StringMatches: "*a*" }, `$type(${x}) = 'string' and $contains(${x}, 'a')`],
    [{ Variable: "$.x", NumericGreaterThan: 3 }, `$type(${x}) = 'number' and ${x} > 3`],
    [
      { Variable: "$.x", BooleanEqualsPath: "$.y" },
      `$type(${x}) = 'boolean' and ${x} = $states.input.y`,
    ],
    [
      { Variable: "$.x", TimestampLessThan: "2026-01-01T00:00:00Z" },
      `$type(${x}) = 'string' and $toMillis(${x}) < $toMillis('2026-01-01T00:00:00Z')`,
    ],
    [{ Variable: "$.x", IsPresent: false }, `$not($exists(${x}))`],
    [{ Variable: "$.x", IsNull: true }, `${x} = null`],
    [{ Variable: "$.x", IsNumeric: false }, `$type(${x}) != 'number'`],
    [
      {
        And: [
          { Variable: "$.x", NumericGreaterThan: 1 },
          { Variable: "$.x", NumericLessThan: 5 },
        ],
      },
      `$type(${x}) = 'number' and ${x} > 1 and ${x} < 5`,
    ],
    [
      {
        Not: {
          Or: [
            { Variable: "$.x", StringEquals: "a" },
            { Variable: "$.x", IsNull: true },
          ],
        },
      },
      `$not((${x} = 'a' or ${x} = null))`,
    ],
  ])("%j", (rule, condition) => {
    const { Choices } = converted("Choice", { Choices: [{ ...rule, Next: "N" }] });
    expect(Choices).toEqual([{ Condition: `{% ${condition} %}`, Next: "N" }]);
  });
});

describe("notes", () => {
  function notes(fields: JsonObject) {
    return convertState({ Type: "Pass", ...fields }).notes;
  }

  test("say what is not noticed any more where it is missing, and with what it was replaced", () => {
    expect(notes({ Parameters: { "x.$": "States.Format('{}!', $$.Map.Item.Index)" } })).toEqual([]);
    const from = "States.Format('{}!', $.a)";
    const noted = notes({ Parameters: { "x.$": from } });
    expect(noted.map(({ code }) => code)).toEqual(["MISSING_IS_NOTHING", "TEXT_OF_VALUE"]);
    const to = "{% $states.input.a & '!' %}";
    expect(noted[0]).toEqual({
      level: "missing",
      code: "MISSING_IS_NOTHING",
      path: ["Output", "x"],
      from,
      to,
    });
  });

  test("say nothing of what an earlier term of a rule has asked for", () => {
    const there = { Variable: "$.x.y", IsPresent: true };
    const rule = { And: [there, { Variable: "$.x.y", StringEquals: "a" }], Next: "N" };
    expect(convertState({ Type: "Choice", Choices: [rule] }).notes).toEqual([]);
    const reversed = { And: rule.And.toReversed(), Next: "N" };
    expect(convertState({ Type: "Choice", Choices: [reversed] }).notes).toMatchObject([
      { code: "MISSING_IS_NOTHING" },
    ]);
  });

  test.each([
    [{ Parameters: { "x.$": "$.a[*][0]" } }, "UNSUPPORTED_PATH", "$.a[*][0]"],
    [{ Parameters: { "x.$": "$.a[?(@.b =~ /x/)]" } }, "UNSUPPORTED_FILTER", "$.a[?(@.b =~ /x/)]"],
    [
      { Parameters: { "x.$": "States.StringSplit($.a, $.b)" } },
      "UNSUPPORTED_INTRINSIC",
      "States.StringSplit($.a, $.b)",
    ],
    [{ ResultPath: "$.a[0]" }, "RESULT_PATH_IN_LIST", "$.a[0]"],
    [{ Parameters: { "x.$": "$count.a" } }, "VARIABLE_HIDDEN_BY_FUNCTION", "$count.a"],
    [{ Result: { a: 1 }, OutputPath: "$.b" }, "ALWAYS_FAILS", "$.b"],
    [{ InputPath: "a" }, "INVALID", "a"],
  ])("%j stays as it is", (fields, code, from) => {
    const state = { Type: "Pass", ...fields, End: true };
    expect(convertState(state)).toEqual({
      state,
      isConverted: false,
      notes: [{ level: "left", code, path: [], from }],
    });
  });

  test("an expression beyond the bounds of the language leaves its state as it is", () => {
    const path = `$${".member".repeat(6_000)}`;
    expect(notes({ OutputPath: "$.a", Parameters: { "a.$": path } })).toMatchObject([
      { level: "left" },
    ]);
  });
});

test("members keep their order, and what takes the place of others stands where the first of them stood", () => {
  const { state } = convertState({
    Comment: "first",
    Type: "Task",
    ResultPath: "$.r",
    Unknown: { kept: true },
    OutputPath: "$.r",
    Parameters: parseJson('{"b":1,"10":2,"2":3}'),
    Resource: lambda,
    ResultSelector: { "z.$": "$.z" },
    End: true,
  });
  expect(Object.keys(state)).toEqual([
    "Comment",
    "Type",
    "QueryLanguage",
    "Output",
    "Unknown",
    "Arguments",
    "Resource",
    "End",
  ]);
  expect(JSON.stringify(state["Arguments"])).toBe('{"b":1,"10":2,"2":3}');
});

test("a state in JSONata is given back", () => {
  const state = { Type: "Pass", QueryLanguage: "JSONata", Output: "{% 1 %}" };
  expect(convertState(state)).toEqual({ state, isConverted: true, notes: [] });
});
