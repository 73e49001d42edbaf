import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { ExecutionRecord, ExecutionStatus, Message } from "../../ports/store.ts";

/** What a Map Run hears of a child that has ended. */
export interface EndedChild {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  /** How often it had been redriven when it ended; absent: that is not known. */
  readonly redriveCount?: number;
}

/** `undefined` for an execution that is no child of a Map Run. */
export function endedChild(
  { executionArn, mapRun }: ExecutionRecord,
  { status, redriveCount }: ExecutionSnapshot,
): EndedChild | undefined {
  if (mapRun === undefined) return undefined;
  return { mapRunArn: mapRun.mapRunArn, executionArn, status, redriveCount };
}

/** The message of it to the execution that started the run. A child that was redriven ends once more. */
export function endedChildMessage(
  child: EndedChild,
  { redriveCount }: ExecutionSnapshot,
  to: string,
): Message {
  return {
    id: `map run child ${child.executionArn} ${redriveCount}`,
    to,
    body: JSON.stringify(child),
  };
}
