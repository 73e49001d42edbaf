import { parseVersionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";

/**
 * Deletes a version; executions that run on it go on.
 *
 * Observed: one that an alias refers to stays, and deleting what does not exist succeeds.
 */
export const deleteStateMachineVersion: Operation<"DeleteStateMachineVersion"> = async (
  input,
  context,
) => {
  const { stateMachineArn, version } = parseVersionArn(input.stateMachineVersionArn);
  await context.serial(stateMachineArn, async () => {
    const aliases = await context.store.aliases(stateMachineArn);
    const referring = aliases.filter(({ routes }) =>
      routes.some((route) => route.version === version),
    );
    if (referring.length > 0) throw errors.versionInUse(referring.map(({ name }) => name));
    await context.engine.directory.deleteVersion(stateMachineArn, version);
  });
  return {};
};
