import {
  type FunctionVersionRecord,
  versionId,
} from "../../integrations/functions/deployed/function-record.ts";
import { type FunctionPlace, type LambdaContext, qualifiedArn } from "./lambda-context.ts";
import { checkRevision, lambdaErrors } from "./lambda-errors.ts";

export interface PublishWishes {
  readonly description?: string | undefined;
  readonly codeSha256?: string | undefined;
  readonly revisionId?: string | undefined;
}

/**
 * Makes a version of `$LATEST`. *Documented*: no other one where nothing has changed since the newest version.
 * The version's document is there before the function says that it is; one that nobody counts is written over.
 */
export async function publishLatest(
  context: LambdaContext,
  place: FunctionPlace,
  { description, codeSha256, revisionId }: PublishWishes = {},
): Promise<FunctionVersionRecord> {
  const { region, name } = place;
  const { latest, lastVersion } = await context.function(place);
  checkRevision(revisionId, latest.revisionId);
  if (codeSha256 !== undefined && codeSha256 !== latest.codeSha256) {
    throw lambdaErrors.invalid(
      `CodeSHA256 (${codeSha256}) is different from current CodeSHA256 in $LATEST (${latest.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const newest =
    lastVersion > 0 ? await context.versions.get(versionId(region, name, lastVersion)) : undefined;
  if (newest !== undefined && contentOf(newest) === contentOf(latest)) return newest;
  const published: FunctionVersionRecord = {
    ...latest,
    ...(description !== undefined && { description }),
    version: String(lastVersion + 1),
    revisionId: context.options.ids.uuid(),
  };
  await context.versions.update(versionId(region, name, published.version), () => published);
  await context.update(place, (before) => {
    if (before.lastVersion !== lastVersion || before.latest.revisionId !== latest.revisionId) {
      throw lambdaErrors.conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: ${qualifiedArn(place)}`,
      );
    }
    return { ...before, lastVersion: lastVersion + 1 };
  });
  return published;
}

/** What makes a version another one: code and settings. */
function contentOf(version: FunctionVersionRecord): string {
  const { version: _, revisionId: __, lastModified: ___, description: ____, ...content } = version;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
