import { textOf } from "../members.ts";
import type { FunctionRecord } from "../../integrations/functions/deployed/function-record.ts";
import { functionsPath } from "./create-function.ts";
import { allVersions } from "./version-operations.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { type LambdaOperations, ofFunction, paged } from "./lambda-operation.ts";
import { shownFunction } from "./shown-function.ts";

/** *Documented*: functions of one page. */
const mostFunctions = 50;

export function readFunctions(context: LambdaContext): LambdaOperations {
  return {
    GetFunction: ofFunction("GetFunction", {
      http: { method: "GET", path: `${functionsPath}/{FunctionName}` },
      async perform({ place }) {
        const { record, version } = await context.version(place);
        const { tags, reservedConcurrency } = record;
        return {
          Configuration: shownFunction(record, version, place.qualifier !== undefined),
          Code: {
            RepositoryType: "S3",
            Location: await context.options.codeLinks.url(version.codeSha256),
          },
          ...(Object.keys(tags).length > 0 && { Tags: tags }),
          ...(reservedConcurrency !== undefined && {
            Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
          }),
        };
      },
    }),

    GetFunctionConfiguration: ofFunction("GetFunctionConfiguration", {
      http: { method: "GET", path: `${functionsPath}/{FunctionName}/configuration` },
      async perform({ place }) {
        const { record, version } = await context.version(place);
        return shownFunction(record, version, place.qualifier !== undefined);
      },
    }),

    ListFunctions: {
      http: {
        method: "GET",
        path: functionsPath,
        query: { Marker: "Marker", MaxItems: "MaxItems", FunctionVersion: "FunctionVersion" },
      },
      prepare({ members }, { caller }) {
        return {
          access: [{ action: "lambda:ListFunctions", resource: "*" }],
          async perform() {
            const found: FunctionRecord[] = [];
            for await (const { value } of context.functions.all(`${caller.region}/`)) {
              found.push(value);
            }
            const { items, NextMarker } = paged(found, members, mostFunctions);
            const isEvery = textOf(members, "FunctionVersion") === "ALL";
            const shown = await Promise.all(
              items.map(async (record) => {
                const versions = isEvery
                  ? await allVersions(context, caller.region, record)
                  : [record.latest];
                return versions.map((version) => shownFunction(record, version, isEvery));
              }),
            );
            return { members: { Functions: shown.flat(), NextMarker } };
          },
        };
      },
    },

    /** *Documented*: empty for a function without one. */
    GetFunctionCodeSigningConfig: ofFunction("GetFunctionCodeSigningConfig", {
      http: { method: "GET", path: "/2020-06-30/functions/{FunctionName}/code-signing-config" },
      async perform({ place }) {
        const { name } = await context.function(place);
        return { FunctionName: name };
      },
    }),
  };
}
