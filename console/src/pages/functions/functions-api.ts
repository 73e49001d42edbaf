import { queryOptions } from "@tanstack/react-query";
import type { PickRow } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { designer } from "../../api/designer.ts";
import { keys } from "../../api/keys.ts";
import { callService } from "../../api/triggers.ts";

/** What Lambda's API tells of a function that was deployed, as far as it is shown. */
export interface DeployedFunction {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Role?: string;
  readonly Description?: string;
  readonly Timeout?: number;
  readonly CodeSize?: number;
  readonly LastModified: string;
  readonly Version?: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

export interface FunctionAlias {
  readonly AliasArn: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: Readonly<Record<string, number>>;
  };
}

/** A function, wherever it is known from. */
export interface ListedFunction {
  readonly arn: string;
  readonly name: string;
  /** `sample`: it comes with Stepwell, for the designer's starters. */
  readonly source: PickRow["source"] | "sample";
  /** Absent: it was not deployed. */
  readonly deployed?: DeployedFunction | undefined;
}

type Page = Readonly<Record<string, unknown>> & { readonly NextMarker?: string };

async function listAll<T>(operation: string, member: string, input: object, region?: string) {
  const items: T[] = [];
  let marker: string | undefined;
  do {
    const page: Page = await callService<Page>(
      "lambda",
      operation,
      { ...input, ...(marker !== undefined && { Marker: marker }) },
      region,
    );
    items.push(...((page[member] ?? []) as readonly T[]));
    marker = page.NextMarker;
  } while (marker !== undefined);
  return items;
}

function isSample(name: string, source: PickRow["source"]): boolean {
  return source === "configuration" && name.startsWith("stepwell-sample-");
}

/** All that run here, in the order of their names, and those that come with Stepwell last: what is configured or in the folder has no more than a name. */
export const functionsOptions = queryOptions({
  queryKey: keys.functions,
  async queryFn(): Promise<readonly ListedFunction[]> {
    const [{ rows }, deployed] = await Promise.all([
      designer.resources("function"),
      listAll<DeployedFunction>("ListFunctions", "Functions", {}),
    ]);
    const byName = new Map(deployed.map((each) => [each.FunctionName, each]));
    return rows
      .filter(({ qualifier }) => qualifier === undefined)
      .map(({ value, name, source }) => ({
        arn: value,
        name,
        source: isSample(name, source) ? ("sample" as const) : source,
        ...(source === "store" && { deployed: byName.get(name) }),
      }))
      .toSorted(
        (one, other) =>
          Number(one.source === "sample") - Number(other.source === "sample") ||
          one.name.localeCompare(other.name),
      );
  },
  refetchInterval: 10_000,
});

export const versionsOptions = (arn: string) =>
  queryOptions({
    queryKey: [...keys.functions, arn, "versions"],
    queryFn: async () => ({
      versions: (
        await listAll<DeployedFunction>(
          "ListVersionsByFunction",
          "Versions",
          { FunctionName: arn },
          regionOf(arn),
        )
      ).filter(({ Version }) => Version !== "$LATEST"),
      aliases: await listAll<FunctionAlias>(
        "ListAliases",
        "Aliases",
        { FunctionName: arn },
        regionOf(arn),
      ),
    }),
  });
