import { describe, expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { compileJsonataTemplate } from "./compile-template.ts";

const variables: Readonly<Record<string, JsonValue>> = { name: "Jane", list: [1, 2] };
const scope: EvaluationScope = {
  context: { Execution: { Id: "e1" } },
  variables: { lookup: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined) },
  random: createRandomSource("test"),
  now: Date.UTC(2026, 0, 2, 3, 4, 5),
};

function evaluate(document: JsonValue, input: JsonValue = null, field = "Output"): JsonValue {
  return compileJsonataTemplate(document, field).evaluate({ input }, scope);
}

function failure(document: JsonValue, input: JsonValue = null, field = "Output"): EvaluationError {
  try {
    evaluate(document, input, field);
  } catch (thrown) {
    if (thrown instanceof EvaluationError) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

function refusal(document: JsonValue, allowed: readonly ("result" | "errorOutput")[] = []): string {
  try {
    compileJsonataTemplate(document, "Output", { allowed });
  } catch (thrown) {
    if (thrown instanceof ExpressionSyntaxError) return thrown.message;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("the document", () => {
  test("strings in delimiters are expressions at any depth, the rest is kept", () => {
    expect(
      evaluate({ a: ["{% $states.input.x %}", "x"], b: { c: "{%$name%}", d: null } }, { x: 1 }),
    ).toEqual({ a: [1, "x"], b: { c: "Jane", d: null } });
  });

  test("a document without expressions is the result itself", () => {
    const document = { a: [1, { b: "text" }] };
    const template = compileJsonataTemplate(document, "Output");
    expect(template.isConstant).toBe(true);
    expect(template.expressionText).toBeUndefined();
    expect(template.evaluate({ input: 1 }, scope)).toBe(document);
  });

  test("an expression may be null", () => {
    expect(evaluate(["{% null %}", { a: "{% null %}" }])).toEqual([null, { a: null }]);
  });

  test("a whole document that is an expression shows its trimmed text", () => {
    const template = compileJsonataTemplate("{%  $name \n%}", "Items");
    expect(template.expressionText).toBe("$name");
    expect(template.isConstant).toBe(false);
  });

  test("a member named __proto__ stays a member", () => {
    const document = JSON.parse('{"__proto__": "{% 1 %}"}') as JsonValue;
    expect(JSON.stringify(evaluate(document))).toBe('{"__proto__":1}');
  });

  test("it names the variables that it reads, without functions, $states and its own", () => {
    const template = compileJsonataTemplate(
      [
        "{% ($own := 1; $sum([$own, $a])) %}",
        "{% $map($b, function($v){ $v + $c }) & $states.input %}",
      ],
      "Output",
    );
    expect([...template.variables].sort()).toEqual(["a", "b", "c"]);
  });

  test.each(["{% 1", "1 %}", "{%}"])("a half-delimited string is refused: %s", (text) => {
    expect(refusal(text)).toBe("JSONata string must start with {% and end with %}");
  });
});

describe("$states", () => {
  test("input, result, errorOutput and the context object are its members", () => {
    const template = compileJsonataTemplate("{% $states %}", "Output");
    expect(template.evaluate({ input: 1, result: 2, errorOutput: 3 }, scope)).toEqual({
      input: 1,
      result: 2,
      errorOutput: 3,
      context: { Execution: { Id: "e1" } },
    });
    expect(evaluate("{% $states.context.Execution.Id %}")).toBe("e1");
  });

  test("result and errorOutput are refused where the field has none", () => {
    expect(refusal("{% $states.result.x %}")).toBe("Field '$states.result' does not exist.");
    expect(refusal("{% [$states.errorOutput] %}", ["result"])).toBe(
      "Field '$states.errorOutput' does not exist.",
    );
    expect(refusal("{% $states.output %}", ["result", "errorOutput"])).toBe(
      "Field '$states.output' does not exist.",
    );
    expect(() =>
      compileJsonataTemplate("{% $states.result %}", "Output", { allowed: ["result"] }),
    ).not.toThrow();
  });

  test("it cannot be assigned", () => {
    expect(refusal("{% ($states := 1; 2) %}")).toBe("Reference to '$states' cannot be assigned.");
  });
});

describe("references that need an input document are refused", () => {
  test.each([
    ["phone", "phone"],
    ["phone[0]", "phone"],
    ["$.phone", "$"],
    ["1 + phone", "phone"],
    ["[phone]", "phone"],
    ['{"a": phone}', "phone"],
    ["-phone", "phone"],
    ["(phone)", "phone"],
    ["$sum(phone)", "phone"],
    ["$substring(?, phone)", "phone"],
    ["true ? phone : 1", "phone"],
    ["$x ~> $append(phone)", "phone"],
    ["($x := phone)", "phone"],
    ["$map($x, function($v){ phone })", "phone"],
    ["phone ?? 1", "phone"],
  ])("%s", (text, name) => {
    expect(refusal(`{% ${text} %}`)).toBe(
      `Reference to '${name}' at the top level is not supported.`,
    );
  });

  test("$$ is refused everywhere", () => {
    expect(refusal("{% $states.input[a = $$.b] %}")).toBe("Reference to '$$' is not supported.");
  });

  test.each([
    "$states.input.phone",
    "$states.input.items[phone > 3]",
    "$states.input.items^(phone)",
    "$states.input.items{phone: $}",
    "$states.input.items.(phone & $)",
    "$states.input ~> |items|{'x': phone}, 'y'|",
    "$x[phone]",
    "$x#$i[phone]",
  ])("%s is fine", (text) => {
    expect(() => compileJsonataTemplate(`{% ${text} %}`, "Output")).not.toThrow();
  });
});

describe("syntax errors have JSONata's message without its code", () => {
  test.each([
    ["$x[1,2)", 'Expected "]", got ","'],
    ['"unterminated', "String literal must be terminated by a matching quote"],
    ["1 +", "Unexpected end of expression"],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ["", "Unexpected end of expression"],
    ['$match("a", /abc', "No terminating / in regular expression"],
  ])("%s", (text, message) => {
    expect(refusal(`{% ${text} %}`)).toBe(message);
  });
});

describe("failures name the expression and the field", () => {
  test("nothing", () => {
    const error = failure({ result: "{% $doesNotExist %}" });
    expect(error.message).toBe(
      "The JSONata expression '$doesNotExist' specified for the field 'Output/result' returned nothing (undefined).",
    );
    expect(error.errorName).toBe("States.QueryEvaluationError");
    expect(error.location).toBe("Output/result");
  });

  test("a function", () => {
    expect(failure("{% $fn := function($x){$x} %}", null, "Items").message).toBe(
      "The JSONata expression '$fn := function($x){$x}' specified for the field 'Items' returned an unsupported result type.",
    );
    expect(failure("{% [{'a': $sum}] %}").message).toContain(
      "returned an unsupported result type.",
    );
  });

  test("an error that AWS says no more of", () => {
    expect(failure("{% $base64decode('!!!') %}").message).toMatch(
      /^The JSONata expression '\$base64decode\('!!!'\)' specified for the field 'Output' threw an internal error during evaluation\. Error ID: /,
    );
  });

  test("an error of the language", () => {
    expect(failure({ FunctionResult: "{% $randomSeeded($states.input.fst) %}" }).message).toBe(
      "The JSONata expression '$randomSeeded($states.input.fst)' specified for the field 'Output/FunctionResult' threw an error during evaluation. T1006: Attempted to invoke a non-function",
    );
    expect(failure("{% $eval('1') %}").message).toMatch(
      /T1006: Attempted to invoke a non-function$/,
    );
    expect(failure("{% $sum('a') %}").message).toMatch(
      /\. T0412: Argument 1 of function "sum" must be an array of "numbers"$/,
    );
  });

  test("a bound of the evaluation, which has no code", () => {
    expect(failure("{% [1..5000000] %}").message).toMatch(
      /during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage$/,
    );
  });

  test("elements of arrays are located by index", () => {
    expect(failure({ a: ["x", { b: "{% $none %}" }] }).location).toBe("Output/a[1]/b");
  });

  test("what is not an evaluation's failure is passed on", () => {
    const broken = {
      ...scope,
      variables: {
        lookup: () => {
          throw new TypeError("ours");
        },
      },
    };
    const template = compileJsonataTemplate("{% $x %}", "Output");
    expect(() => template.evaluate({ input: null }, broken)).toThrow(TypeError);
  });
});

describe("results are plain JSON", () => {
  test("sequences become arrays without other properties", () => {
    const result = evaluate("{% {'a': $states.input.items.price} %}", {
      items: [{ price: 1 }, { price: 2 }],
    });
    expect(result).toEqual({ a: [1, 2] });
    expect(Object.keys((result as { a: number[] }).a)).toEqual(["0", "1"]);
    const selected = evaluate("{% $states.input.items.price %}", {
      items: [{ price: 1 }, { price: 2 }],
    });
    expect(Object.keys(selected as number[])).toEqual(["0", "1"]);
  });

  test("what was selected from the input is not copied", () => {
    const part = { deep: [1, { x: null }] };
    expect(evaluate("{% $states.input.part %}", { part })).toBe(part);
    expect((evaluate("{% {'a': $states.input.part} %}", { part }) as { a: unknown }).a).toBe(part);
  });

  test("members without a value vanish", () => {
    expect(evaluate("{% {'a': $none, 'b': 1} %}")).toEqual({ b: 1 });
    expect(evaluate("{% $match('b', /(a)?b/)[0] %}")).toEqual({
      match: "b",
      index: 0,
      groups: [null],
    });
  });

  test.each(["1/0", "[1/0]", "{'a': [1, -1/0]}", "0/0"])("%s is no JSON number", (text) => {
    expect(failure(`{% ${text} %}`).message).toContain("D1001: Number out of range: null");
  });

  test("the input is never changed", () => {
    const input = { a: [{ b: 1 }, {}], c: [] };
    const before = structuredClone(input);
    for (const text of [
      "$states.input ~> |a|{'x': 1}, 'b'|",
      "($i := $states.input; {} ~> |$i.a|{'x': 1}|)",
      "$states.input.a{'k': $}",
      "$states.input.c{'k': 1}",
      "$sort($states.input.a, function($l, $r){ true })",
      "$states.input.a[]",
      "$append($states.input.a, 1)",
    ]) {
      evaluate(`{% ${text} %}`, input);
    }
    expect(input).toEqual(before);
    expect(Object.keys(input.a)).toEqual(["0", "1"]);
  });
});

describe("what expressions read from outside", () => {
  test("the time is the activation's", () => {
    expect(evaluate("{% [$now(), $millis(), $now('[Y]')] %}")).toEqual([
      "2026-01-02T03:04:05.000Z",
      scope.now,
      "2026",
    ]);
  });

  test("random numbers and ids are the activation's", () => {
    const first = createRandomSource("seed");
    const second = createRandomSource("seed");
    const template = compileJsonataTemplate(
      "{% [$random(), $uuid(), $shuffle([1,2,3])] %}",
      "Output",
    );
    const run = (random: EvaluationScope["random"]) =>
      template.evaluate({ input: null }, { ...scope, random });
    expect(run(first)).toEqual(run(second));
  });

  test("a machine's variable wins over a function of its name", () => {
    const shadowing = {
      ...scope,
      variables: { lookup: (name: string) => (name === "sum" ? 5 : undefined) },
    };
    expect(
      compileJsonataTemplate("{% $sum %}", "Output").evaluate({ input: null }, shadowing),
    ).toBe(5);
  });

  test("assignments do not reach the machine's variables", () => {
    expect(evaluate("{% ($name := 'Joe'; $name) %}")).toBe("Joe");
    expect(evaluate("{% $name %}")).toBe("Jane");
  });
});
