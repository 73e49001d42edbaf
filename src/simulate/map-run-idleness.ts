import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { ExecutionRecord } from "../ports/store.ts";

/** Follows the Map Runs of a process, to know when time must not be skipped because of one. */
export interface MapRunIdleness {
  note(record: ExecutionRecord, events: readonly JournalEvent[]): void;
  /** Whether a run has no child that runs: it reads its items or writes its results, which takes real time. */
  busy(): boolean;
}

export function createMapRunIdleness(): MapRunIdleness {
  /** Running children of each run that is under way. */
  const children = new Map<string, Set<string>>();
  /** The run that each line of control waits for. */
  const waitedFor = new Map<string, string>();

  function noteRun(lane: string, event: JournalEvent): void {
    switch (event.type) {
      case "MapRunStarted":
      case "MapRunRedriven":
        waitedFor.set(lane, event.details.mapRunArn);
        children.set(event.details.mapRunArn, new Set());
        break;
      case "MapRunSucceeded":
      case "MapRunFailed":
      case "MapRunAborted":
        children.delete(waitedFor.get(lane) ?? "");
        waitedFor.delete(lane);
        break;
      default:
        break;
    }
  }

  return {
    note(record, events) {
      const { executionArn, mapRun } = record;
      const siblings = mapRun && children.get(mapRun.mapRunArn);
      for (const event of events) {
        noteRun(`${executionArn} ${event.branch}`, event);
        if (event.type === "ExecutionStarted") siblings?.add(executionArn);
        else if (isEnd(event)) {
          siblings?.delete(executionArn);
          for (const [lane, mapRunArn] of waitedFor) {
            if (!lane.startsWith(`${executionArn} `)) continue;
            waitedFor.delete(lane);
            children.delete(mapRunArn);
          }
        }
      }
    },
    busy: () => [...children.values()].some((running) => running.size === 0),
  };
}

function isEnd({ type }: JournalEvent): boolean {
  return (
    type === "ExecutionSucceeded" ||
    type === "ExecutionFailed" ||
    type === "ExecutionAborted" ||
    type === "ExecutionTimedOut"
  );
}
