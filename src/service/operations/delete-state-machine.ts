import { refuseLabelledArn } from "../arns.ts";
import type { Operation } from "../operation.ts";

/**
 * Deletes a state machine and ends its executions.
 *
 * It is DELETING while they end, so that none is started meanwhile; after a crash in between, the same call goes on.
 * Observed: deleting what does not exist succeeds.
 */
export const deleteStateMachine: Operation<"DeleteStateMachine"> = async (input, context) => {
  const arn = input.stateMachineArn;
  refuseLabelledArn(arn);
  await context.serial(arn, async () => {
    const { directory } = context.engine;
    const found = await directory.get(arn);
    if (found === undefined) return;
    await directory.put({ ...found.record, status: "DELETING" });
    await context.engine.abortExecutionsOf(arn);
    await directory.delete(arn);
  });
  return {};
};
