import type { Payload } from "../../expression/payload.ts";
import { isExpressExecution } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { ChildResult, ChildStatus } from "../../ports/map-run-io.ts";
import type { ExecutionRecord } from "../../ports/store.ts";

/** What a child was given, and what came of it. */
export interface ChildDocuments {
  readonly input: Payload;
  readonly output?: Payload;
  readonly error?: string;
  readonly cause?: string;
}

/** Reported of AWS: an Express child has none, and one that failed is redriven by its run. */
function childRedriveStatus(
  record: ExecutionRecord,
  now: EpochMs,
): { readonly status: string; readonly reason?: string } | undefined {
  if (isExpressExecution(record.executionArn)) return undefined;
  const { status, reason } = redriveStatus(record.status, record.stopDate, now);
  if (status === "REDRIVABLE") return { status: "REDRIVABLE_BY_MAP_RUN" };
  return reason === undefined ? { status } : { status, reason };
}

/** A child of a Map Run as the result writer takes it. */
export function childResultOf(
  record: ExecutionRecord,
  documents: ChildDocuments,
  now: EpochMs,
): ChildResult {
  const redrive = childRedriveStatus(record, now);
  const status: ChildStatus = record.status === "RUNNING" ? "PENDING" : record.status;
  return {
    status,
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    input: documents.input.text,
    output: documents.output?.text,
    error: documents.error,
    cause: documents.cause,
    startDate: record.startDate,
    stopDate: record.stopDate,
    redriveCount: record.redriveCount ?? 0,
    redriveDate: record.redriveDate,
    redriveStatus: redrive?.status,
    redriveStatusReason: redrive?.reason,
  };
}
