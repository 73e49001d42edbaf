import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import {
  type FunctionAliasRecord,
  type FunctionRecord,
  versionId,
} from "../../integrations/functions/deployed/function-record.ts";
import { requiredText, structureOf, textOf } from "../members.ts";
import { functionsPath } from "./create-function.ts";
import type { FunctionPlace, LambdaContext } from "./lambda-context.ts";
import { checkRevision, lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, ofFunction, paged } from "./lambda-operation.ts";
import { shownAlias } from "./shown-function.ts";
import { mostOfFunction } from "./version-operations.ts";

/** *Our choice*: a function with its aliases is one document. */
const mostAliases = 500;
const longestDescription = 256;

const path = `${functionsPath}/{FunctionName}/aliases`;
const named = `${path}/{Name}`;

export function aliasOperations(context: LambdaContext): LambdaOperations {
  const { ids } = context.options;

  /** What a request makes of an alias. */
  async function changed(
    members: JsonObject,
    place: FunctionPlace,
    before: FunctionAliasRecord,
  ): Promise<FunctionAliasRecord> {
    const after: FunctionAliasRecord = {
      ...before,
      version: textOf(members, "FunctionVersion") ?? before.version,
      description: textOf(members, "Description") ?? before.description,
      weights: isJsonObject(members["RoutingConfig"] ?? null)
        ? weightsOf(structureOf(members, "RoutingConfig"))
        : before.weights,
      revisionId: ids.uuid(),
    };
    if (after.description.length > longestDescription) {
      throw lambdaErrors.constraint(
        "description",
        after.description,
        `have length less than or equal to ${longestDescription}`,
      );
    }
    const others = Object.keys(after.weights);
    if (others.length > 0 && (after.version === "$LATEST" || others.includes(after.version))) {
      throw lambdaErrors.invalid(
        "An alias whose calls are shared out names two published versions that are not the same",
      );
    }
    for (const version of [after.version, ...others]) await checkVersion(place, version);
    return after;
  }

  async function checkVersion(
    { region, name, arn }: FunctionPlace,
    version: string,
  ): Promise<void> {
    if (version === "$LATEST") return;
    const isThere =
      /^\d+$/.test(version) &&
      (await context.versions.get(versionId(region, name, version))) !== undefined;
    if (!isThere) throw lambdaErrors.functionNotFound(`${arn}:${version}`);
  }

  const put = (place: FunctionPlace, alias: FunctionAliasRecord, wasThere: string | undefined) =>
    context.update(place, (before) => {
      if (aliasNamed(before, alias.name)?.revisionId !== wasThere) {
        throw lambdaErrors.conflict(
          wasThere === undefined
            ? `Alias already exists: ${place.arn}:${alias.name}`
            : `The alias ${place.arn}:${alias.name} is being changed by somebody else`,
        );
      }
      return { ...before, aliases: { ...before.aliases, [alias.name]: alias } };
    });

  return {
    CreateAlias: ofFunction("CreateAlias", {
      http: { method: "POST", path, status: 201 },
      async perform({ members, place }) {
        const name = aliasName(members);
        requiredText(members, "FunctionVersion");
        const { aliases } = await context.function(place);
        if (Object.keys(aliases).length >= mostAliases) {
          throw lambdaErrors.invalid(`A function has at most ${mostAliases} aliases here`);
        }
        const empty = { name, version: "", description: "", weights: {}, revisionId: "" };
        const alias = await changed(members, place, empty);
        return shownAlias(await put(place, alias, undefined), alias);
      },
    }),

    UpdateAlias: ofFunction("UpdateAlias", {
      http: { method: "PUT", path: named },
      async perform({ members, place }) {
        const before = await foundAlias(context, members, place);
        checkRevision(textOf(members, "RevisionId"), before.revisionId);
        const alias = await changed(members, place, before);
        return shownAlias(await put(place, alias, before.revisionId), alias);
      },
    }),

    GetAlias: ofFunction("GetAlias", {
      http: { method: "GET", path: named },
      async perform({ members, place }) {
        const alias = await foundAlias(context, members, place);
        return shownAlias(await context.function(place), alias);
      },
    }),

    ListAliases: ofFunction("ListAliases", {
      http: {
        method: "GET",
        path,
        query: { Marker: "Marker", MaxItems: "MaxItems", FunctionVersion: "FunctionVersion" },
      },
      async perform({ members, place }) {
        const record = await context.function(place);
        const version = textOf(members, "FunctionVersion");
        const all = Object.values(record.aliases)
          .filter((alias) => version === undefined || alias.version === version)
          .sort((one, other) => (one.name < other.name ? -1 : 1));
        const { items, NextMarker } = paged(all, members, mostOfFunction);
        return { Aliases: items.map((alias) => shownAlias(record, alias)), NextMarker };
      },
    }),

    /** *Documented*: deleting what is not there succeeds. */
    DeleteAlias: ofFunction("DeleteAlias", {
      http: { method: "DELETE", path: named, status: 204 },
      async perform({ members, place }) {
        const name = aliasName(members);
        await context.update(place, (before) => {
          const { [name]: _, ...aliases } = before.aliases;
          return { ...before, aliases };
        });
        return undefined;
      },
    }),
  };
}

async function foundAlias(
  context: LambdaContext,
  members: JsonObject,
  place: FunctionPlace,
): Promise<FunctionAliasRecord> {
  const name = aliasName(members);
  const alias = aliasNamed(await context.function(place), name);
  if (alias === undefined)
    throw lambdaErrors.notFound(`Cannot find alias arn: ${place.arn}:${name}`);
  return alias;
}

function aliasNamed({ aliases }: FunctionRecord, name: string): FunctionAliasRecord | undefined {
  return Object.hasOwn(aliases, name) ? aliases[name] : undefined;
}

/** *Documented* pattern: a number would be a version. */
function aliasName(members: JsonObject): string {
  const name = requiredText(members, "Name");
  if (/^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/.test(name) && name !== "__proto__") return name;
  throw lambdaErrors.constraint(
    "name",
    name,
    String.raw`satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)`,
  );
}

/** *Documented*: one more version, with a share from 0 to 1. */
function weightsOf(routing: JsonObject): { readonly [version: string]: number } {
  const weights = Object.entries(structureOf(routing, "AdditionalVersionWeights"));
  const isRight = weights.every(
    ([version, weight]) =>
      /^\d+$/.test(version) && typeof weight === "number" && weight >= 0 && weight <= 1,
  );
  if (!isRight || weights.length > 1) {
    throw lambdaErrors.invalid(
      "AdditionalVersionWeights names one published version and its share of the calls, from 0 to 1",
    );
  }
  return Object.fromEntries(weights as [string, number][]);
}
