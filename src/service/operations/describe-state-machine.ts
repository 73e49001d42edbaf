import type { Operation } from "../operation.ts";
import { shownRevision } from "../shown-revision.ts";
import { existingStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

export const describeStateMachine: Operation<"DescribeStateMachine"> = async (input, context) => {
  const found = await existingStateMachine(context, input.stateMachineArn);
  const { record, revision, definition } = found;
  return {
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    type: record.type,
    creationDate: epochSeconds(record.createdAt),
    ...shownRevision(revision, definition, input.includedData),
  };
};
