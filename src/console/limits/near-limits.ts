import type { Limits } from "../../machine/limits.ts";
import type { IndexedExecution } from "../index/execution-index.ts";
import type { LimitName, NearLimit } from "../view-types.ts";

/** Our choice: from this part of a limit on something is near it. */
export const nearShare = 0.8;

/** Running executions that have used up most of a limit that ends them, what is nearest first. */
export function executionsNearLimit(
  executions: readonly IndexedExecution[],
  limits: Limits,
  now: number,
): readonly NearLimit[] {
  const found: NearLimit[] = [];
  for (const execution of executions) {
    if (execution.status !== "RUNNING") continue;
    const { type, events, largestPayload, startDate } = execution;
    const add = (limit: LimitName, used: number | undefined, most: number): void => {
      if (used === undefined || !isNear(used, most)) return;
      found.push({
        limit,
        used,
        most,
        arn: execution.executionArn,
        name: execution.name,
        of: execution.stateMachineName,
      });
    };
    if (type === "STANDARD") add("historyEvents", events, limits.historyEvents);
    add("payloadBytes", largestPayload, limits.payloadBytes);
    const seconds = type === "EXPRESS" ? limits.expressSeconds : limits.standardSeconds;
    add("duration", now - startDate, seconds * 1_000);
  }
  return nearestFirst(found);
}

export function isNear(used: number, most: number): boolean {
  return used >= most * nearShare;
}

export function nearestFirst(found: readonly NearLimit[]): readonly NearLimit[] {
  return [...found].sort((a, b) => b.used / b.most - a.used / a.most);
}
