import type {
  CaseOfExecution,
  CaseRunRequest,
  CaseRunView,
  DraftCaseRunRequest,
  MockFileCases,
  MockFileView,
  SimulationRequest,
  SimulationView,
  TestCase,
  TestCaseChange,
  TestCaseSet,
} from "../../../src/console/view-types.ts";
import { ask, send } from "./client.ts";

const cases = (arn: string) => `designer/test-cases/${encodeURIComponent(arn)}`;
const oneCase = (arn: string, name: string) => `${cases(arn)}/${encodeURIComponent(name)}`;

/** Simulations and test cases: what the designer tries a workflow with. */
export const designerTry = {
  simulate: (request: SimulationRequest) => send<SimulationView>("designer/simulate", request),
  testCases: (arn: string) => ask<TestCaseSet>(cases(arn)),
  putTestCases: (arn: string, change: TestCaseChange) =>
    send<TestCaseSet>(cases(arn), change, {}, { method: "PUT" }),
  deleteTestCases: (arn: string) => send<TestCaseSet>(cases(arn), {}, {}, { method: "DELETE" }),
  testCase: (arn: string, name: string) => ask<TestCase>(oneCase(arn, name)),
  /** Adds it, or replaces the one of that name. */
  putTestCase: (arn: string, testCase: TestCase) =>
    send<TestCaseSet>(oneCase(arn, testCase.name), testCase, {}, { method: "PUT" }),
  deleteTestCase: (arn: string, name: string) =>
    send<TestCaseSet>(oneCase(arn, name), {}, {}, { method: "DELETE" }),
  /** Runs the cases of a workflow, with a definition that may not be saved yet. */
  runCases: (arn: string, request: CaseRunRequest = {}) =>
    send<CaseRunView>(`designer/run-cases/${encodeURIComponent(arn)}`, request),
  /** The same for a workflow that is not saved yet. */
  runDraftCases: (request: DraftCaseRunRequest) => send<CaseRunView>("designer/run-cases", request),
  /** The mock file of such a one. */
  draftMockFile: (cases: readonly TestCase[], type: "STANDARD" | "EXPRESS") =>
    send<MockFileView>("designer/mock-file", { cases, type }),
  /** A mock file with these cases, or (absent) with those that are stored. */
  mockFile: (arn: string, given?: readonly TestCase[]) =>
    send<MockFileView>(`designer/mock-file/${encodeURIComponent(arn)}`, {
      ...(given && { cases: given }),
    }),
  /** What a mock file has for a state machine; nothing is stored. A mistake in it is told with its place. */
  readMockFile: (text: string, stateMachineName?: string) =>
    send<MockFileCases>("designer/read-mock-file", {
      text,
      ...(stateMachineName !== undefined && { stateMachineName }),
    }),
  /** A test case that repeats what happened in an execution. */
  caseOf: (executionArn: string) =>
    ask<CaseOfExecution>(`designer/case-of/${encodeURIComponent(executionArn)}`),
};
