import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import type { ServiceContext } from "../operation.ts";

/** Documented: the page size where `maxResults` is 0 or absent. */
const defaultPageSize = 100;

export function pageSize(maxResults: number | undefined): number {
  return maxResults === undefined || maxResults === 0 ? defaultPageSize : maxResults;
}

interface PagingInput {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/**
 * One page of a listing of the store, as the operation's output.
 *
 * `listing` is what the caller must not change between pages: the operation and the arguments that choose the items.
 */
export async function storePage<T>(
  context: ServiceContext,
  input: PagingInput,
  listing: string,
  member: string,
  read: (page: PageRequest) => Promise<Page<T>>,
  show: (item: T) => JsonValue,
): Promise<JsonObject> {
  const limit = pageSize(input.maxResults);
  const after = await openToken(context, input, listing);
  const page = await read(after === undefined ? { limit } : { limit, after: after as string });
  const output: Record<string, JsonValue> = { [member]: page.items.map(show) };
  if (page.next !== undefined) output["nextToken"] = await sealToken(context, listing, page.next);
  return output;
}

/** Where the page begins that the caller asks for; `undefined` is the first. */
export async function openToken(
  context: ServiceContext,
  input: PagingInput,
  listing: string,
): Promise<JsonValue | undefined> {
  if (input.nextToken === undefined) return undefined;
  return (await context.pageTokens()).open(listing, input.nextToken, context.clock.now());
}

export async function sealToken(
  context: ServiceContext,
  listing: string,
  position: JsonValue,
): Promise<string> {
  return (await context.pageTokens()).seal(listing, position, context.clock.now());
}
