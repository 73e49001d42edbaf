import { qualifiedArn } from "../../machine/arns.ts";
import type { RevisionRecord, StateMachineRecord, VersionRecord } from "../../ports/store.ts";
import { errors } from "../errors/errors.ts";
import type { ServiceContext } from "../operation.ts";

/** How the API shows the id of a revision. Documented: the one that came with the create is INITIAL. */
export function shownRevisionId(revision: RevisionRecord): string {
  return revision.initial ? "INITIAL" : revision.revisionId;
}

export function versionArn({ stateMachineArn, version }: VersionRecord): string {
  return qualifiedArn(stateMachineArn, version);
}

/** The version that the present revision was published as, if it was: it can only be the newest one. */
export async function publishedVersion(
  context: ServiceContext,
  record: StateMachineRecord,
): Promise<VersionRecord | undefined> {
  const [newest] = (await context.store.versions(record.stateMachineArn, { limit: 1 })).items;
  return newest?.revisionId === record.revisionId ? newest : undefined;
}

/**
 * The next version of a state machine, not stored yet: to be put with a record that has its number as `lastVersion`.
 *
 * Observed: a number is not given again, even if its version was deleted. Documented: how many there may be.
 */
export async function nextVersion(
  context: ServiceContext,
  { stateMachineArn, lastVersion = 0 }: Pick<StateMachineRecord, "stateMachineArn" | "lastVersion">,
  revisionId: string,
  description: string | undefined,
): Promise<VersionRecord> {
  const limit = context.limits.versions;
  if (lastVersion >= limit) {
    const { items } = await context.store.versions(stateMachineArn, { limit });
    if (items.length >= limit) throw errors.quota("versions", limit);
  }
  return {
    stateMachineArn,
    version: lastVersion + 1,
    revisionId,
    createdAt: context.clock.now(),
    ...(description !== undefined && { description }),
  };
}
