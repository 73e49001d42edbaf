import type { IndexedExecution } from "../index/execution-index.ts";
import { isFailure, quantile } from "../index/summaries.ts";
import type { TimeWindow, WorkflowDurations } from "../view-types.ts";

/** Our choice: workflows that are told; those that ended most come first. */
const mostTold = 50;

/** How long executions took that ended within the window, by workflow. */
export function workflowDurations(
  executions: readonly IndexedExecution[],
  { from, to }: TimeWindow,
): readonly WorkflowDurations[] {
  const ended = executions.filter(
    ({ stopDate }) => stopDate !== undefined && stopDate >= from && stopDate < to,
  );
  const grouped = Map.groupBy(ended, ({ stateMachineArn }) => stateMachineArn);
  return [...grouped]
    .flatMap(([stateMachineArn, own]): readonly WorkflowDurations[] => {
      const [first] = own;
      const took = own
        .map(({ startDate, stopDate = startDate }) => stopDate - startDate)
        .sort((a, b) => a - b);
      if (first === undefined) return [];
      return [
        {
          stateMachineArn,
          name: first.stateMachineName,
          type: first.type,
          ended: own.length,
          failed: own.filter(isFailure).length,
          p50: quantile(took, 0.5) ?? 0,
          p90: quantile(took, 0.9) ?? 0,
          p95: quantile(took, 0.95) ?? 0,
          p99: quantile(took, 0.99) ?? 0,
        },
      ];
    })
    .sort((a, b) => b.ended - a.ended)
    .slice(0, mostTold);
}
