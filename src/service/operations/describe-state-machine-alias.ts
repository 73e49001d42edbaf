import type { Operation } from "../operation.ts";
import { shownRouting } from "../versions/routing.ts";
import { existingAlias } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: an alias that was not updated shows the date of its creation. */
export const describeStateMachineAlias: Operation<"DescribeStateMachineAlias"> = async (
  input,
  context,
) => {
  const alias = await existingAlias(context, input.stateMachineAliasArn);
  return {
    stateMachineAliasArn: input.stateMachineAliasArn,
    name: alias.name,
    ...(alias.description !== undefined && { description: alias.description }),
    routingConfiguration: shownRouting(alias),
    creationDate: epochSeconds(alias.createdAt),
    updateDate: epochSeconds(alias.updatedAt),
  };
};
