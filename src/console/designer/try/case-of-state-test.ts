import type { CaseExpectation, MockedOutcome, StateMocks, TestCase } from "../../view-types.ts";

/** A test of one state: what it was given, and what TestState answered. */
export interface StateTest {
  readonly stateName: string;
  /** Whether it is a Task, or a Map with an ItemReader, which alone can be mocked. */
  readonly isMockable: boolean;
  /** Of the state. */
  readonly input: unknown;
  /** What the task returned, mocked or not, or failed with; absent: it has none. */
  readonly taskOutcome?: MockedOutcome;
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  /** Where it went. */
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * A test case of the workflow that has the state do what it did when it was tested. The other states are as in `base`, whose
 * input it has, too; without one its input is that of the state, which fits where the workflow begins there. Pure.
 */
export function caseOfStateTest(name: string, test: StateTest, base?: TestCase): TestCase {
  const { stateName, isMockable, taskOutcome } = test;
  const mocks: StateMocks =
    isMockable && taskOutcome !== undefined ? { [stateName]: { "0": taskOutcome } } : {};
  return {
    name,
    input: base === undefined ? test.input : base.input,
    mocks: { ...base?.mocks, ...mocks },
    expectation: expectationOf(test),
  };
}

function expectationOf(test: StateTest): CaseExpectation {
  const { stateName, status, nextState, error, cause } = test;
  if (status === "FAILED") {
    return {
      status: "FAILED",
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
      path: ["...", stateName],
    };
  }
  // How a retry ends is not known from the first attempt: the workflow's end is left open, too.
  if (status === "RETRIABLE") return { path: ["...", stateName, "..."] };
  return nextState === undefined
    ? { path: ["...", stateName] }
    : { path: ["...", stateName, nextState, "..."] };
}
