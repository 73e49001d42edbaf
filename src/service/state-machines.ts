import type { LoadedStateMachine } from "../runtime/engine.ts";
import { checkStateMachineArn, refuseLabelledArn } from "./arns.ts";
import { errors } from "./errors.ts";
import type { ServiceContext } from "./operation.ts";

/** The state machine of this ARN, or the error that says what is wrong with it. */
export async function existingStateMachine(
  context: ServiceContext,
  arn: string,
): Promise<LoadedStateMachine> {
  // An ARN that is found needs no other check: the common case costs one look into the directory.
  const found = await context.engine.directory.get(arn);
  if (found !== undefined) return found;
  checkStateMachineArn(arn);
  throw errors.stateMachineDoesNotExist(arn);
}

/** The same, for what must not happen to a machine that is being deleted. */
export async function activeStateMachine(
  context: ServiceContext,
  arn: string,
): Promise<LoadedStateMachine> {
  const found = await existingStateMachine(context, arn);
  if (found.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
  return found;
}

/** The state machine that an execution can be started of. */
export async function startableStateMachine(
  context: ServiceContext,
  arn: string,
): Promise<LoadedStateMachine> {
  const found = await context.engine.directory.get(arn);
  if (found === undefined) {
    refuseLabelledArn(arn);
    throw errors.stateMachineDoesNotExist(arn);
  }
  if (found.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
  return found;
}
