import { expect, test } from "vitest";
import { caseOfStateTest } from "./case-of-state-test.ts";

const charged = { Return: { paymentId: "p-1" } };
const base = {
  name: "Base",
  input: { order: 7 },
  mocks: { Charge: { "0": { Return: null } }, Ship: { "0": { Return: {} } } },
  expectation: { output: 1 },
};

test("a state that was tested does in the workflow what it did, and goes where it went", () => {
  const test = {
    stateName: "Charge",
    isMockable: true,
    input: { total: 1 },
    taskOutcome: charged,
    status: "SUCCEEDED",
    nextState: "Ship",
  } as const;
  const expectation = { path: ["...", "Charge", "Ship", "..."] };
  expect(caseOfStateTest("New", test)).toEqual({
    name: "New",
    input: { total: 1 },
    mocks: { Charge: { "0": charged } },
    expectation,
  });
  expect(caseOfStateTest("New", test, base)).toEqual({
    name: "New",
    input: { order: 7 },
    mocks: { Charge: { "0": charged }, Ship: { "0": { Return: {} } } },
    expectation,
  });
});

test("one that failed fails the workflow, and one that cannot be mocked is not", () => {
  const failed = {
    stateName: "Check",
    isMockable: false,
    input: {},
    status: "FAILED",
    error: "States.Runtime",
    cause: "no",
  } as const;
  expect(caseOfStateTest("New", failed)).toEqual({
    name: "New",
    input: {},
    mocks: {},
    expectation: { status: "FAILED", error: "States.Runtime", cause: "no", path: ["...", "Check"] },
  });
});

test("what is known of a retry, and of the last state, is its place", () => {
  const tested = { stateName: "A", isMockable: true, input: {} };
  const pathOf = (more: object) =>
    caseOfStateTest("New", { ...tested, status: "SUCCEEDED", ...more }).expectation?.path;
  expect(pathOf({ status: "RETRIABLE" })).toEqual(["...", "A", "..."]);
  expect(pathOf({})).toEqual(["...", "A"]);
});
