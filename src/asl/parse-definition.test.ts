import { describe, expect, test } from "vitest";
import type { JsonValue } from "../expression/json.ts";
import { diagnosticsOf, machineOf, stateDiagnostics } from "./definition.fixture.ts";
import { invalidDefinitionMessage } from "./diagnostics/diagnostic.ts";
import { parseDefinition } from "./parse-definition.ts";
import { maximumGraphDepth } from "./parse-graph.ts";
import { parseSingleState } from "./parse-single-state.ts";

const end = { Type: "Pass", End: true };
const to = (Next: string) => ({ Type: "Pass", Next });
const missing = (name: string, location: string) =>
  `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${name} at ${location}`;
const unreachable = (name: string, location: string) =>
  `MISSING_TRANSITION_TARGET: State "${name}" is not reachable. at ${location}`;

describe("a machine", () => {
  test("is a graph of states with what holds for the whole execution", () => {
    const machine = {
      Comment: "c",
      Version: "1.0",
      TimeoutSeconds: 60,
      QueryLanguage: "JSONata",
      ...(machineOf(to("T"), { T: end }) as object),
    };
    const { definition } = parseDefinition(JSON.stringify(machine));
    expect(definition).toMatchObject({
      Comment: "c",
      TimeoutSeconds: 60,
      QueryLanguage: "JSONata",
      StartAt: "S",
    });
    expect([...(definition?.States.keys() ?? [])]).toEqual(["S", "T"]);
    expect(definition?.States.get("S")).toMatchObject({ QueryLanguage: "JSONata", Next: "T" });
  });

  test.each<[JsonValue, string[]]>([
    [{}, ["These fields are required: [States, StartAt] at /"]],
    [{ States: { S: end } }, ["These fields are required: [StartAt] at /"]],
    [{ StartAt: "S" }, ["These fields are required: [States] at /"]],
    [{ StartAt: "S", States: {} }, ["Value cannot be empty at /States"]],
    [{ StartAt: "S", States: [] }, ["Expected value of type [OBJECT] at /States"]],
    [{ StartAt: 1, States: { S: end } }, ["Expected value of type [STRING] at /StartAt"]],
    [[], ["Expected value of type [OBJECT] at /"]],
    [null, ["Expected value of type [OBJECT] at /"]],
    [{ ...(machineOf(end) as object), Coment: "c" }, ["Field 'Coment' is not supported at /"]],
    [
      { ...(machineOf(end) as object), Version: "2.0" },
      ["Value should be one of the following: [1.0] at /Version"],
    ],
    [{ ...(machineOf(end) as object), TimeoutSeconds: 0 }, []],
    [
      { ...(machineOf(end) as object), TimeoutSeconds: -1 },
      ["Minimum value is 0 at /TimeoutSeconds"],
    ],
    [
      { ...(machineOf(end) as object), TimeoutSeconds: "{% 1 %}" },
      ["Expected value of type Integer at /TimeoutSeconds"],
    ],
    [
      { ...(machineOf(end) as object), Comment: 1 },
      ["Expected value of type [STRING] at /Comment"],
    ],
  ])("%j", (machine, messages) => {
    expect(diagnosticsOf(machine)).toEqual(messages);
  });

  test("is JSON", () => {
    expect(parseDefinition('{"StartAt": }').diagnostics).toEqual([
      {
        severity: "ERROR",
        code: "INVALID_JSON_DESCRIPTION",
        message: expect.stringMatching(/^Unexpected character \('}' \(code 125\)\)/) as string,
      },
    ]);
    expect(parseDefinition(" ").diagnostics).toMatchObject([{ code: "MISSING_DESCRIPTION" }]);
  });

  test("with an error has no tree, with a warning it has one", () => {
    expect(parseDefinition(JSON.stringify(machineOf(to("X")))).definition).toBeUndefined();
    const { definition, diagnostics } = parseDefinition(
      JSON.stringify(machineOf({ ...end, Result: "$.x" })),
    );
    expect(diagnostics).toMatchObject([{ severity: "WARNING" }]);
    expect(definition).toBeDefined();
  });

  test("is refused with all its errors in one text", () => {
    const { diagnostics } = parseDefinition(
      JSON.stringify({
        StartAt: "pass1",
        States: { pass1: to("pass3"), pass2: { ...end, Result: "$.x" } },
      }),
    );
    expect(invalidDefinitionMessage(diagnostics)).toBe(
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: pass3 at /States/pass1/Next, MISSING_TRANSITION_TARGET: State \"pass2\" is not reachable. at /States/pass2'",
    );
    const loop = parseDefinition(JSON.stringify(machineOf(to("S"))));
    expect(invalidDefinitionMessage(loop.diagnostics)).toBe(
      "Invalid State Machine Definition: 'MISSING_END_STATE: Workflow has no terminal state at null'",
    );
  });
});

