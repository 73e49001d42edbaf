import type { StateMachineDefinition } from "../../asl/definition.ts";
import type { JsonObject } from "../../expression/json.ts";
import { nameOfArn } from "../../machine/arns.ts";
import type { ExecutionRecord, RevisionRecord } from "../../ports/store.ts";
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
  const { stateMachineArn, revisionId } = record;
  const { stateMachineArn: machineArn, label } = splitLabel(stateMachineArn);
  const revision = await context.store.revision(machineArn, revisionId);
  if (revision === undefined) throw errors.executionDoesNotExist(input.executionArn);
  const shown =
    revision.unreadable === undefined
      ? await runBy(revision, label)
      : { revision, definition: undefined };
  return {
    ...described(record, revision),
    ...(await shownRevision(context, shown.revision, shown.definition, input.includedData)),
  };
};

/** What the executions of a machine, or of one of its labels, run. */
async function runBy(
  revision: RevisionRecord,
  label: string | undefined,
): Promise<{ readonly revision: RevisionRecord; readonly definition: StateMachineDefinition }> {
  const whole = { revision, definition: await checkDefinition(revision.definition, "STANDARD") };
  return label === undefined ? whole : (labelledMachine(whole, label) ?? whole);
}

function described(
  { stateMachineArn, mapRun }: ExecutionRecord,
  { createdAt }: RevisionRecord,
): JsonObject {
  const { label } = splitLabel(stateMachineArn);
  return {
    stateMachineArn,
    name: nameOfArn(stateMachineArn),
    ...(mapRun !== undefined && { mapRunArn: mapRun.mapRunArn }),
    ...(label !== undefined && { label }),
    updateDate: epochSeconds(createdAt),
  };
}
