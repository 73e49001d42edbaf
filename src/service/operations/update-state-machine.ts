import type { RevisionRecord } from "../../ports/store.ts";
import { readableRevision } from "../../runtime/machines/state-machine-directory.ts";
import { checkRoleArn, refuseLabelledArn } from "../arns.ts";
import { checkConfigurations, checkLogDestination, sameConfigurations } from "../configurations.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { nextVersion, publishedVersion, shownRevisionId, versionArn } from "../versions/publish.ts";
import { checkResources } from "../resource-diagnostics.ts";
import { activeStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Gives a state machine a new revision; executions that run keep theirs.
 *
 * Observed: an update that changes nothing makes no revision and answers the present one's id, and the first revision
 * shows no id; with `publish`, it answers the version that the present revision has. One to be published alone is
 * refused, as one without any change is.
 *
 * Our own: who saves from the console may say which revision is to be replaced. AWS's API has no such condition.
 */
export const updateStateMachine: Operation<"UpdateStateMachine"> = (input, context, request) => {
  const { stateMachineArn: arn, definition, roleArn } = input;
  refuseLabelledArn(arn);
  const changesSomething =
    definition !== undefined ||
    roleArn !== undefined ||
    input.loggingConfiguration !== undefined ||
    input.tracingConfiguration !== undefined ||
    input.encryptionConfiguration !== undefined;
  if (!changesSomething) throw errors.missingUpdate();
  if (input.versionDescription !== undefined && input.publish !== true) {
    throw errors.versionDescriptionWithoutPublish();
  }
  if (roleArn !== undefined) checkRoleArn(roleArn);
  const configurations = checkConfigurations(input);

  return context.serial(arn, async () => {
    const machine = await activeStateMachine(context, arn);
    const { record } = machine;
    // Whoever gives a definition may give it another key as well: the one before may be gone.
    const { unreadable: _, ...revision } =
      definition === undefined ? readableRevision(machine).revision : machine.revision;
    const replaced = request.replacedRevisionId;
    if (replaced !== undefined && replaced !== shownRevisionId(revision)) {
      throw errors.changedMeanwhile(replaced, shownRevisionId(revision));
    }
    const compiled =
      definition === undefined
        ? machine.definition
        : await checkDefinition(definition, record.type);
    if (definition !== undefined) await checkResources(definition, context);
    await checkLogDestination(context.logGroups, input.loggingConfiguration);
    const updated: RevisionRecord = {
      ...revision,
      ...configurations,
      ...(definition !== undefined && { definition }),
      ...(roleArn !== undefined && { roleArn }),
      revisionId: context.ids.uuid(),
      initial: false,
      createdAt: context.clock.now(),
    };
    const changed = !sameRevision(revision, updated);
    const current = changed ? updated : revision;
    const published = changed ? undefined : await publishedVersion(context, record);
    // Observed: another description makes another version of the same revision.
    const isAnother =
      input.versionDescription !== undefined && input.versionDescription !== published?.description;
    const present = isAnother ? undefined : published;
    const made =
      input.publish === true && present === undefined
        ? await nextVersion(context, record, current.revisionId, input.versionDescription)
        : undefined;
    if (changed || made !== undefined) {
      const next = {
        ...record,
        revisionId: current.revisionId,
        ...(made !== undefined && { lastVersion: made.version }),
      };
      await context.engine.directory.put(next, changed ? updated : undefined, made, compiled);
    }
    const version = input.publish === true ? (made ?? present) : undefined;
    return {
      updateDate: epochSeconds(current.createdAt),
      ...(!current.initial && { revisionId: current.revisionId }),
      ...(version !== undefined && { stateMachineVersionArn: versionArn(version) }),
    };
  });
};

function sameRevision(a: RevisionRecord, b: RevisionRecord): boolean {
  return a.definition === b.definition && a.roleArn === b.roleArn && sameConfigurations(a, b);
}
