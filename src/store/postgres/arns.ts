import { arnKey } from "./arn-key.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

/** How many ARNs are remembered as stored; more of them than this are stored again now and then. */
const rememberedArns = 10_000;

const addArns = statement(
  "arns_add",
  `INSERT INTO @arns (key, arn) SELECT u.key, u.arn FROM unnest($1::bigint[], $2::text[]) AS u(key, arn)
   ON CONFLICT (key) DO NOTHING`,
);
const findArns = statement(
  "arns_find",
  "SELECT key::text, arn FROM @arns WHERE key = ANY($1::bigint[])",
);

/** The ARNs that executions name by their keys. */
export interface Arns {
  /** Has each ARN stored, before a row names it. It stays: nothing is lost if the row never comes. */
  store(arns: Iterable<string>): Promise<void>;
}

export function openArns(database: Database): Arns {
  const stored = new Set<string>();
  return {
    async store(arns) {
      const missing = [...new Set(arns)].filter((arn) => !stored.has(arn)).toSorted();
      if (missing.length === 0) return;
      const keys = missing.map(arnKey);
      await database.rows(addArns, keys, missing);
      const rows = await database.rows(findArns, keys);
      const found = new Map(rows.map((row) => [row["key"], row["arn"]]));
      for (const [index, arn] of missing.entries()) {
        const other = found.get(keys[index]);
        if (other !== arn) {
          throw new Error(`the ARNs ${arn} and ${String(other)} have one key: rename one of them`);
        }
        if (stored.size >= rememberedArns) stored.clear();
        stored.add(arn);
      }
    },
  };
}
