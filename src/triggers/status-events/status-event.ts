import { exceedsBytes } from "../../expression/payload.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";
import type { Redrivability } from "../../service/redrivability.ts";

/** *Documented*: where these events come from, and what they are called. */
export const statusEventSource = "aws.states";
export const statusEventType = "Step Functions Execution Status Change";

/** What an execution has come to, as an event tells it. */
export interface StatusChange {
  readonly record: ExecutionRecord;
  /** A child of a redriven Map Run that has failed before waits to begin again. */
  readonly status: ExecutionStatus | "PENDING_REDRIVE";
  /** Absent while it runs. */
  readonly stoppedAt?: EpochMs | undefined;
  readonly redriveCount: number;
  readonly redriveDate?: EpochMs | undefined;
  readonly redrivability: Redrivability;
  readonly input: string;
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** *Documented*: 248 KiB of escaped input, output and other data; what is beyond is left out. */
const mostBytes = 248 * 1024;

/**
 * The detail of an event, a JSON text. *Documented*: its members, of which those that are not there are null, and that times are in
 * milliseconds. *Observed* by others: the order of the members, and those that are about redrives, versions and aliases.
 */
export function statusDetail(change: StatusChange): string {
  const { record, status, stoppedAt, redriveCount, redriveDate, error, cause } = change;
  const { input, output } = included(change);
  const { redrivability } = change;
  return JSON.stringify({
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status,
    startDate: record.startDate,
    stopDate: stoppedAt ?? null,
    input: input ?? null,
    output: output ?? null,
    stateMachineVersionArn: record.stateMachineVersionArn ?? null,
    stateMachineAliasArn: record.stateMachineAliasArn ?? null,
    redriveCount,
    redriveDate: redriveDate ?? null,
    redriveStatus: redrivability.status,
    redriveStatusReason: redrivability.reason ?? null,
    inputDetails: { included: input !== undefined },
    outputDetails: change.output === undefined ? null : { included: output !== undefined },
    error: error ?? null,
    cause: cause ?? null,
  });
}

/** The input goes first. *Our choice*: the documentation says only what may be left out. */
function included({ input, output }: StatusChange): {
  readonly input: string | undefined;
  readonly output: string | undefined;
} {
  const escaped = output === undefined ? "" : JSON.stringify(output);
  if (!exceedsBytes(JSON.stringify(input) + escaped, mostBytes)) return { input, output };
  return { input: undefined, output: exceedsBytes(escaped, mostBytes) ? undefined : output };
}
