import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { diagnosticsOf, machineOf, stateDiagnostics } from "../definition.fixture.ts";

const pass = (Output: JsonValue, rest: Record<string, JsonValue> = {}) => ({
  Type: "Pass",
  QueryLanguage: "JSONata",
  Output,
  End: true,
  ...rest,
});
const task = (fields: Record<string, JsonValue>) => ({
  Type: "Task",
  QueryLanguage: "JSONata",
  Resource: "arn:aws:lambda:us-east-1:123456789012:function:f",
  End: true,
  ...fields,
});

describe("a JSONata expression", () => {
  // Observed: answers of the service's validator to these expressions.
  test.each([
    ["a[1,2)", 'Expected "]", got ","'],
    ['"unterminated', "String literal must be terminated by a matching quote"],
    ["1 +", "Unexpected end of expression"],
    ['{"a":}', 'The symbol "}" cannot be used as a unary operator'],
    ["$x :=", "Unexpected end of expression"],
    ['$match("a", /abc', "No terminating / in regular expression"],
    ["", "Unexpected end of expression"],
  ])("%j is refused in the parser's words", (expression, message) => {
    expect(stateDiagnostics(pass(`{% ${expression} %}`))).toEqual([
      `INVALID_JSONATA_EXPRESSION: ${message} at /States/S/Output`,
    ]);
  });

  test.each([
    ["$$", "Reference to '$$' is not supported."],
    ["phone", "Reference to 'phone' at the top level is not supported."],
    ["$states.errorOutput", "Field '$states.errorOutput' does not exist."],
    ["$states.result", "Field '$states.result' does not exist."],
  ])("%s is not supported where there is no such thing", (expression, message) => {
    expect(stateDiagnostics(pass({ v: [`{% ${expression} %}`] }))).toEqual([
      `UNSUPPORTED_JSONATA_EXPRESSION: ${message} at /States/S/Output/v[0]`,
    ]);
  });

  test("may read the result where there is one", () => {
    const fields = { Output: "{% $states.result.a %}", Assign: { x: "{% $states.result %}" } };
    expect(stateDiagnostics(task(fields))).toEqual([]);
    expect(stateDiagnostics(task({ Arguments: "{% $states.result %}" }))).toHaveLength(1);
  });

  test("may read the error where it is caught", () => {
    const fields = {
      Output: "{% $states.errorOutput %}",
      Assign: { x: "{% $states.errorOutput %}" },
    };
    const Catch = [{ ErrorEquals: ["A"], Next: "S", ...fields }];
    expect(stateDiagnostics(task({ Catch }))).toEqual([]);
    const wrong = [{ ErrorEquals: ["A"], Next: "S", Output: "{% $states.result %}" }];
    expect(stateDiagnostics(task({ Catch: wrong }))).toHaveLength(1);
  });

  test("is reported for each of a field's mistakes", () => {
    const Output = { a: "{% 1 + %}", b: "{% 1 %}", c: { d: "{% x %}" } };
    expect(stateDiagnostics(pass(Output))).toEqual([
      expect.stringMatching(/^INVALID_JSONATA_EXPRESSION.* at \/States\/S\/Output\/a$/),
      expect.stringMatching(/^UNSUPPORTED_JSONATA_EXPRESSION.* at \/States\/S\/Output\/c\/d$/),
    ]);
  });

  test("has both of its delimiters, at the very ends", () => {
    const Output = { a: "{% 1", b: ["1 %}"], c: " {% 1 %}", d: "{ % 1 % }", e: "{%}" };
    const message = "JSONata string must start with {% and end with %} at /States/S/Output";
    expect(stateDiagnostics(pass(Output))).toEqual([
      `${message}/a`,
      `${message}/b[0]`,
      `${message}/c`,
      `${message}/e`,
    ]);
    expect(stateDiagnostics({ Type: "Fail", QueryLanguage: "JSONata", Error: "{% 1" })).toEqual([
      "JSONata string must start with {% and end with %} at /States/S/Error",
    ]);
  });

  test("that is broken by a placeholder counts as filled in later", () => {
    const machine = machineOf(pass({ a: "{% ${Count} + 1 %}", b: "{% 1 + %}" }));
    expect(diagnosticsOf(machine, { placeholders: true })).toEqual([
      "INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/S/Output/b",
    ]);
  });
});

test("in a JSONPath state delimiters mean nothing", () => {
  expect(stateDiagnostics({ Type: "Pass", Result: "{% 1 +", End: true })).toEqual([]);
});
