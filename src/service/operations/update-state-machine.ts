import type { RevisionRecord } from "../../ports/store.ts";
import { checkRoleArn, refuseLabelledArn } from "../arns.ts";
import { checkConfigurations, sameConfigurations } from "../configurations.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors.ts";
import { notAvailable } from "../not-available.ts";
import type { Operation } from "../operation.ts";
import { activeStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Gives a state machine a new revision; executions that run keep theirs.
 *
 * Observed: an update that changes nothing makes no revision and answers the present one's id, and the first revision
 * shows no id.
 */
export const updateStateMachine: Operation<"UpdateStateMachine"> = (input, context) => {
  const { stateMachineArn: arn, definition, roleArn } = input;
  refuseLabelledArn(arn);
  const changesSomething =
    definition !== undefined ||
    roleArn !== undefined ||
    input.loggingConfiguration !== undefined ||
    input.tracingConfiguration !== undefined ||
    input.encryptionConfiguration !== undefined;
  if (!changesSomething && input.publish !== true) throw errors.missingUpdate();
  if (input.versionDescription !== undefined && input.publish !== true) {
    throw errors.versionDescriptionWithoutPublish();
  }
  if (roleArn !== undefined) checkRoleArn(roleArn);
  const configurations = checkConfigurations(input);

  return context.serial(arn, async () => {
    const { record, revision } = await activeStateMachine(context, arn);
    if (definition !== undefined) checkDefinition(definition, record.type);
    if (input.publish === true) {
      throw notAvailable("Publishing a version (the parameter publish of UpdateStateMachine)");
    }
    const updated: RevisionRecord = {
      ...revision,
      ...configurations,
      ...(definition !== undefined && { definition }),
      ...(roleArn !== undefined && { roleArn }),
      revisionId: context.ids.uuid(),
      initial: false,
      createdAt: context.clock.now(),
    };
    if (sameRevision(revision, updated)) {
      return {
        updateDate: epochSeconds(revision.createdAt),
        ...(!revision.initial && { revisionId: revision.revisionId }),
      };
    }
    await context.engine.directory.put({ ...record, revisionId: updated.revisionId }, updated);
    return { updateDate: epochSeconds(updated.createdAt), revisionId: updated.revisionId };
  });
};

function sameRevision(a: RevisionRecord, b: RevisionRecord): boolean {
  return a.definition === b.definition && a.roleArn === b.roleArn && sameConfigurations(a, b);
}
