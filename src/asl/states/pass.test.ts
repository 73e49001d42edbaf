import { expect, test } from "vitest";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

test("a Pass state keeps what is null apart from what is not given", () => {
  const state = parsedState("Pass", { InputPath: null, Result: null, End: true });
  expect(state).toMatchObject({ QueryLanguage: "JSONPath", InputPath: null, Next: undefined });
  expect("OutputPath" in state).toBe(false);
  expect(state.Result?.text).toBe("null");
});

test("a Result is a constant, whatever looks like a path in it", () => {
  const state = parsedState("Pass", { Result: { "a.$": "$.b" }, End: true });
  expect(state.Result?.value).toEqual({ "a.$": "$.b" });
  expect(stateDiagnostics({ Type: "Pass", Result: { "a.$": "$.b" }, End: true })).toEqual([
    expect.stringMatching(/^PASS_RESULT_IS_STATIC: .* at \/States\/S\/Result$/),
  ]);
  expect(stateDiagnostics({ Type: "Pass", Result: "States.UUID()", End: true })).toHaveLength(1);
  expect(stateDiagnostics({ Type: "Pass", Result: "costs $5", End: true })).toEqual([]);
});

test("paths and templates that are not of the language are reported where they stand", () => {
  expect(
    stateDiagnostics({
      Type: "Pass",
      InputPath: "foo",
      Parameters: { "a.$": "foo", b: [{ "c.$": 3, "d.$": "$.x", d: 1 }] },
      ResultPath: "$.a[*]",
      OutputPath: 1,
      End: true,
    }),
  ).toEqual([
    "Value must be a valid JSONPath. at /States/S/InputPath",
    "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters",
    "The value for the field 'c.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters/b[0]",
    "The field 'd' appears twice, once with and once without '.$' at /States/S/Parameters/b[0]",
    "Value is not a Reference Path: it must identify one node at /States/S/ResultPath",
    "Expected value of type [STRING] at /States/S/OutputPath",
  ]);
});

test.each(["$$.a", "$variable", "$variable.a"])("ResultPath may not be %s", (ResultPath) => {
  expect(stateDiagnostics({ Type: "Pass", ResultPath, End: true })).toEqual([
    "Value is not a Reference Path: it must start with '$.' or '$[' at /States/S/ResultPath",
  ]);
});

test("a template's text that looks like a path draws a warning unless its name ends with .$", () => {
  const Parameters = { a: "$.x", b: ["$.y"], c: { d: "States.UUID()" }, "e.$": "$.z", f: "$5" };
  expect(stateDiagnostics({ Type: "Pass", Parameters, End: true })).toEqual([
    expect.stringMatching(/^NO_DOLLAR: No '\.\$' on field 'a'/),
    expect.stringMatching(/^NO_DOLLAR: No '\.\$' on field 'd'/),
  ]);
});

test("a state has one way on", () => {
  expect(stateDiagnostics({ Type: "Pass" })).toEqual([
    "This object should have only one of the following fields: [Next, End] at /States/S",
  ]);
  expect(stateDiagnostics({ Type: "Pass", End: false })).toHaveLength(1);
  expect(stateDiagnostics({ Type: "Pass", Next: "S", End: true })).toEqual([
    "There should only be one of the following fields: [Next, End] at /States/S",
  ]);
  expect(stateDiagnostics({ Type: "Pass", End: "yes" })).toEqual([
    "Expected value of type [BOOLEAN] at /States/S/End",
  ]);
  expect(stateDiagnostics({ Type: "Pass", Next: 1 })).toEqual([
    "Expected value of type [STRING] at /States/S/Next",
  ]);
});
