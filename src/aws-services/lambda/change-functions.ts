import { checksumOf, type CodeChecksum } from "../../integrations/functions/deployed/code-store.ts";
import {
  functionId,
  type FunctionVersionRecord,
  versionId,
} from "../../integrations/functions/deployed/function-record.ts";
import { flagOf, textOf } from "../members.ts";
import { functionsPath, passRole } from "./create-function.ts";
import { architecturesOf, changedSettings, layerArnsOf } from "./function-settings.ts";
import { type LambdaContext, qualifiedArn } from "./lambda-context.ts";
import { checkRevision, lambdaErrors } from "./lambda-errors.ts";
import { type FunctionCall, type LambdaOperations, ofFunction } from "./lambda-operation.ts";
import { layerAccess, layersOf } from "./layer-versions.ts";
import { publishLatest } from "./publish-version.ts";
import { removeUnused } from "./removed-code.ts";
import { shownFunction } from "./shown-function.ts";
import { codeAccess, uploadedArchive, withCode } from "./uploaded-code.ts";
import { allVersions } from "./version-operations.ts";

export function changeFunctions(context: LambdaContext): LambdaOperations {
  const { clock, ids, deployed } = context.options;

  async function changeLatest(
    { members, place }: FunctionCall,
    change: (before: FunctionVersionRecord) => FunctionVersionRecord,
  ) {
    const revision = textOf(members, "RevisionId");
    const replaced: FunctionVersionRecord[] = [];
    const after = await context.update(place, (before) => {
      checkRevision(revision, before.latest.revisionId);
      replaced.push(before.latest);
      const changed = change(before.latest);
      const revisionId = ids.uuid();
      return { ...before, latest: { ...changed, lastModified: clock.now(), revisionId } };
    });
    const kept = codeOfVersion(after.latest);
    const gone = replaced.flatMap(codeOfVersion).filter((checksum) => !kept.includes(checksum));
    await removeUnused(context, gone);
    return after;
  }

  return {
    UpdateFunctionCode: ofFunction("UpdateFunctionCode", {
      http: { method: "PUT", path: `${functionsPath}/{FunctionName}/code` },
      also: (members, caller) => codeAccess(members, caller),
      async perform(call) {
        const { members, place } = call;
        const record = await context.function(place);
        checkRevision(textOf(members, "RevisionId"), record.latest.revisionId);
        const architectures = architecturesOf(members);
        const archive = await uploadedArchive(context, members);
        const change = (
          before: FunctionVersionRecord,
          code: CodeChecksum,
        ): FunctionVersionRecord => ({
          ...before,
          ...code,
          ...(architectures && { architectures }),
        });
        if (flagOf(members, "DryRun")) {
          return shownFunction(record, change(record.latest, checksumOf(archive)), false);
        }
        return withCode(context, archive, async (code) => {
          const after = await changeLatest(call, (before) => change(before, code));
          if (!flagOf(members, "Publish")) return shownFunction(after, after.latest, false);
          return shownFunction(after, await publishLatest(context, place), true);
        });
      },
    }),

    UpdateFunctionConfiguration: ofFunction("UpdateFunctionConfiguration", {
      http: { method: "PUT", path: `${functionsPath}/{FunctionName}/configuration` },
      also: (members) => [...passRole(members), ...layerAccess(members)],
      async perform(call) {
        const { members, place } = call;
        await context.function(place);
        const arns = layerArnsOf(members);
        const layers = arns && (await layersOf(context, arns, place));
        const after = await changeLatest(call, (before) =>
          changedSettings(before, members, layers),
        );
        return shownFunction(after, after.latest, false);
      },
    }),

    DeleteFunction: ofFunction("DeleteFunction", {
      http: { method: "DELETE", path: `${functionsPath}/{FunctionName}`, status: 204 },
      async perform({ place }) {
        const record = await context.function(place);
        const { region, name, qualifier } = place;
        if (qualifier !== undefined) return deleteVersion({ place, record, version: qualifier });
        const versions = await allVersions(context, region, record);
        await context.functions.update(functionId(region, name), () => undefined);
        for (const { version } of versions) {
          if (version === record.latest.version) continue;
          await context.versions.update(versionId(region, name, version), () => undefined);
        }
        deployed.remove(region, name);
        await removeUnused(context, versions.flatMap(codeOfVersion));
        return undefined;
      },
    }),
  };

  async function deleteVersion({
    place,
    record,
    version,
  }: Pick<FunctionCall, "place"> & {
    readonly record: Awaited<ReturnType<LambdaContext["function"]>>;
    readonly version: string;
  }): Promise<undefined> {
    if (!/^\d+$/.test(version)) {
      throw lambdaErrors.invalid(
        version === record.latest.version
          ? `$LATEST version cannot be deleted without deleting the function.`
          : `Deletion of aliases is not currently supported.`,
      );
    }
    const named = Object.values(record.aliases).filter(
      (alias) => alias.version === version || Object.hasOwn(alias.weights, version),
    );
    if (named.length > 0) {
      const arns = named.map((alias) => `${record.arn}:${alias.name}`);
      throw lambdaErrors.conflict(
        `Version ${version} is currently referenced by aliases: [${arns.join(", ")}]`,
      );
    }
    const found: FunctionVersionRecord[] = [];
    await context.versions.update(versionId(place.region, place.name, version), (before) => {
      if (before === undefined) throw lambdaErrors.functionNotFound(qualifiedArn(place));
      found.push(before);
      return undefined;
    });
    deployed.forget(place.region, place.name);
    await removeUnused(context, found.flatMap(codeOfVersion));
    return undefined;
  }
}

function codeOfVersion({ codeSha256, layers }: FunctionVersionRecord): readonly string[] {
  return [codeSha256, ...layers.map((layer) => layer.codeSha256)];
}
