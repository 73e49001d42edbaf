import type { Operation } from "../operation.ts";
import { shownRevision } from "../versions/shown-revision.ts";
import { existingTarget } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Describes a state machine as it is now, or as one of its versions has it.
 *
 * Documented: a version shows its own ARN, date and description. Our choice: an alias shows the version that most of
 * its executions run.
 */
export const describeStateMachine: Operation<"DescribeStateMachine"> = async (input, context) => {
  const arn = input.stateMachineArn;
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
    ...shownRevision(revision, definition, input.includedData),
  };
};
