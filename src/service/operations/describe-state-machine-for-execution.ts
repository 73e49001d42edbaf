import { nameOfArn } from "../../machine/arns.ts";
import { checkExecutionArn } from "../arns.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { epochSeconds } from "../timestamps.ts";
import { labelledMachine, splitLabel } from "../versions/labelled-machine.ts";
import { shownRevision } from "../versions/shown-revision.ts";

/**
 * The state machine as this execution runs it, which may have been updated or deleted since. The child of a Map Run runs
 * what the Map's label stands for.
 */
export const describeStateMachineForExecution: Operation<
  "DescribeStateMachineForExecution"
> = async (input, context) => {
  checkExecutionArn(input.executionArn);
  const record = await context.store.execution(input.executionArn);
  if (record === undefined) throw errors.executionDoesNotExist(input.executionArn);
  const { stateMachineArn, revisionId, mapRun } = record;
  const { stateMachineArn: machineArn, label } = splitLabel(stateMachineArn);
  const revision = await context.store.revision(machineArn, revisionId);
  if (revision === undefined) throw errors.executionDoesNotExist(input.executionArn);
  const whole = { revision, definition: await checkDefinition(revision.definition, "STANDARD") };
  const shown = label === undefined ? whole : (labelledMachine(whole, label) ?? whole);
  return {
    stateMachineArn,
    name: nameOfArn(stateMachineArn),
    ...(mapRun !== undefined && { mapRunArn: mapRun.mapRunArn }),
    ...(label !== undefined && { label }),
    updateDate: epochSeconds(revision.createdAt),
    ...shownRevision(shown.revision, shown.definition, input.includedData),
  };
};
