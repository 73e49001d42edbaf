import { expect, test } from "vitest";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

const branch = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: "Pass", End: true } },
});

test("a Parallel state holds a graph for each branch, in their order", () => {
  const state = parsedState("Parallel", {
    Branches: [branch("A"), branch("B")],
    ResultSelector: { "first.$": "$[0]" },
    End: true,
  });
  expect(state.Branches.map((graph) => graph.StartAt)).toEqual(["A", "B"]);
  expect(state.Branches[1]?.States.get("B")).toMatchObject({ Type: "Pass", Name: "B" });
  expect(state).toMatchObject({ Retry: [], Catch: [] });
});

test("there is at least one branch", () => {
  expect(stateDiagnostics({ Type: "Parallel", Branches: [], End: true })).toEqual([
    "Value cannot be empty at /States/S/Branches",
  ]);
  expect(stateDiagnostics({ Type: "Parallel", End: true })).toEqual([
    "These fields are required: [Branches] at /States/S",
  ]);
});

test("a branch is an object with a start and states, and nothing of the machine's own", () => {
  expect(
    stateDiagnostics({
      Type: "Parallel",
      Branches: [1, {}, { ...branch("A"), QueryLanguage: "JSONata", TimeoutSeconds: 1 }],
      End: true,
    }),
  ).toEqual([
    "Expected value of type [OBJECT] at /States/S/Branches[0]",
    "These fields are required: [States, StartAt] at /States/S/Branches[1]",
    "Field 'QueryLanguage' is not supported at /States/S/Branches[2]",
    "Field 'TimeoutSeconds' is not supported at /States/S/Branches[2]",
  ]);
  expect(stateDiagnostics({ Type: "Parallel", Branches: {}, End: true })).toEqual([
    "Expected value of type [ARRAY] at /States/S/Branches",
  ]);
});

test("a branch speaks the machine's language, not that of the state", () => {
  const Branches = [
    { StartAt: "A", States: { A: { Type: "Pass", Output: "{% 1 %}", End: true } } },
  ];
  expect(
    stateDiagnostics({ Type: "Parallel", QueryLanguage: "JSONata", Branches, End: true }),
  ).toEqual([
    "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported for the 'JSONata' QueryLanguage at /States/S/Branches[0]/States/A",
  ]);
});
