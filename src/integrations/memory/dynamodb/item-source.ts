import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import { type Attribute, isEqual, type Item } from "./attribute.ts";
import type { QueriedKey } from "./expressions/key-condition.ts";
import { keyParts } from "./item-key.ts";
import { readItem } from "./read-attribute.ts";
import { compareBy, type IndexSchema, type ScanPart, type Table } from "./table.ts";
import { invalid } from "./validation.ts";

/** Where a query or scan reads: a table, or an index of one. */
export interface ReadFrom {
  readonly table: Table;
  readonly keys: QueriedKey;
  /** The items that have the partition key, by their sort keys. */
  partition(key: Attribute): readonly Item[];
  scan(part: ScanPart): readonly Item[];
  /** Where items of one partition stand to each other. */
  compare(a: Item, b: Item): number;
  /** The attributes that are there. */
  projected(item: Item): Item;
  /** What names the place behind the item. */
  startKey(item: Item): Item;
  readonly startNames: readonly string[];
}

export function sourceOf(
  table: Table,
  {
    IndexName: name,
    ConsistentRead: isConsistent,
  }: Pick<QueryCommandInput, "IndexName" | "ConsistentRead">,
): ReadFrom {
  if (name === undefined) return tableSource(table);
  const index = table.schema.indexes.find((each) => each.name === name);
  if (index === undefined) {
    throw invalid(`The table does not have the specified index: ${name}`);
  }
  if (isConsistent === true && !index.isLocal) {
    throw invalid("Consistent reads are not supported on global secondary indexes");
  }
  return indexSource(table, index);
}

function tableSource(table: Table): ReadFrom {
  return {
    table,
    keys: table.schema,
    partition: (key) => table.partition(key),
    scan: (part) => [...table.scan(part)],
    compare: (a, b) => table.compareSort(a, b),
    projected: (item) => item,
    startKey: (item) => table.keyOf(item),
    startNames: table.keyNames,
  };
}

/** Made anew for each request: small tables need nothing that is kept. */
function indexSource(table: Table, index: IndexSchema): ReadFrom {
  const parts = keyParts(index);
  const startNames = [...new Set([...table.keyNames, ...parts.map(({ name }) => name)])];
  const shown =
    index.projected === undefined ? undefined : new Set([...startNames, ...index.projected]);
  const isIn = (item: Item): boolean =>
    parts.every(({ name, type }) => item.get(name)?.type === type);
  const compare = (a: Item, b: Item): number =>
    (index.sortKey === undefined ? 0 : compareBy(index.sortKey.name, a, b)) ||
    table.compareInScan(a, b);
  return {
    table,
    keys: index,
    partition: (key) =>
      [...table.scan()]
        .filter(
          (item) => isIn(item) && isEqual(item.get(index.partitionKey.name) as Attribute, key),
        )
        .sort(compare),
    scan: (part) => [...table.scan(part)].filter(isIn),
    compare,
    projected: (item) =>
      shown === undefined ? item : new Map([...item].filter(([name]) => shown.has(name))),
    startKey: (item) => new Map(startNames.map((name) => [name, item.get(name) as Attribute])),
    startNames,
  };
}

/** The place behind which a request goes on. */
export function startKeyOf(
  { ExclusiveStartKey: given }: Pick<QueryCommandInput, "ExclusiveStartKey">,
  { startNames, table, keys }: ReadFrom,
): Item | undefined {
  if (given === undefined) return undefined;
  const key = readItem(given);
  const types = new Map(
    [...keyParts(table.schema), ...keyParts(keys)].map(({ name, type }) => [name, type]),
  );
  const isOne =
    key.size === startNames.length &&
    startNames.every((name) => key.get(name)?.type === types.get(name));
  if (!isOne) throw invalid("The provided starting key is invalid");
  return key;
}
