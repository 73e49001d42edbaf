import { expect, test } from "vitest";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

test("Error and Cause are constants, paths, intrinsics or expressions", () => {
  const state = parsedState("Fail", { Error: "E", CausePath: "States.Format('{}', $.x)" });
  expect(state.Error).toEqual({ kind: "constant", value: "E" });
  expect(state.Cause?.kind).toBe("intrinsic");
  expect(parsedState("Fail", { ErrorPath: "$.error" }).Error?.kind).toBe("path");
  const jsonata = { QueryLanguage: "JSONata", Error: "{% $states.input.e %}", Cause: "C" };
  expect(parsedState("Fail", jsonata)).toMatchObject({
    QueryLanguage: "JSONata",
    Error: { kind: "jsonata" },
    Cause: { kind: "constant", value: "C" },
  });
});

test("both may be absent", () => {
  expect(stateDiagnostics({ Type: "Fail" })).toEqual([]);
});

test("a field and its Path exclude each other", () => {
  expect(stateDiagnostics({ Type: "Fail", Error: "E", ErrorPath: "$.e" })).toEqual([
    "There should only be one of the following fields: [Error, ErrorPath] at /States/S",
  ]);
});

test.each(["States.Array(1)", "States.Format(", "States.Nothing('a')", "plain"])(
  "CausePath may not be %s",
  (CausePath) => {
    expect(stateDiagnostics({ Type: "Fail", CausePath })).toEqual([
      expect.stringMatching(/must be a reference path or a call .* at \/States\/S\/CausePath$/),
    ]);
  },
);

test("a constant that looks like a path draws a warning", () => {
  expect(stateDiagnostics({ Type: "Fail", Cause: "$.cause" })).toEqual([
    expect.stringMatching(/^NO_PATH: .* at \/States\/S\/Cause$/),
  ]);
});

test("values have their types", () => {
  expect(stateDiagnostics({ Type: "Fail", Error: 1, CausePath: 2 })).toEqual([
    "Expected value of type [STRING] at /States/S/Error",
    "Expected value of type [STRING] at /States/S/CausePath",
  ]);
});

test("a Fail state has no input and no way on", () => {
  expect(stateDiagnostics({ Type: "Fail", InputPath: "$", End: true })).toEqual([
    "Field 'InputPath' is not supported at /States/S",
    "Field 'End' is not supported at /States/S",
  ]);
});
