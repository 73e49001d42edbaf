import type { Payload } from "../expression/payload.ts";

/** One attempt of a Task in an execution that runs as a test case. */
export interface MockedAttempt {
  readonly stateMachineName: string;
  readonly testCase: string;
  readonly stateName: string;
  /** From 0: how often the execution has scheduled the state's task before, retries and iterations included. */
  readonly attempt: number;
}

/** What a mocked task comes to, instead of being performed. */
export type MockAnswer =
  | { readonly type: "return"; readonly output: Payload }
  | { readonly type: "throw"; readonly error: string; readonly cause: string | undefined }
  /** There is nothing for this attempt: the execution fails, and the cause says what to add. */
  | { readonly type: "missing"; readonly cause: string };

/** The test cases of a mock configuration. */
export interface TaskMocks {
  /** The test cases of a state machine; empty if none are known. */
  testCases(stateMachineName: string): readonly string[];
  /** `undefined`: the test case does not mock the state, whose task is performed like any other. */
  answer(attempt: MockedAttempt): MockAnswer | undefined;
}
