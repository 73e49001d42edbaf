import { startedByOf } from "../access/started-by.ts";
import { checkName } from "../names.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { executionInput } from "../payload-input.ts";
import { startableStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Starts an execution.
 *
 * Documented: a Standard one is idempotent by name and input while it runs; after that its name is taken.
 */
export const startExecution: Operation<"StartExecution"> = async (input, context, request) => {
  const startable = await startableStateMachine(context, input.stateMachineArn);
  if (input.name !== undefined) checkName(input.name);
  const startedBy = startedByOf(request);
  const result = await context.engine.startExecution({
    ...startable,
    input: executionInput(input.input),
    ...(input.name !== undefined && { name: input.name }),
    ...(input.traceHeader !== undefined && { traceHeader: input.traceHeader }),
    ...(request.parent !== undefined && { parent: request.parent }),
    ...(startedBy !== undefined && { startedBy }),
  });
  if (result.type === "exists") throw errors.executionAlreadyExists(result.executionArn);
  return { executionArn: result.executionArn, startDate: epochSeconds(result.startDate) };
};
