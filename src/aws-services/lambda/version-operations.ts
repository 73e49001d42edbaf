import {
  type FunctionRecord,
  type FunctionVersionRecord,
  versionPrefix,
} from "../../integrations/functions/deployed/function-record.ts";
import { textOf } from "../members.ts";
import { functionsPath } from "./create-function.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { type LambdaOperations, ofFunction, paged } from "./lambda-operation.ts";
import { publishLatest } from "./publish-version.ts";
import { shownFunction } from "./shown-function.ts";

/** *Documented*: versions, and aliases, of one page. */
export const mostOfFunction = 10_000;

const path = `${functionsPath}/{FunctionName}/versions`;

export function versionOperations(context: LambdaContext): LambdaOperations {
  return {
    PublishVersion: ofFunction("PublishVersion", {
      http: { method: "POST", path, status: 201 },
      async perform({ members, place }) {
        const record = await context.function(place);
        const published = await publishLatest(context, place, {
          description: textOf(members, "Description"),
          codeSha256: textOf(members, "CodeSha256"),
          revisionId: textOf(members, "RevisionId"),
        });
        return shownFunction(record, published, true);
      },
    }),

    ListVersionsByFunction: ofFunction("ListVersionsByFunction", {
      http: { method: "GET", path, query: { Marker: "Marker", MaxItems: "MaxItems" } },
      async perform({ members, place }) {
        const record = await context.function(place);
        const all = await allVersions(context, place.region, record);
        const { items, NextMarker } = paged(all, members, mostOfFunction);
        return {
          Versions: items.map((version) => shownFunction(record, version, true)),
          NextMarker,
        };
      },
    }),
  };
}

/** `$LATEST` and what was published. */
export async function allVersions(
  { versions }: LambdaContext,
  region: string,
  { name, latest, lastVersion }: FunctionRecord,
): Promise<readonly FunctionVersionRecord[]> {
  const found = [latest];
  if (lastVersion === 0) return found;
  for await (const { value } of versions.all(versionPrefix(region, name))) {
    // One that is being published is not there yet.
    if (Number(value.version) <= lastVersion) found.push(value);
  }
  return found;
}
