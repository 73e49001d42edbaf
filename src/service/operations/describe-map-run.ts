import type { JsonObject } from "../../expression/json.ts";
import type { MapRunCounts } from "../../ports/map-run-store.ts";
import { parseArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { epochSeconds } from "../timestamps.ts";

/** A Map Run with the counts of its items and of its child executions. */
export const describeMapRun: Operation<"DescribeMapRun"> = async (input, context) => {
  const { mapRunArn } = input;
  parseArn(mapRunArn, "mapRun");
  const run = await context.engine.mapRun(mapRunArn);
  if (run === undefined) throw errors.resourceNotFound(mapRunArn);
  return {
    mapRunArn,
    executionArn: run.executionArn,
    status: run.status,
    startDate: epochSeconds(run.startDate),
    ...(run.stopDate !== undefined && { stopDate: epochSeconds(run.stopDate) }),
    maxConcurrency: run.maxConcurrency,
    toleratedFailurePercentage: run.toleratedFailurePercentage,
    toleratedFailureCount: run.toleratedFailureCount,
    itemCounts: shownCounts(run.itemCounts),
    executionCounts: shownCounts(run.executionCounts),
    redriveCount: run.redriveCount,
    ...(run.redriveDate !== undefined && { redriveDate: epochSeconds(run.redriveDate) }),
  };
};

function shownCounts(counts: MapRunCounts): JsonObject {
  return { ...counts };
}
