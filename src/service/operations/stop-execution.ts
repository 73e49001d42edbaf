import { checkExecutionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { epochSeconds } from "../timestamps.ts";

/** Stops an execution. Our choice: stopping a closed one changes nothing and answers when it closed. */
export const stopExecution: Operation<"StopExecution"> = async (input, context) => {
  checkExecutionArn(input.executionArn);
  const stopDate = await context.engine.stopExecution(input.executionArn, {
    ...(input.error !== undefined && { error: input.error }),
    ...(input.cause !== undefined && { cause: input.cause }),
  });
  if (stopDate === undefined) throw errors.executionDoesNotExist(input.executionArn);
  return { stopDate: epochSeconds(stopDate) };
};
