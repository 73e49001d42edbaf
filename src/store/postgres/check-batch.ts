import type { ExecutionWrite } from "../../ports/store.ts";
import { checkWrite, refuse } from "../check-write.ts";

/**
 * Refuses the first write of a batch that contradicts what is stored or what the batch wrote before it. `running` has each
 * execution of the batch that is stored, and whether it runs.
 */
export function checkBatch(writes: readonly ExecutionWrite[], running: Map<string, boolean>): void {
  for (const write of writes) {
    checkWrite(write);
    const { executionArn, start, closed, parked, redriven } = write;
    let runs = running.get(executionArn);
    if (start !== undefined) {
      if (runs !== undefined) refuse(executionArn, "it has started already");
      runs = start.status === "RUNNING";
    }
    if (runs === undefined) refuse(executionArn, "there is no such execution");
    if (redriven !== undefined) {
      if (runs) refuse(executionArn, "it is redriven but has not ended");
      runs = true;
    }
    if (closed !== undefined) {
      if (!runs) refuse(executionArn, "it has ended already");
      runs = false;
    }
    if (parked && !runs) refuse(executionArn, "it is parked but does not run");
    running.set(executionArn, runs);
  }
}