describe("a state", () => {
  test("has a type", () => {
    expect(stateDiagnostics({ End: true })).toEqual([
      "These fields are required: [Type] at /States/S",
    ]);
    expect(stateDiagnostics({ Type: "pass", End: true })).toEqual([
      "The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/S/Type",
    ]);
    expect(stateDiagnostics(1)).toEqual(["Expected value of type [OBJECT] at /States/S"]);
  });

  test("has the fields of its type, and a comment", () => {
    expect(stateDiagnostics({ ...end, Comment: "c", _comment: "d" })).toEqual([
      "Field '_comment' is not supported at /States/S",
    ]);
    expect(stateDiagnostics({ ...end, Comment: 1 })).toEqual([
      "Expected value of type [STRING] at /States/S/Comment",
    ]);
  });

  test("has a name of 1 to 80 characters, once in the whole machine", () => {
    const name = (text: string) => diagnosticsOf({ StartAt: text, States: { [text]: end } });
    expect(name("🙂".repeat(80))).toEqual([]);
    expect(name("x".repeat(81))).toEqual([
      expect.stringMatching(/^INVALID_STATE_NAME: .* exceeds the 80-character limit allowed by/),
    ]);
    expect(name("")).toEqual([expect.stringMatching(/^INVALID_STATE_NAME/)]);
    const Branches = [{ StartAt: "T", States: { T: end } }];
    expect(stateDiagnostics({ Type: "Parallel", Branches, Next: "T" }, { T: end })).toEqual([
      "DUPLICATE_STATE_NAME: Duplicate State name: T at /States/T",
    ]);
  });

  test("may be called __proto__", () => {
    const text = '{"StartAt":"__proto__","States":{"__proto__":{"Type":"Pass","End":true}}}';
    const { definition } = parseDefinition(text);
    expect(definition?.States.get("__proto__")).toMatchObject({ Type: "Pass" });
    expect(stateDiagnostics(to("toString"))).toContain(missing("toString", "/States/S/Next"));
  });
});

describe("transitions", () => {
  test.each<[string, JsonValue, string[]]>([
    [
      "a start that is not there reaches nothing",
      { StartAt: "X", States: { S: end } },
      [missing("X", "/StartAt"), unreachable("S", "/States/S")],
    ],
    [
      "a target that is not there, in a machine that cannot end",
      machineOf(to("X")),
      [missing("X", "/States/S/Next"), "MISSING_END_STATE: Workflow has no terminal state at null"],
    ],
    [
      "a loop without an end, whatever else is not reachable",
      machineOf(to("S"), { T: to("S") }),
      ["MISSING_END_STATE: Workflow has no terminal state at null"],
    ],
    [
      "an end that cannot be reached",
      machineOf(to("S"), { T: end }),
      [unreachable("T", "/States/T")],
    ],
    [
      "a default that is not there",
      machineOf(
        { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "T" }], Default: "X" },
        { T: end },
      ),
      [missing("X", "/States/S/Default")],
    ],
    [
      "a rule's target that is not there",
      machineOf(
        { Type: "Choice", Choices: [{ Variable: "$.a", IsNull: true, Next: "X" }], Default: "T" },
        { T: end },
      ),
      [missing("X", "/States/S/Choices[0]/Next")],
    ],
    [
      "a branch that goes on to a state outside of it",
      machineOf(
        {
          Type: "Parallel",
          Branches: [{ StartAt: "A", States: { A: to("T"), B: end } }],
          Next: "T",
        },
        { T: end },
      ),
      [
        missing("T", "/States/S/Branches[0]/States/A/Next"),
        unreachable("B", "/States/S/Branches[0]/States/B"),
      ],
    ],
    [
      "a loop within an item processor, which need not end",
      machineOf({
        Type: "Map",
        ItemProcessor: { StartAt: "A", States: { A: to("A") } },
        End: true,
      }),
      [],
    ],
    [
      "a state whose type is not known may go anywhere",
      machineOf({ Type: "X", Next: "T" }, { T: end }),
      [expect.stringMatching(/^The field 'Type'/) as string],
    ],
  ])("%s", (_title, machine, messages) => {
    expect(diagnosticsOf(machine)).toEqual(messages);
  });
});

