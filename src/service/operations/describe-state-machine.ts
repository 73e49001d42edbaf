import type { JsonObject } from "../../expression/json.ts";
import { nameOfArn } from "../../machine/arns.ts";
import { readableRevision } from "../../runtime/machines/state-machine-directory.ts";
import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { existingStateMachine, existingTarget } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";
import { labelledMachine, splitLabel } from "../versions/labelled-machine.ts";
import { shownRevision } from "../versions/shown-revision.ts";

/**
 * Describes a state machine as it is now, as one of its versions has it, or one of its distributed Maps.
 *
 * Documented: a version shows its own ARN, date and description, a distributed Map its label. Our choice: an alias shows the
 * version that most of its executions run.
 */
export const describeStateMachine: Operation<"DescribeStateMachine"> = async (input, context) => {
  const arn = input.stateMachineArn;
  const { stateMachineArn, label } = splitLabel(arn);
  if (label !== undefined) return describeLabelled(context, input, stateMachineArn, label);
  const { routes } = await existingTarget(context, arn);
  const { stateMachine, version } = routes.reduce((most, route) =>
    route.weight > most.weight ? route : most,
  );
  const { record, revision, definition } = stateMachine;
  return {
    stateMachineArn: arn,
    name: record.name,
    status: record.status,
    type: record.type,
    creationDate: epochSeconds((version ?? record).createdAt),
    ...(version?.description !== undefined && { description: version.description }),
    ...(await shownRevision(context, revision, definition, input.includedData)),
  };
};

async function describeLabelled(
  context: ServiceContext,
  { stateMachineArn: arn, includedData }: InputOf<"DescribeStateMachine">,
  stateMachineArn: string,
  label: string,
): Promise<JsonObject> {
  const machine = await existingStateMachine(context, stateMachineArn);
  // Which Maps there are is in the definition.
  const found = labelledMachine(readableRevision(machine), label);
  if (found === undefined) throw errors.stateMachineDoesNotExist(arn);
  const { status, createdAt } = machine.record;
  return {
    stateMachineArn: arn,
    name: nameOfArn(arn),
    label,
    status,
    type: found.type,
    creationDate: epochSeconds(createdAt),
    ...(await shownRevision(context, found.revision, found.definition, includedData)),
  };
}
