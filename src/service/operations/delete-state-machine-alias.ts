import { parseAliasArn } from "../arns.ts";
import type { Operation } from "../operation.ts";

/** Observed: deleting what does not exist succeeds. */
export const deleteStateMachineAlias: Operation<"DeleteStateMachineAlias"> = async (
  input,
  context,
) => {
  const { stateMachineArn, name } = parseAliasArn(input.stateMachineAliasArn);
  await context.serial(stateMachineArn, () =>
    context.engine.directory.deleteAlias(stateMachineArn, name),
  );
  return {};
};
