import { startedByOf } from "../access/started-by.ts";
import { checkName } from "../names.ts";
import { errors } from "../errors/errors.ts";
import type { JsonValue } from "../../expression/json.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { Operation } from "../operation.ts";
import { executionInput } from "../payload-input.ts";
import { startableStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Runs an Express execution to its end. Documented: one that fails is a success of this call. */
export const startSyncExecution: Operation<"StartSyncExecution"> = async (
  input,
  context,
  request,
) => {
  const startable = await startableStateMachine(context, input.stateMachineArn);
  const { record, revision } = startable.stateMachine;
  if (record.type !== "EXPRESS") throw errors.typeNotSupported();
  if (input.name !== undefined) checkName(input.name);
  const startedBy = startedByOf(request);
  const result = await context.engine.startSyncExecution({
    ...startable,
    input: executionInput(input.input),
    ...(input.name !== undefined && { name: input.name }),
    ...(input.traceHeader !== undefined && { traceHeader: input.traceHeader }),
    ...(startedBy !== undefined && { startedBy }),
  });
  const included = input.includedData !== "METADATA_ONLY";
  const output: Record<string, JsonValue> = {
    executionArn: result.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: result.name,
    startDate: epochSeconds(result.startDate),
    stopDate: epochSeconds(result.stopDate),
    status: result.status,
    inputDetails: { included },
    outputDetails: { included },
    billingDetails: {
      billedMemoryUsedInMB: result.billed.memoryMB,
      billedDurationInMilliseconds: result.billed.durationMs,
    },
  };
  if (included) {
    output["input"] = result.input.text;
    if (result.output !== undefined) output["output"] = result.output.text;
  }
  // Whoever wants no data needs no customer's key, and sees nothing of what it seals.
  if (included || customerKeyOf(record.stateMachineArn, revision) === undefined) {
    if (result.error !== undefined) output["error"] = result.error;
    if (result.cause !== undefined) output["cause"] = result.cause;
  }
  if (input.traceHeader !== undefined) output["traceHeader"] = input.traceHeader;
  return output;
};
