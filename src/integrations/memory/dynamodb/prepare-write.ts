import type {
  AttributeValue,
  DeleteItemCommandInput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { ServiceRefusal } from "../service-refusal.ts";
import { type Item, itemBytes } from "./attribute.ts";
import { applyUpdate } from "./expressions/apply-update.ts";
import type { ExpressionNames } from "./expressions/expression-names.ts";
import { matches } from "./expressions/matches.ts";
import { parseCondition } from "./expressions/parse-condition.ts";
import { parseUpdate } from "./expressions/parse-update.ts";
import type { Path } from "./expressions/syntax.ts";
import { checkItem, checkKey, checkUpdatedPaths, itemTooLarge } from "./item-key.ts";
import { readItem } from "./read-attribute.ts";
import { readExpressions } from "./request-expressions.ts";
import type { Table } from "./table.ts";
import type { Tables } from "./tables.ts";

/** A write that may be made: nothing has been changed yet. */
export interface PreparedWrite {
  readonly table: Table;
  readonly key: Item;
  readonly old: Item | undefined;
  /** What is there afterwards. */
  readonly next: Item | undefined;
  /** What an update expression concerns. */
  readonly paths: readonly Path[];
}

/** What is said of a condition that does not hold. */
export class ConditionFailed extends ServiceRefusal {
  constructor() {
    super("ConditionalCheckFailedException", "The conditional request failed");
  }
}

type Given = Readonly<Record<string, AttributeValue>>;

export function preparePut(
  tables: Tables,
  input: Pick<
    PutItemCommandInput,
    | "TableName"
    | "Item"
    | "ConditionExpression"
    | "ExpressionAttributeNames"
    | "ExpressionAttributeValues"
  >,
): PreparedWrite {
  const item = readItem(input.Item as Given);
  const tooLarge = itemTooLarge(itemBytes(item), "put");
  if (tooLarge !== undefined) throw tooLarge;
  const holds = readExpressions(input, ["ConditionExpression"], (names) =>
    conditionOf(input, names),
  );
  const table = tables.get(input.TableName as string);
  checkItem(item, table);
  const key = table.keyOf(item);
  const old = table.get(key);
  holds(old);
  return { table, key, old, next: item, paths: [] };
}

export function prepareDelete(
  tables: Tables,
  input: Pick<
    DeleteItemCommandInput,
    | "TableName"
    | "Key"
    | "ConditionExpression"
    | "ExpressionAttributeNames"
    | "ExpressionAttributeValues"
  >,
): PreparedWrite {
  return { ...prepareCheck(tables, input), next: undefined };
}

/** A condition alone: the item stays as it is. */
export function prepareCheck(
  tables: Tables,
  input: Parameters<typeof prepareDelete>[1],
): PreparedWrite {
  const key = readItem(input.Key as Given);
  const holds = readExpressions(input, ["ConditionExpression"], (names) =>
    conditionOf(input, names),
  );
  const table = tables.get(input.TableName as string);
  checkKey(key, table);
  const old = table.get(key);
  holds(old);
  return { table, key, old, next: old, paths: [] };
}

export function prepareUpdate(
  tables: Tables,
  input: Pick<
    UpdateItemCommandInput,
    | "TableName"
    | "Key"
    | "UpdateExpression"
    | "ConditionExpression"
    | "ExpressionAttributeNames"
    | "ExpressionAttributeValues"
  >,
): PreparedWrite {
  const key = readItem(input.Key as Given);
  const { actions, holds } = readExpressions(
    input,
    ["UpdateExpression", "ConditionExpression"],
    (names) => ({
      actions:
        input.UpdateExpression === undefined ? [] : parseUpdate(input.UpdateExpression, names),
      holds: conditionOf(input, names),
    }),
  );
  const table = tables.get(input.TableName as string);
  checkKey(key, table);
  const paths = actions.map(({ path }) => path);
  checkUpdatedPaths(paths, table);
  const old = table.get(key);
  holds(old);
  const next = applyUpdate(old ?? key, actions);
  const tooLarge = itemTooLarge(itemBytes(next), "update");
  if (tooLarge !== undefined) throw tooLarge;
  checkItem(next, table);
  return { table, key, old, next, paths };
}

/** Refuses an item, none being an empty one, for which the request's condition does not hold. */
function conditionOf(
  { ConditionExpression: expression }: { readonly ConditionExpression?: string | undefined },
  names: ExpressionNames,
): (item: Item | undefined) => void {
  if (expression === undefined) return () => {};
  const { condition } = parseCondition("ConditionExpression", expression, names);
  return (item) => {
    if (!matches(condition, item ?? new Map())) throw new ConditionFailed();
  };
}
