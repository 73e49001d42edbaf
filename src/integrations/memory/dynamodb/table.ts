import { createHash } from "node:crypto";
import { bytesOfEntry } from "../memory-budget.ts";
import { type Attribute, isEqual, type Item, itemBytes, order } from "./attribute.ts";
import { decimalText } from "./decimal.ts";
import type { QueriedKey } from "./expressions/key-condition.ts";

/** What a table is made with. */
export interface TableSchema extends QueriedKey {
  readonly name: string;
  readonly indexes: readonly IndexSchema[];
}

export interface IndexSchema extends QueriedKey {
  readonly name: string;
  readonly isLocal: boolean;
  /** Attributes that it has beside keys; absent: all. */
  readonly projected: readonly string[] | undefined;
}

/** Items that have one partition key, in the order of their sort keys. */
interface Partition {
  /** Where it stands in a scan. */
  readonly hash: string;
  readonly entries: Entry[];
}

/** What of a table is scanned. */
export interface ScanPart {
  readonly after?: Item | undefined;
  readonly segment?: { readonly number: number; readonly of: number } | undefined;
}

interface Entry {
  readonly item: Item;
  readonly bytes: number;
}

/** The items of a table. Who writes has counted the bytes. */
export class Table {
  readonly schema: TableSchema;
  readonly arn: string;
  readonly id: string;
  readonly createdAt: number;
  readonly #partitions = new Map<string, Partition>();
  #scanOrder: readonly Partition[] | undefined;
  #count = 0;
  #bytes = 0;

  constructor(schema: TableSchema, about: Pick<Table, "arn" | "id" | "createdAt">) {
    this.schema = schema;
    ({ arn: this.arn, id: this.id, createdAt: this.createdAt } = about);
  }

  get count(): number {
    return this.#count;
  }

  /** As they are counted, with what each item costs beside its content. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The attributes that an item is found by. */
  get keyNames(): readonly string[] {
    const { partitionKey, sortKey } = this.schema;
    return sortKey === undefined ? [partitionKey.name] : [partitionKey.name, sortKey.name];
  }

  /** Those of the item, which has them. */
  keyOf(item: Item): Item {
    return new Map(this.keyNames.map((name) => [name, item.get(name) as Attribute]));
  }

  get(key: Item): Item | undefined {
    const { entries, index, isThere } = this.#place(key);
    return isThere ? entries[index]?.item : undefined;
  }

  put(item: Item): void {
    this.delete(item);
    const partition = this.#partition(item);
    const { index } = this.#place(item);
    const entry = { item, bytes: storedBytes(item) };
    partition.entries.splice(index, 0, entry);
    this.#count += 1;
    this.#bytes += entry.bytes;
  }

  delete(key: Item): void {
    const { entries, index, isThere } = this.#place(key);
    if (!isThere) return;
    const [entry] = entries.splice(index, 1);
    this.#count -= 1;
    this.#bytes -= entry?.bytes ?? 0;
    if (entries.length > 0) return;
    this.#partitions.delete(this.#partitionText(key));
    this.#scanOrder = undefined;
  }

  /** The items of a partition by their sort keys. */
  partition(key: Attribute): readonly Item[] {
    return (this.#partitions.get(keyText(key))?.entries ?? []).map(({ item }) => item);
  }

  /** Items, partition by partition, in an order that stays while items come and go; those behind `after`, of one segment. */
  *scan({ after, segment }: ScanPart = {}): Generator<Item> {
    this.#scanOrder ??= [...this.#partitions.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const from = after === undefined ? "" : hashOf(this.#partitionText(after));
    for (const { hash, entries } of this.#scanOrder) {
      if (hash < from) continue;
      if (segment && Number.parseInt(hash.slice(0, 8), 16) % segment.of !== segment.number)
        continue;
      for (const { item } of entries) {
        if (after === undefined || hash > from || this.compareSort(item, after) > 0) yield item;
      }
    }
  }

  /** Where two items stand to each other in a scan. */
  compareInScan(a: Item, b: Item): number {
    const [first, second] = [hashOf(this.#partitionText(a)), hashOf(this.#partitionText(b))];
    return first === second ? this.compareSort(a, b) : first < second ? -1 : 1;
  }

  #partitionText(item: Item): string {
    return keyText(item.get(this.schema.partitionKey.name) as Attribute);
  }

  #partition(item: Item): Partition {
    const text = this.#partitionText(item);
    const known = this.#partitions.get(text);
    if (known !== undefined) return known;
    const made = { hash: hashOf(text), entries: [] };
    this.#partitions.set(text, made);
    this.#scanOrder = undefined;
    return made;
  }

  /** Where the item with the key is, or would be. */
  #place(key: Item): {
    readonly entries: Entry[];
    readonly index: number;
    readonly isThere: boolean;
  } {
    const entries = this.#partitions.get(this.#partitionText(key))?.entries ?? [];
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compareSort((entries[middle] as Entry).item, key) < 0) low = middle + 1;
      else high = middle;
    }
    const found = entries[low];
    return {
      entries,
      index: low,
      isThere: found !== undefined && this.compareSort(found.item, key) === 0,
    };
  }

  /** Where two items of one partition stand to each other. */
  compareSort(a: Item, b: Item): number {
    const { sortKey } = this.schema;
    return sortKey === undefined ? 0 : compareBy(sortKey.name, a, b);
  }
}

/** What the item costs. */
export function storedBytes(item: Item): number {
  return itemBytes(item) + bytesOfEntry;
}

/** The order of two items by an attribute that is a key of both. */
export function compareBy(name: string, a: Item, b: Item): number {
  const [first, second] = [a.get(name) as Attribute, b.get(name) as Attribute];
  return isEqual(first, second) ? 0 : (order(first, second) ?? 0);
}

/** Tells the values of keys of one table apart. */
function keyText(key: Attribute): string {
  switch (key.type) {
    case "S":
      return key.value;
    case "N":
      return decimalText(key.value);
    case "B":
      return key.value.toString("base64");
    default:
      throw new Error(`${key.type} is the type of no key`);
  }
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
