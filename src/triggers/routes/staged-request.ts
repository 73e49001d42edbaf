import { defaultRouteKey } from "./route-key.ts";
import type { ApiRecord } from "./api-record.ts";

/** What a path asks for. */
export interface StagedPath {
  /** The API's name or id. */
  readonly api: string;
  /** What follows it, split at slashes; decoded. */
  readonly rest: readonly string[];
}

/** Splits `orders/prod/items/7`. `undefined`: its escapes are none. */
export function stagedPath(path: string): StagedPath | undefined {
  try {
    const [api = "", ...rest] = path.split("/").map(decodeURIComponent);
    // A slash at the end is the root of the API, and nothing elsewhere.
    return { api, rest: rest.at(-1) === "" ? rest.slice(0, -1) : rest };
  } catch {
    return undefined;
  }
}

/** The stage that is served without its name. *Documented*: `$default`. */
export const defaultStage = defaultRouteKey;

/** The stage that a path is of, and what is left of it; `undefined`: the API has no such stage. */
export function stageOf(
  { stages }: Pick<ApiRecord, "stages">,
  rest: readonly string[],
): { readonly stage: string; readonly path: readonly string[] } | undefined {
  const [first = ""] = rest;
  if (first !== defaultStage && Object.hasOwn(stages, first)) {
    return { stage: first, path: rest.slice(1) };
  }
  return Object.hasOwn(stages, defaultStage) ? { stage: defaultStage, path: rest } : undefined;
}
