import { filterText, type FilterTerm } from "../../../../src/console/filter.ts";
import type { ErrorGroup, RunStatus } from "../../../../src/console/view-types.ts";
import { withOnly } from "./filter-pieces.ts";

/** Without an error of its own a group is named by its status. */
export function statusOfGroup({ error }: Pick<ErrorGroup, "error">): RunStatus | undefined {
  return error === "TIMED_OUT" || error === "ABORTED" || error === "FAILED" ? error : undefined;
}

export function groupKey({ error, stateMachineArn, failedState }: ErrorGroup): string {
  return JSON.stringify([error, stateMachineArn, failedState]);
}

function termsOfGroup(group: ErrorGroup): readonly FilterTerm[] {
  const status = statusOfGroup(group);
  return [
    status === undefined
      ? { field: "error", value: group.error }
      : { field: "status", value: status.toLowerCase() },
    { field: "workflow", value: group.stateMachineName },
    ...(group.failedState === undefined
      ? []
      : [{ field: "state", value: group.failedState } as const]),
  ];
}

/** The filter that picks the executions of a group, within what is filtered already. */
export function groupFilter(group: ErrorGroup, within = ""): string {
  const terms = termsOfGroup(group);
  return within === "" ? filterText(terms) : withOnly(within, terms);
}
