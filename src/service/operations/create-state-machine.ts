import { stateMachineArn } from "../../machine/arns.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { RevisionRecord, StateMachineRecord } from "../../ports/store.ts";
import { checkRoleArn } from "../arns.ts";
import { checkConfigurations, sameConfigurations } from "../configurations.ts";
import { checkDefinition } from "../definitions.ts";
import { errors } from "../errors.ts";
import { checkName } from "../names.ts";
import { notAvailable } from "../not-available.ts";
import type { Operation } from "../operation.ts";
import { withTags } from "../tag-list.ts";
import { epochSeconds } from "../timestamps.ts";

/**
 * Creates a state machine with its first revision.
 *
 * Idempotent by name, where definition (as text), type and configurations are the same; another role or other tags
 * are ignored and not applied. Documented; observed: a definition that is formatted differently is another one.
 */
export const createStateMachine: Operation<"CreateStateMachine"> = (input, context) => {
  const { name, definition, roleArn, type = "STANDARD" } = input;
  if (input.versionDescription !== undefined && input.publish !== true) {
    throw errors.versionDescriptionWithoutPublish();
  }
  checkName(name);
  checkRoleArn(roleArn);
  const arn = stateMachineArn(context.scope, name);
  const tags = withTags(arn, {}, input.tags ?? []);
  const configurations = checkConfigurations(input);
  checkDefinition(definition, type);
  if (input.publish === true) {
    throw notAvailable("Publishing a version (the parameter publish of CreateStateMachine)");
  }

  return context.serial(arn, async () => {
    const existing = await context.engine.directory.get(arn);
    if (existing !== undefined) {
      if (existing.record.status === "DELETING") throw errors.stateMachineDeleting(arn);
      const same =
        existing.record.type === type &&
        existing.revision.definition === definition &&
        sameConfigurations(existing.revision, configurations);
      if (!same) throw errors.stateMachineAlreadyExists(arn);
      return created(existing.record);
    }
    const createdAt = context.clock.now();
    const revisionId = context.ids.uuid();
    const record: StateMachineRecord = {
      stateMachineArn: arn,
      name,
      type,
      status: "ACTIVE",
      createdAt,
      revisionId,
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
    await context.engine.directory.put(record, revision);
    return created(record);
  });
};

function created(record: StateMachineRecord): JsonObject {
  return {
    stateMachineArn: record.stateMachineArn,
    creationDate: epochSeconds(record.createdAt),
  };
}
