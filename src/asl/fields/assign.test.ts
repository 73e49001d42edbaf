import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { maximumVariableNameLength } from "./assign.ts";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

const pass = (Assign: JsonValue, rest: Record<string, JsonValue> = {}) => ({
  Type: "Pass",
  Assign,
  End: true,
  ...rest,
});
const graph = (state: JsonValue) => ({ StartAt: "Inner", States: { Inner: state } });

describe("Assign", () => {
  test("sets variables by name, evaluated where the name ends with .$", () => {
    const state = parsedState("Pass", pass({ "élan_1.$": "$.a", b: { c: 1 } }));
    expect(state.Assign?.kind).toBe("payloadTemplate");
  });

  test.each(["a b", "1a", "_a", "a-b", "a.b", "", "a.$"])(
    "may not set a variable called '%s' in JSONata",
    (name) => {
      expect(stateDiagnostics(pass({ [name]: 1 }, { QueryLanguage: "JSONata" }))).toEqual([
        `INVALID_VARIABLE_NAME: Invalid variable name '${name}': the variable name contains invalid characters. at /States/S/Assign/${name}`,
      ]);
    },
  );

  test("may not set a variable whose name is too long", () => {
    const longest = "x".repeat(maximumVariableNameLength);
    expect(stateDiagnostics(pass({ [longest]: 1 }))).toEqual([]);
    expect(stateDiagnostics(pass({ [`${longest}x`]: 1 }))).toEqual([
      expect.stringMatching(/^INVALID_VARIABLE_NAME: .* is longer than 80 characters/),
    ]);
  });

  test("may not set $states", () => {
    expect(stateDiagnostics(pass({ states: 1 }))).toEqual([
      "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'. at /States/S/Assign/states",
    ]);
  });

  test("is an object", () => {
    expect(stateDiagnostics(pass("{% {} %}", { QueryLanguage: "JSONata" }))).toEqual([
      "Expected value of type [OBJECT] at /States/S/Assign",
    ]);
  });
});

describe("a variable of an outer scope", () => {
  const parallel = (inner: JsonValue, rest: Record<string, JsonValue> = {}) => ({
    Type: "Parallel",
    Branches: [graph(inner)],
    Next: "After",
    ...rest,
  });
  const after = { After: pass({ x: 1 }) };

  test("may not be assigned in a branch, wherever the outer scope assigns it", () => {
    expect(stateDiagnostics(parallel(pass({ x: 1, y: 2 })), after)).toEqual([
      "Cannot assign to variable '$x': a variable of that name is assigned in an outer scope. at /States/S/Branches[0]/States/Inner/Assign/x",
    ]);
  });

  test("may not be assigned two scopes further in", () => {
    const inner = {
      Type: "Parallel",
      Branches: [{ StartAt: "Deep", States: { Deep: pass({ x: 1 }) } }],
      End: true,
    };
    expect(stateDiagnostics(parallel(inner), after)).toHaveLength(1);
  });

  test("may be assigned in a branch if only the state that holds the branch assigns it", () => {
    const rest = {
      Assign: { x: 1 },
      Catch: [{ ErrorEquals: ["A"], Next: "After", Assign: { x: 2 } }],
      Next: "After",
    };
    expect(stateDiagnostics(parallel(pass({ x: 1 }), rest), { After: pass({}) })).toEqual([]);
  });

  test("may be assigned in two branches, and in a distributed Map", () => {
    const siblings = {
      Type: "Parallel",
      Branches: ["A", "B"].map((name) => ({ StartAt: name, States: { [name]: pass({ x: 1 }) } })),
      End: true,
    };
    expect(stateDiagnostics(siblings)).toEqual([]);
    const ProcessorConfig = { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" };
    const ItemProcessor = { ...graph(pass({ x: 1 })), ProcessorConfig };
    expect(stateDiagnostics({ Type: "Map", ItemProcessor, Next: "After" }, after)).toEqual([]);
  });
});
