import { randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import type { PostgresStore } from "../../src/store/postgres/postgres-store.ts";
import { openStore } from "../../src/store/open-store.ts";
import { migrations } from "../../src/store/postgres/schema.ts";

type Options = Omit<Parameters<typeof openStore>[0] & { readonly kind: "postgres" }, "kind">;

/** A schema that no test has named. */
interface Schema {
  readonly partitions: number | undefined;
  /** How many stores have it open. */
  open: number;
}

/** Stores on one server, each in a schema of its own. */
export function postgresStores(url: string) {
  const opened = new WeakMap<object, Options>();
  const schemas = new Map<string, Schema>();

  async function open(options: Partial<Options> = {}): Promise<PostgresStore> {
    if (options.schema !== undefined) return openIn({ url, ...options });
    const { partitions } = options;
    const schema = await emptySchema(partitions);
    const store = await openIn({ url, ...options, schema });
    schemas.set(schema, { partitions, open: 1 });
    return store;
  }

  async function openIn(options: Options): Promise<PostgresStore> {
    const store = await openStore({ kind: "postgres", ...options });
    const schema = (): Schema | undefined => schemas.get(options.schema ?? "");
    const users = schema();
    if (users !== undefined) users.open += 1;
    let isOpen = true;
    const counted: PostgresStore = {
      ...store,
      async close() {
        await store.close();
        const left = schema();
        if (isOpen && left !== undefined) left.open -= 1;
        isOpen = false;
      },
    };
    opened.set(counted, options);
    return counted;
  }

  /** One that nobody has open any more, emptied, or the name of a new one: to make one takes a hundred times as long. */
  async function emptySchema(partitions: number | undefined): Promise<string> {
    for (const [name, schema] of schemas) {
      if (schema.open > 0 || schema.partitions !== partitions) continue;
      schemas.delete(name);
      await empty(name);
      return name;
    }
    return `s_${randomUUID().replaceAll("-", "")}`;
  }

  /** Makes a schema what it was when it was new. Its rows are few: to truncate its tables takes twenty times as long. */
  async function empty(schema: string): Promise<void> {
    const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
    await client.connect();
    try {
      const { rows } = await client.query<{ table: string }>(
        `SELECT tablename AS table FROM pg_tables
         WHERE schemaname = $1 AND tablename NOT IN ('meta', 'partitions')`,
        [schema],
      );
      const meta: { readonly [key: string]: string } = {
        schema_version: String(migrations.length),
        secret: randomBytes(32).toString("base64"),
        changes: "0",
      };
      const statements = [
        ...rows.map(({ table }) => `DELETE FROM ${table}`),
        "UPDATE partitions SET epoch = 0, owned = false, node_id = NULL",
        ...Object.entries(meta).map(
          ([key, value]) => `UPDATE meta SET value = '${value}' WHERE key = '${key}'`,
        ),
      ];
      await client.query(statements.join(";"));
    } finally {
      await client.end();
    }
  }

  return {
    open,
    /** Opens what is open already once more, as another node does. */
    join: (store: object) => openIn({ url, ...opened.get(store) }),
    schemaOf: (store: object): string => opened.get(store)?.schema ?? "",
  };
}
