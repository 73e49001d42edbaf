import { expect, test } from "vitest";
import { parsedState, stateDiagnostics } from "../definition.fixture.ts";

test("a Succeed state filters its input and ends the machine", () => {
  const state = parsedState("Succeed", { InputPath: "$.a", OutputPath: null, Comment: "done" });
  expect(state).toMatchObject({ Name: "S", Comment: "done", OutputPath: null });
});

test.each(["Next", "End", "Assign", "ResultPath", "Parameters"])(
  "a Succeed state has no %s",
  (field) => {
    expect(stateDiagnostics({ Type: "Succeed", [field]: "$" })).toEqual([
      `Field '${field}' is not supported at /States/S`,
    ]);
  },
);