describe("languages", () => {
  const downgrade =
    "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/S";
  const values = "Value should be one of the following: [JSONPath, JSONata]";
  const inLanguage = (language: JsonValue, state: Record<string, JsonValue>) =>
    diagnosticsOf({ ...(machineOf(state) as object), QueryLanguage: language });
  const onlyFor = (field: string, actual: string, other: string) =>
    `The QueryLanguage is set to '${actual}', but field '${field}' is only supported for the '${other}' QueryLanguage at /States/S`;

  test("a JSONPath machine may have JSONata states, and not the other way round", () => {
    const jsonata = { ...end, QueryLanguage: "JSONata", Output: "{% 1 %}" };
    expect(inLanguage("JSONPath", jsonata)).toEqual([]);
    expect(inLanguage("JSONata", { ...end, QueryLanguage: "JSONPath" })).toEqual([downgrade]);
  });

  test("about a downgraded state's other fields only that is said which no language would cure", () => {
    const state = { ...end, QueryLanguage: "JSONPath", Output: "{% 1 %}", Foo: 1 };
    expect(inLanguage("JSONata", state)).toEqual([
      downgrade,
      "Field 'Foo' is not supported at /States/S",
    ]);
  });

  test("a field belongs to its language", () => {
    expect(stateDiagnostics({ ...end, Output: 1 })).toEqual([
      onlyFor("Output", "JSONPath", "JSONata"),
    ]);
    expect(inLanguage("JSONata", { ...end, InputPath: "$", Result: 1 })).toEqual([
      onlyFor("InputPath", "JSONata", "JSONPath"),
      onlyFor("Result", "JSONata", "JSONPath"),
    ]);
  });

  test("what is not exactly JSONPath is JSONata, and reported", () => {
    expect(stateDiagnostics({ ...end, QueryLanguage: "jsonpath", InputPath: "$" })).toEqual([
      onlyFor("InputPath", "JSONata", "JSONPath"),
      `${values} at /States/S/QueryLanguage`,
    ]);
    expect(inLanguage("jsonata", { ...end, Output: 1 })).toEqual([`${values} at /QueryLanguage`]);
    expect(inLanguage(5, end)).toEqual(["Expected value of type [STRING] at /QueryLanguage"]);
  });
});

describe("nesting", () => {
  const nested = (depth: number): JsonValue => {
    let state: JsonValue = end;
    for (let level = depth; level > 0; level--) {
      const graph: JsonValue = { StartAt: `S${level}`, States: { [`S${level}`]: state } };
      state = { Type: "Parallel", Branches: [graph], End: true };
    }
    return machineOf(state);
  };

  test("of graphs is limited", () => {
    expect(diagnosticsOf(nested(maximumGraphDepth))).toEqual([]);
    expect(diagnosticsOf(nested(maximumGraphDepth + 1))).toEqual([
      expect.stringMatching(/^TOO_DEEPLY_NESTED: /),
    ]);
  });
});

describe("placeholders", () => {
  const parse = (machine: JsonValue) =>
    parseDefinition(JSON.stringify(machine), { placeholders: true });

  test("stand for values that are filled in later", () => {
    const machine = {
      StartAt: "${First}",
      TimeoutSeconds: "${Timeout}",
      States: {
        S: {
          Type: "Task",
          Resource: "${FunctionArn}",
          HeartbeatSeconds: "${Heartbeat}",
          Parameters: { "a.$": "$.${Field}", b: ["${B}"] },
          InputPath: "$.${Field}",
          Retry: [{ ErrorEquals: ["A"], MaxAttempts: "${Attempts}", JitterStrategy: "${J}" }],
          Next: "${Second}",
        },
        W: { Type: "Wait", Timestamp: "${Time}", Next: "C" },
        C: {
          Type: "Choice",
          Choices: [{ Variable: "$.a", NumericEquals: "${Limit}", Next: "${Third}" }],
        },
        P: { Type: "Pass", Assign: { "${Name}": 1 }, End: true },
        X: { Type: "${Type}" },
      },
    };
    expect(parse(machine)).toEqual({ definition: undefined, diagnostics: [] });
    expect(parseDefinition(JSON.stringify(machine)).diagnostics.length).toBeGreaterThan(8);
  });

  test("do not hide other mistakes", () => {
    const machine = machineOf({
      Type: "Pass",
      Parameters: { "a.$": "$.${Field}", "b.$": "foo" },
      Foo: "${Bar}",
      End: true,
    });
    expect(parse(machine).diagnostics.map(({ message }) => message)).toEqual([
      "Field 'Foo' is not supported",
      "The value for the field 'b.$' must be a valid JSONPath or a valid intrinsic function call",
    ]);
  });

  test("in constants leave the tree complete", () => {
    const machine = machineOf({ ...end, Result: { bucket: "${Bucket}" } });
    expect(parse(machine).definition).toBeDefined();
  });
});

describe("a state alone", () => {
  test("is parsed without a machine, and may name states that are not there", () => {
    const { state, diagnostics } = parseSingleState(JSON.stringify(to("Elsewhere")));
    expect(state).toMatchObject({ Type: "Pass", Name: "StateName", Next: "Elsewhere" });
    expect(diagnostics).toEqual([]);
  });

  test("has diagnostics as if it were called StateName", () => {
    const empty = { Type: "Parallel", Branches: [], End: true };
    expect(parseSingleState(JSON.stringify(empty))).toEqual({
      state: undefined,
      diagnostics: [
        {
          severity: "ERROR",
          code: "SCHEMA_VALIDATION_FAILED",
          message: "Value cannot be empty",
          location: "/States/StateName/Branches",
        },
      ],
    });
    expect(parseSingleState("{").diagnostics).toMatchObject([{ code: "INVALID_JSON_DESCRIPTION" }]);
  });
});
