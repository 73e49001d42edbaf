import { qualifiedArn, stateMachineArn } from "../../machine/arns.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { RevisionRecord, StateMachineRecord } from "../../ports/store.ts";
import { readableRevision } from "../../runtime/machines/state-machine-directory.ts";
import { checkRoleArn } from "../arns.ts";
import { checkConfigurations, checkLogDestination, sameConfigurations } from "../configurations.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors/errors.ts";
import { checkName } from "../names.ts";
import { checkResources } from "../resource-diagnostics.ts";
import type { Operation } from "../operation.ts";
import { nextVersion } from "../versions/publish.ts";
import { withTags } from "../tags/tag-list.ts";
import { epochSeconds } from "../timestamps.ts";

/** What a create publishes. */
const firstVersion = 1;

/**
 * Creates a state machine with its first revision.
 *
 * Idempotent by name, where definition (as text), type, configurations and what is to be published are the same;
 * another role or other tags are ignored and not applied. Documented; observed: a definition that is formatted differently is another one.
 */
export const createStateMachine: Operation<"CreateStateMachine"> = async (input, context) => {
  const { name, definition, roleArn, type = "STANDARD" } = input;
  if (input.versionDescription !== undefined && input.publish !== true) {
    throw errors.versionDescriptionWithoutPublish();
  }
  checkName(name);
  checkRoleArn(roleArn);
  const arn = stateMachineArn(context.scope, name);
  const tags = withTags(arn, {}, input.tags ?? []);
  const configurations = checkConfigurations(input);
  const compiled = await checkDefinition(definition, type);
  await checkResources(definition, context);
  await checkLogDestination(context.logGroups, input.loggingConfiguration);
  const { versionDescription: description } = input;
  const published =
    input.publish === true ? { ...(description !== undefined && { description }) } : undefined;

  return context.serial(arn, async () => {
    const existing = await context.engine.directory.get(arn);
    if (existing !== undefined) {
      if (existing.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
      const { revision: present } = readableRevision(existing);
      const same =
        existing.record.type === type &&
        present.definition === definition &&
        sameConfigurations(present, configurations) &&
        samePublished(existing.record.published, published);
      if (!same) throw errors.stateMachineAlreadyExists(arn);
      return created(existing.record);
    }
    const createdAt = context.clock.now();
    const revisionId = context.ids.uuid();
    const version =
      published &&
      (await nextVersion(context, { stateMachineArn: arn }, revisionId, published.description));
    const record: StateMachineRecord = {
      stateMachineArn: arn,
      name,
      type,
      status: "ACTIVE",
      createdAt,
      revisionId,
      ...(version !== undefined && { lastVersion: version.version }),
      ...(published !== undefined && { published }),
      tags,
    };
    const revision: RevisionRecord = {
      stateMachineArn: arn,
      revisionId,
      initial: true,
      createdAt,
      definition,
      roleArn,
      ...configurations,
    };
    await context.engine.directory.put(record, revision, version, compiled);
    return created(record);
  });
};

function created(record: StateMachineRecord): JsonObject {
  return {
    stateMachineArn: record.stateMachineArn,
    creationDate: epochSeconds(record.createdAt),
    ...(record.published !== undefined && {
      stateMachineVersionArn: qualifiedArn(record.stateMachineArn, firstVersion),
    }),
  };
}

type Published = StateMachineRecord["published"];

function samePublished(a: Published, b: Published): boolean {
  return (a === undefined) === (b === undefined) && a?.description === b?.description;
}
