import { refuseLabelledArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { nextVersion, publishedVersion, shownRevisionId, versionArn } from "../versions/publish.ts";
import { activeStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Publishes the present revision as a version.
 *
 * Observed: a revision that is published already answers its version, and one that is asked for but is not the present
 * one is a conflict.
 */
export const publishStateMachineVersion: Operation<"PublishStateMachineVersion"> = (
  input,
  context,
) => {
  const arn = input.stateMachineArn;
  refuseLabelledArn(arn);
  return context.serial(arn, async () => {
    const { record, revision } = await activeStateMachine(context, arn);
    const current = shownRevisionId(revision);
    if (input.revisionId !== undefined && input.revisionId !== current) {
      throw errors.revisionConflict(input.revisionId, current);
    }
    let version = await publishedVersion(context, record);
    if (version === undefined) {
      version = await nextVersion(context, record, revision.revisionId, input.description);
      const published = { ...record, lastVersion: version.version };
      await context.engine.directory.put(published, undefined, version);
    }
    return {
      creationDate: epochSeconds(version.createdAt),
      stateMachineVersionArn: versionArn(version),
    };
  });
};
