import { parseAliasArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { checkRouting, checkVersions } from "../versions/routing.ts";
import { existingAlias } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: executions that an alias has started are not changed. Our choice: the wordings. */
export const updateStateMachineAlias: Operation<"UpdateStateMachineAlias"> = (input, context) => {
  const { stateMachineAliasArn: arn, description, routingConfiguration } = input;
  const { stateMachineArn } = parseAliasArn(arn);
  if (description === undefined && routingConfiguration === undefined) {
    throw errors.missingAliasUpdate();
  }
  const routing = routingConfiguration && checkRouting(routingConfiguration);
  return context.serial(stateMachineArn, async () => {
    const alias = await existingAlias(context, arn);
    const machine = await context.engine.directory.get(stateMachineArn);
    if (machine?.record.status === "DELETING") throw errors.stateMachineDeleting(stateMachineArn);
    if (routing !== undefined) {
      if (routing.stateMachineArn !== stateMachineArn) {
        throw errors.routingConfiguration(
          `Routing configuration must contain versions of the state machine ${stateMachineArn}`,
        );
      }
      await checkVersions(context, routing);
    }
    const updatedAt = context.clock.now();
    await context.engine.directory.putAlias({
      ...alias,
      ...(description !== undefined && { description }),
      ...(routing !== undefined && { routes: routing.routes }),
      updatedAt,
    });
    return { updateDate: epochSeconds(updatedAt) };
  });
};
