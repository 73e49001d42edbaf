import { filterText, type FilterTerm } from "../../../../src/console/filter.ts";
import type { ErrorGroup } from "../../../../src/console/view-types.ts";

/** What finds the executions of a workflow. */
export function workflowFilter(name: string, ...more: readonly FilterTerm[]): string {
  return filterText([{ field: "workflow", value: name }, ...more]);
}

/** What finds the executions of a group of errors. */
export function errorFilter({ stateMachineName, failedState, error }: ErrorGroup): string {
  // A group without an error has the status's name in its place.
  const isStatus = /^(?:FAILED|TIMED_OUT|ABORTED)$/.test(error);
  return workflowFilter(
    stateMachineName,
    ...(failedState === undefined ? [] : [{ field: "state", value: failedState } as const]),
    isStatus ? { field: "status", value: error.toLowerCase() } : { field: "error", value: error },
  );
}
