import type { IndexedExecution } from "../index/execution-index.ts";
import { rowOf } from "../index/summaries.ts";
import type { NeighboursView } from "../view-types.ts";

/**
 * The executions of the same workflow beside this one, by when they started. `newestFirst` are all that are remembered;
 * of one that is not among them nothing is told.
 */
export function neighboursOf(
  executionArn: string,
  newestFirst: readonly IndexedExecution[],
): NeighboursView {
  const self = newestFirst.find((each) => each.executionArn === executionArn);
  if (self === undefined) return {};
  const runs = newestFirst.filter(
    ({ stateMachineArn }) => stateMachineArn === self.stateMachineArn,
  );
  const place = runs.indexOf(self);
  const [newer, older] = [runs[place - 1], runs[place + 1]];
  const succeeded = runs.find((each) => each !== self && each.status === "SUCCEEDED");
  return {
    ...(older && { older: rowOf(older) }),
    ...(newer && { newer: rowOf(newer) }),
    ...(succeeded && { lastSucceeded: rowOf(succeeded) }),
  };
}
