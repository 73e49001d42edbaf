import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import type { MemoryBudget } from "../memory-budget.ts";
import type { MemoryConfiguration, MemoryKey, MemoryTable } from "../memory-configuration.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import type { Item } from "./attribute.ts";
import type { QueriedKey } from "./expressions/key-condition.ts";
import { storedBytes, Table, type TableSchema } from "./table.ts";

export interface TablesOptions {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  readonly budget: MemoryBudget;
  readonly configured: MemoryConfiguration["tables"];
}

/** Our choice. */
const mostTables = 256;

/** The tables of one Region. */
export class Tables {
  readonly #options: TablesOptions;
  readonly #tables = new Map<string, Table>();

  constructor(options: TablesOptions) {
    this.#options = options;
    for (const [name, table] of Object.entries(options.configured ?? {})) {
      this.create(configuredSchema(name, table));
    }
  }

  /** By its name or its ARN. */
  get(nameOrArn: string): Table {
    const table = this.#tables.get(nameOf(nameOrArn));
    if (table === undefined) {
      throw new ServiceRefusal("ResourceNotFoundException", "Requested resource not found");
    }
    return table;
  }

  /** For calls about the table itself, whose refusal says more. */
  described(nameOrArn: string): Table {
    const name = nameOf(nameOrArn);
    const table = this.#tables.get(name);
    if (table !== undefined) return table;
    throw new ServiceRefusal(
      "ResourceNotFoundException",
      `Requested resource not found: Table: ${name} not found`,
    );
  }

  all(): readonly Table[] {
    return [...this.#tables.values()].sort((a, b) => (a.schema.name < b.schema.name ? -1 : 1));
  }

  create(schema: TableSchema): Table {
    const { name } = schema;
    if (this.#tables.has(name)) {
      throw new ServiceRefusal("ResourceInUseException", `Table already exists: ${name}`);
    }
    if (this.#tables.size >= mostTables) {
      throw new ServiceRefusal(
        "LimitExceededException",
        `The in-memory stand-in of DynamoDB holds at most ${mostTables} tables`,
      );
    }
    const { region, accountId, ids, clock } = this.#options;
    const table = new Table(schema, {
      arn: `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
      id: ids.uuid(),
      createdAt: clock.now(),
    });
    this.#tables.set(name, table);
    return table;
  }

  delete(table: Table): void {
    this.#tables.delete(table.schema.name);
    this.#options.budget.give(table.bytes);
  }

  /** Writes what a key has now; refuses if there is no room. */
  write(
    writes: readonly {
      readonly table: Table;
      readonly key: Item;
      readonly next: Item | undefined;
    }[],
  ): void {
    const { budget } = this.#options;
    let bytes = 0;
    for (const { table, key, next } of writes) {
      const old = table.get(key);
      bytes += (next ? storedBytes(next) : 0) - (old ? storedBytes(old) : 0);
    }
    if (bytes > 0 && !budget.take(bytes)) {
      throw new ServiceRefusal(
        "RequestLimitExceeded",
        `The in-memory stand-ins hold at most ${budget.mostBytes} bytes together, and they are full`,
      );
    }
    if (bytes < 0) budget.give(-bytes);
    for (const { table, key, next } of writes) {
      if (next === undefined) table.delete(key);
      else table.put(next);
    }
  }
}

/** *Documented*: requests take an ARN where they take a name. */
function nameOf(nameOrArn: string): string {
  return /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

function configuredSchema(name: string, table: MemoryTable): TableSchema {
  const indexes = Object.entries(table.indexes ?? {}).map(([index, keys]) => ({
    name: index,
    isLocal: false,
    projected: undefined,
    ...keysOf(keys),
  }));
  return { name, indexes, ...keysOf(table) };
}

function keysOf({
  partitionKey,
  sortKey,
}: Pick<MemoryTable, "partitionKey" | "sortKey">): QueriedKey {
  return {
    partitionKey: keyOf(partitionKey),
    sortKey: sortKey === undefined ? undefined : keyOf(sortKey),
  };
}

function keyOf(key: MemoryKey): QueriedKey["partitionKey"] {
  return typeof key === "string" ? { name: key, type: "S" } : key;
}
