import { qualifiedArn } from "../../machine/arns.ts";
import type { AliasRecord } from "../../ports/store.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { checkRouting, checkVersions, sameRoutes } from "../versions/routing.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Gives versions a name. Observed: the same again answers the alias that is there, and anything else under its name is
 * a conflict. Documented: a state machine or version that does not exist is a resource not found.
 */
export const createStateMachineAlias: Operation<"CreateStateMachineAlias"> = (input, context) => {
  const routing = checkRouting(input.routingConfiguration);
  const { stateMachineArn, routes } = routing;
  const arn = qualifiedArn(stateMachineArn, input.name);
  return context.serial(stateMachineArn, async () => {
    const machine = await context.engine.directory.get(stateMachineArn);
    if (machine === undefined) throw errors.resourceNotFound(stateMachineArn);
    if (machine.record.status === "DELETING") throw errors.stateMachineDeleting(stateMachineArn);
    await checkVersions(context, routing);
    const aliases = await context.store.aliases(stateMachineArn);
    let alias = aliases.find(({ name }) => name === input.name);
    if (alias === undefined) {
      const limit = context.limits.aliases;
      if (aliases.length >= limit) throw errors.quota("aliases", limit);
      const now = context.clock.now();
      alias = {
        stateMachineArn,
        name: input.name,
        ...(input.description !== undefined && { description: input.description }),
        routes,
        createdAt: now,
        updatedAt: now,
      } satisfies AliasRecord;
      await context.engine.directory.putAlias(alias);
    } else if (alias.description !== input.description || !sameRoutes(alias.routes, routes)) {
      throw errors.aliasExists();
    }
    return { stateMachineAliasArn: arn, creationDate: epochSeconds(alias.createdAt) };
  });
};
