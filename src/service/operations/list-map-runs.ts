import { checkExecutionArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import { machineOfMapRun } from "../map-run-arns.ts";
import type { Operation } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import { epochSeconds } from "../timestamps.ts";

/** The Map Runs that an execution started, newest first. */
export const listMapRuns: Operation<"ListMapRuns"> = async (input, context) => {
  const { executionArn } = input;
  checkExecutionArn(executionArn);
  if ((await context.store.execution(executionArn)) === undefined) {
    throw errors.executionDoesNotExist(executionArn);
  }
  return storePage(
    context,
    input,
    `ListMapRuns ${executionArn}`,
    "mapRuns",
    (page) => context.store.mapRuns(executionArn, page),
    (run) => ({
      executionArn,
      mapRunArn: run.mapRunArn,
      stateMachineArn: machineOfMapRun(run.mapRunArn),
      startDate: epochSeconds(run.startDate),
      ...(run.stopDate !== undefined && { stopDate: epochSeconds(run.stopDate) }),
    }),
  );
};
