import { parseArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";

/** Changes how a Map Run goes on. Documented: only while it runs. */
export const updateMapRun: Operation<"UpdateMapRun"> = async (input, context) => {
  const { mapRunArn, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = input;
  parseArn(mapRunArn, "mapRun");
  if ((await context.engine.mapRun(mapRunArn)) === undefined) {
    throw errors.resourceNotFound(mapRunArn);
  }
  const changed = await context.engine.updateMapRun(mapRunArn, {
    ...(maxConcurrency !== undefined && { maxConcurrency }),
    ...(toleratedFailureCount !== undefined && { toleratedFailureCount }),
    ...(toleratedFailurePercentage !== undefined && { toleratedFailurePercentage }),
  });
  if (!changed) throw errors.completedMapRun();
  return {};
};
