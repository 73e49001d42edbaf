import type { Attribute, Item } from "./attribute.ts";
import type { QueriedKey } from "./expressions/key-condition.ts";
import type { Path } from "./expressions/syntax.ts";
import type { Table } from "./table.ts";
import { invalid, invalidValues } from "./validation.ts";

type KeyPart = QueriedKey["partitionKey"];

/** *Documented*: bytes of a partition key and of a sort key. */
const longestPartitionKey = 2_048;
const longestSortKey = 1_024;
/** *Documented*: 400 KB. */
const largestItem = 400 * 1024;

/** Refuses a key that is not one of the table. */
export function checkKey(key: Item, { schema }: Table): void {
  const parts = keyParts(schema);
  const isOne =
    key.size === parts.length && parts.every(({ name, type }) => key.get(name)?.type === type);
  if (!isOne) throw invalid("The provided key element does not match the schema");
  for (const part of parts) checkPart(key.get(part.name) as Attribute, part, schema);
}

/** Refuses an item that has no key of the table, or one of the wrong type for it or for an index. */
export function checkItem(item: Item, { schema }: Table): void {
  for (const part of keyParts(schema)) {
    const value = item.get(part.name);
    if (value === undefined) {
      throw invalid(`${invalidValues}Missing the key ${part.name} in the item`);
    }
    if (value.type !== part.type) {
      throw invalid(
        `${invalidValues}Type mismatch for key ${part.name} expected: ${part.type} actual: ${value.type}`,
      );
    }
    checkPart(value, part, schema);
  }
  for (const index of schema.indexes) {
    for (const { name, type } of keyParts(index)) {
      const value = item.get(name);
      if (value === undefined || value.type === type) continue;
      throw invalid(
        `${invalidValues}Type mismatch for Index Key ${name} Expected: ${type} Actual: ${value.type} IndexName: ${index.name}`,
      );
    }
  }
}

export function itemTooLarge(bytes: number, what: "put" | "update"): Error | undefined {
  if (bytes <= largestItem) return undefined;
  return invalid(
    `Item size ${what === "put" ? "" : "to update "}has exceeded the maximum allowed size`,
  );
}

/** Keys are neither updated nor looked into. */
export function checkUpdatedPaths(paths: readonly Path[], { schema }: Table): void {
  for (const { name } of keyParts(schema)) {
    if (!paths.some(([head]) => head === name)) continue;
    throw invalid(
      `${invalidValues}Cannot update attribute ${name}. This attribute is part of the key`,
    );
  }
}

function checkPart(value: Attribute, part: KeyPart, { partitionKey }: QueriedKey): void {
  if (value.type !== "S" && value.type !== "B") return;
  const bytes = value.type === "S" ? Buffer.byteLength(value.value) : value.value.length;
  if (bytes === 0) {
    const kind = value.type === "S" ? "string" : "binary";
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${part.name}`,
    );
  }
  if (part.name === partitionKey.name && bytes > longestPartitionKey) {
    throw invalid(
      `${invalidValues}Size of hashkey has exceeded the maximum size limit of2048 bytes`,
    );
  }
  if (part.name !== partitionKey.name && bytes > longestSortKey) {
    throw invalid(
      `${invalidValues}Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    );
  }
}

export function keyParts({ partitionKey, sortKey }: QueriedKey): readonly KeyPart[] {
  return sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
}
