import { nameOfArn } from "../../machine/arns.ts";
import { checkExecutionArn } from "../arns.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { shownRevision } from "../versions/shown-revision.ts";
import { epochSeconds } from "../timestamps.ts";

/** The state machine as this execution runs it, which may have been updated or deleted since. */
export const describeStateMachineForExecution: Operation<
  "DescribeStateMachineForExecution"
> = async (input, context) => {
  checkExecutionArn(input.executionArn);
  const record = await context.store.execution(input.executionArn);
  if (record === undefined) throw errors.executionDoesNotExist(input.executionArn);
  const { stateMachineArn, revisionId, mapRun } = record;
  const [machineArn = "", label] = stateMachineArn.split("/");
  const revision = await context.store.revision(machineArn, revisionId);
  if (revision === undefined) throw errors.executionDoesNotExist(input.executionArn);
  const definition = checkDefinition(revision.definition, "STANDARD");
  return {
    stateMachineArn,
    name: nameOfArn(stateMachineArn),
    ...(mapRun !== undefined && { mapRunArn: mapRun.mapRunArn }),
    ...(label !== undefined && { label }),
    updateDate: epochSeconds(revision.createdAt),
    ...shownRevision(revision, definition, input.includedData),
  };
};
