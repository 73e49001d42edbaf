import type {
  AttributeValue,
  GetItemCommandInput,
  QueryCommandInput,
  ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import type { MemoryOperations } from "../memory-operation.ts";
import { type Item, itemBytes, shownItem } from "./attribute.ts";
import { readCapacity } from "./consumed-capacity.ts";
import type { ExpressionNames } from "./expressions/expression-names.ts";
import { keyCondition } from "./expressions/key-condition.ts";
import { matches } from "./expressions/matches.ts";
import { parseCondition } from "./expressions/parse-condition.ts";
import { parseProjection } from "./expressions/parse-projection.ts";
import { project } from "./expressions/paths.ts";
import { type ReadFrom, sourceOf, startKeyOf } from "./item-source.ts";
import { checkKey, keyParts } from "./item-key.ts";
import { readItem } from "./read-attribute.ts";
import { readExpressions } from "./request-expressions.ts";
import type { Tables } from "./tables.ts";
import { invalid } from "./validation.ts";

/** *Documented*: 1 MB of items a page, before the filter. */
const largestPage = 1024 * 1024;

/** `GetItem`, `Query` and `Scan`. */
export function readOperations(tables: Tables): MemoryOperations {
  return {
    GetItem(input: GetItemCommandInput) {
      const key = readItem(input.Key as Record<string, AttributeValue>);
      const shape = readExpressions(input, ["ProjectionExpression"], (names) =>
        projectionOf(input, names),
      );
      const table = tables.get(input.TableName as string);
      checkKey(key, table);
      const item = table.get(key);
      const items = item === undefined ? [] : [item];
      return {
        ...(item && { Item: shownItem(shape(item)) }),
        ...readCapacity([{ table, items }], input.ConsistentRead, input),
      };
    },

    Query(input: QueryCommandInput) {
      const { KeyConditionExpression: expression } = input;
      const members = [
        "ProjectionExpression",
        "FilterExpression",
        "KeyConditionExpression",
      ] as const;
      const { key, filter, shape } = readExpressions(input, members, (names) => {
        if (expression === undefined) {
          throw invalid(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
          );
        }
        const condition = parseCondition("KeyConditionExpression", expression, names);
        return { key: condition, ...partsOf(input, names) };
      });
      const table = tables.get(input.TableName as string);
      const from = sourceOf(table, input);
      const { partition, sort } = keyCondition(key.condition, from.keys);
      for (const { name } of keyParts(from.keys)) {
        if (!filter.paths.some(([head]) => head === name)) continue;
        throw invalid(
          `Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`,
        );
      }
      const found = from.partition(partition);
      const ordered = input.ScanIndexForward === false ? found.toReversed() : found;
      const wanted = sort === undefined ? ordered : ordered.filter((item) => matches(sort, item));
      const start = startKeyOf(input, from);
      const direction = input.ScanIndexForward === false ? -1 : 1;
      const rest =
        start === undefined
          ? wanted
          : wanted.filter((item) => from.compare(item, start) * direction > 0);
      return pageOf(rest, { input, from, filter: filter.holds, shape });
    },

    Scan(input: ScanCommandInput) {
      const members = ["ProjectionExpression", "FilterExpression"] as const;
      const { filter, shape } = readExpressions(input, members, (names) => partsOf(input, names));
      const table = tables.get(input.TableName as string);
      const from = sourceOf(table, input);
      const start = startKeyOf(input, from);
      const { Segment: number, TotalSegments: of } = input;
      const segment = number === undefined || of === undefined ? undefined : { number, of };
      const items = from.scan({ after: start, segment });
      return pageOf(items, { input, from, filter: filter.holds, shape });
    },
  };
}

interface Page {
  readonly input: QueryCommandInput | ScanCommandInput;
  readonly from: ReadFrom;
  readonly filter: (item: Item) => boolean;
  readonly shape: (item: Item) => Item;
}

/** *Documented*: the limit counts what is looked at, before the filter. */
function pageOf(items: readonly Item[], { input, from, filter, shape }: Page): object {
  const { Limit: limit = Number.POSITIVE_INFINITY } = input;
  if (limit < 1) {
    throw invalid(
      `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    );
  }
  const scanned: Item[] = [];
  let bytes = 0;
  for (const item of items) {
    if (scanned.length >= limit || bytes >= largestPage) break;
    scanned.push(item);
    bytes += itemBytes(item);
  }
  const last = scanned.at(-1);
  // Observed by dynalite: a page that is full says so, even if nothing follows.
  const isFull = scanned.length >= limit || bytes >= largestPage;
  const found = scanned.filter(filter);
  return {
    ...(input.Select === "COUNT"
      ? {}
      : { Items: found.map((item) => shownItem(shape(from.projected(item)))) }),
    Count: found.length,
    ScannedCount: scanned.length,
    ...(isFull && last !== undefined && { LastEvaluatedKey: shownItem(from.startKey(last)) }),
    ...readCapacity([{ table: from.table, items: scanned }], input.ConsistentRead, input),
  };
}

type Filtered = Pick<QueryCommandInput, "FilterExpression" | "ProjectionExpression">;

function partsOf(input: Filtered, names: ExpressionNames) {
  const filter =
    input.FilterExpression === undefined
      ? undefined
      : parseCondition("FilterExpression", input.FilterExpression, names);
  return {
    filter: {
      paths: filter?.paths ?? [],
      holds: (item: Item) => filter === undefined || matches(filter.condition, item),
    },
    shape: projectionOf(input, names),
  };
}

/** What is shown of an item. */
export function projectionOf(
  { ProjectionExpression: expression }: Pick<Filtered, "ProjectionExpression">,
  names: ExpressionNames,
): (item: Item) => Item {
  if (expression === undefined) return (item) => item;
  const paths = parseProjection(expression, names);
  return (item) => project(item, paths);
}
