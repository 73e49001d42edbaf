import type { TaskMocks } from "../../ports/task-mocks.ts";
import type { MockConfiguration } from "./mock-configuration.ts";

/**
 * Answers tasks by a mock configuration: the n-th attempt at a state with the entry that is numbered n.
 *
 * Observed by users of Step Functions Local: an attempt that no entry is numbered for fails the execution with
 * `States.Runtime`. The wording is ours.
 */
export function createTaskMocks({ stateMachines, responses }: MockConfiguration): TaskMocks {
  return {
    testCases: (stateMachineName) => [...(stateMachines.get(stateMachineName)?.keys() ?? [])],
    answer({ stateMachineName, testCase, stateName, attempt }) {
      const response = stateMachines.get(stateMachineName)?.get(testCase)?.get(stateName);
      if (response === undefined) return undefined;
      const entries = responses.get(response) ?? [];
      const entry = entries.find(({ first, last }) => first <= attempt && attempt <= last);
      if (entry !== undefined) return entry.outcome;
      const last = entries.at(-1)?.last;
      const has = last === undefined ? "it has none" : `its last one is ${last}`;
      return {
        type: "missing",
        cause: `The mocked response '${response}' has no entry for attempt ${attempt} at the state '${stateName}': ${has}.`,
      };
    },
  };
}
