import { checkActivityArn } from "../arns.ts";
import type { Operation } from "../operation.ts";

/** Observed: deleting what does not exist succeeds. */
export const deleteActivity: Operation<"DeleteActivity"> = async (input, context) => {
  const arn = input.activityArn;
  checkActivityArn(arn);
  await context.serial(arn, async () => {
    await context.store.deleteActivity(arn);
    context.engine.activityChanged(arn, false);
  });
  return {};
};
