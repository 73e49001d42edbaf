import type { JsonValue } from "../../expression/json.ts";
import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { DescribedExecution } from "../../runtime/engine.ts";
import { usesToReadRun } from "../access/key-uses.ts";
import { checkDescribableArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { redrivability } from "../redrivability.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Describes an execution; with `waitSeconds` it answers as soon as the execution is closed, or after that time.
 *
 * Observed: a failed one has no `outputDetails`; `redriveCount` is always there.
 */
export const describeExecution: Operation<"DescribeExecution"> = async (
  input,
  context,
  request,
) => {
  const arn = input.executionArn;
  checkDescribableArn(arn);
  if (request.waitSeconds !== undefined) {
    const signal = request.signal ?? new AbortController().signal;
    await context.engine.waitUntilClosed(arn, request.waitSeconds * 1000, signal);
  }
  const included = input.includedData !== "METADATA_ONLY";
  const found = await describedExecution(context, arn, included);
  if (found === undefined) throw errors.executionDoesNotExist(arn);
  const { record } = found;
  const output: Record<string, JsonValue> = {
    executionArn: arn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: (await isPending(context, record)) ? "PENDING_REDRIVE" : record.status,
    startDate: epochSeconds(record.startDate),
    inputDetails: { included },
    redriveCount: record.redriveCount ?? 0,
    ...(await shownRedriveStatus(context, record)),
  };
  if (record.redriveDate !== undefined) output["redriveDate"] = epochSeconds(record.redriveDate);
  if (record.mapRun !== undefined) output["mapRunArn"] = record.mapRun.mapRunArn;
  if (record.stopDate !== undefined) output["stopDate"] = epochSeconds(record.stopDate);
  if (included && found.input !== undefined) output["input"] = found.input.text;
  if (record.status === "SUCCEEDED") output["outputDetails"] = { included };
  if (included && found.output !== undefined) output["output"] = found.output.text;
  if (found.error !== undefined) output["error"] = found.error;
  if (found.cause !== undefined) output["cause"] = found.cause;
  for (const member of ["stateMachineVersionArn", "stateMachineAliasArn", "traceHeader"] as const) {
    const value = record[member];
    if (value !== undefined) output[member] = value;
  }
  return output;
};

/** Who wants no data needs no customer's key: of what one seals he sees the row alone, without error and cause. */
async function describedExecution(
  context: ServiceContext,
  arn: string,
  included: boolean,
): Promise<(Pick<DescribedExecution, "record"> & Partial<DescribedExecution>) | undefined> {
  try {
    const found = await context.engine.describeExecution(arn);
    if (included || found === undefined) return found;
    const isSealed = (await usesToReadRun(found.record, context)).length > 0;
    return isSealed ? { record: found.record } : found;
  } catch (thrown) {
    if (included || !(thrown instanceof CustomerKeyUnavailable)) throw thrown;
    const record = await context.store.execution(arn);
    return record && { record };
  }
}

/** Documented: a child of a redriven Map Run that has failed before and not begun again. */
async function isPending(
  { engine }: ServiceContext,
  { executionArn, mapRun }: ExecutionRecord,
): Promise<boolean> {
  if (mapRun === undefined) return false;
  return (await engine.pendingRedrives(mapRun.mapRunArn)).has(executionArn);
}

async function shownRedriveStatus(
  context: ServiceContext,
  record: ExecutionRecord,
): Promise<{ readonly [name: string]: JsonValue }> {
  const { status, reason } = await redrivability(context, record);
  return { redriveStatus: status, ...(reason !== undefined && { redriveStatusReason: reason }) };
}
