import { nameOfArn } from "../../machine/arns.ts";
import type { StartedBy } from "../../machine/started-by.ts";
import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { ExecutionChange, ExecutionView, RunStatus } from "../view-types.ts";
import type { LiveExecution } from "./live-executions.ts";

/** The execution as it is now. `definition` is the one that it runs by. */
export function executionView(live: LiveExecution, definition: string, now: number): ExecutionView {
  const { record, type, fold } = live;
  const { snapshot } = fold;
  return {
    executionArn: record.executionArn,
    name: record.name,
    stateMachineArn: record.stateMachineArn,
    stateMachineName: nameOfArn(record.stateMachineArn),
    ...(record.stateMachineVersionArn && { stateMachineVersionArn: record.stateMachineVersionArn }),
    ...(record.stateMachineAliasArn && { stateMachineAliasArn: record.stateMachineAliasArn }),
    type,
    ...(live.isTruncated && { isTruncated: true }),
    status: record.status,
    startDate: record.startDate,
    ...(record.stopDate !== undefined && { stopDate: record.stopDate }),
    ...(snapshot.error !== undefined && { error: snapshot.error }),
    ...(snapshot.cause !== undefined && { cause: snapshot.cause }),
    ...redrives(live, now),
    roleArn: snapshot.roleArn,
    ...startedBy(live),
    ...(record.parent && { parentArn: record.parent.executionArn }),
    ...(record.mapRun && { mapRunArn: record.mapRun.mapRunArn }),
    lastEventId: fold.lastEventId,
    transitions: fold.transitions,
    ...(fold.largestPayload && { largestPayload: fold.largestPayload }),
    definition,
    nodes: fold.nodesSince(0),
    edges: fold.edgesSince(0),
    visitCount: fold.visitCount,
    ...(fold.failedVisit !== undefined && { failedVisit: fold.failedVisit }),
  };
}

/** What has changed after the event `since`. */
export function executionChange(live: LiveExecution, since: number, now: number): ExecutionChange {
  const { record, fold } = live;
  const { snapshot } = fold;
  return {
    executionArn: record.executionArn,
    lastEventId: fold.lastEventId,
    status: record.status as RunStatus,
    ...(snapshot.stoppedAt !== 0 && { stopDate: snapshot.stoppedAt }),
    ...(snapshot.error !== undefined && { error: snapshot.error }),
    ...(snapshot.cause !== undefined && { cause: snapshot.cause }),
    ...redrives(live, now),
    transitions: fold.transitions,
    ...(fold.largestPayload && { largestPayload: fold.largestPayload }),
    visitCount: fold.visitCount,
    ...(fold.failedVisit !== undefined && { failedVisit: fold.failedVisit }),
    nodes: fold.nodesSince(since),
    edges: fold.edgesSince(since),
    visits: fold.visitsSince(since),
  };
}

/** A Map Run starts its children, and runs them again, in its machine's role: nothing of that is stored with each. */
function byMapRun({ record: { mapRun }, fold }: LiveExecution): StartedBy | undefined {
  return mapRun && { principal: fold.snapshot.roleArn, via: mapRun.mapRunArn };
}

function startedBy(live: LiveExecution): Pick<ExecutionView, "startedBy"> {
  const by = live.record.startedBy ?? byMapRun(live);
  return by === undefined ? {} : { startedBy: by };
}

function redrivenBy(live: LiveExecution): Pick<ExecutionView, "redrivenBy"> {
  const isRedriven = live.fold.snapshot.redriveCount > 0;
  const by = live.fold.redrivenBy ?? (isRedriven ? byMapRun(live) : undefined);
  return by === undefined ? {} : { redrivenBy: by };
}

function redrives(live: LiveExecution, now: number) {
  const { record, type, fold } = live;
  const { reason } = redriveStatus(fold.snapshot.status, record.stopDate, now);
  const byRun = record.mapRun === undefined ? undefined : "Execution is redriven by its Map Run";
  const notRedrivable =
    type === "EXPRESS" ? "Express executions cannot be redriven" : (reason ?? byRun);
  return {
    redriveCount: record.redriveCount ?? 0,
    ...(record.redriveDate !== undefined && { redriveDate: record.redriveDate }),
    ...redrivenBy(live),
    ...(notRedrivable !== undefined && { notRedrivable }),
  };
}
