import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { ExecutionRecord, ExecutionStatus, Message } from "../../ports/store.ts";

/** What a Map Run hears of a child that has ended. */
export interface EndedChild {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly status: ExecutionStatus;
}

/** `undefined` for an execution that is no child of a Map Run. */
export function endedChild(
  { executionArn, mapRun }: ExecutionRecord,
  { status }: ExecutionSnapshot,
): EndedChild | undefined {
  return mapRun === undefined ? undefined : { mapRunArn: mapRun.mapRunArn, executionArn, status };
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
