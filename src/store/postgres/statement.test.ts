import { expect, test } from "vitest";
import { commitOf, partNames } from "./commit-statement.ts";
// All modules that make statements.
import "./postgres-store.ts";
import { everyStatement, inSchema, statement } from "./statement.ts";

/** Every set of parts that a commit may have. */
for (let set = 0; set < 1 << partNames.length; set += 1) {
  commitOf(partNames.filter((_, index) => set & (1 << index)));
}

const statements = everyStatement().map(({ name, text }) => [name, text] as const);

/** What one of PostgreSQL, Citus, YugabyteDB and CockroachDB has not, or what leaves something in a session. */
const forbidden = [
  /\b(un)?listen\b|\bnotify\b/i,
  /advisory/i,
  /skip\s+locked|\bnowait\b/i,
  /\bsequence\b|\b(small|big)?serial\b|\bidentity\b|\bnextval\b/i,
  /\breferences\b|\bforeign\s+key\b/i,
  /\btrigger\b/i,
  /\bprocedure\b|\bfunction\b|\bdo\s+\$|\bcall\b/i,
  /\btemp(orary)?\b|\bunlogged\b/i,
  /clock_timestamp|statement_timestamp|timeofday|current_timestamp|random\s*\(|gen_random_uuid/i,
  /^\s*(set|reset|discard|prepare|declare|copy|vacuum|lock)\b/i,
  /jsonb?\b/i,
  /\bfrom\s+(only\s+)?pg_/i,
];

test("there are statements to look at", () => {
  expect(statements.length).toBeGreaterThan(150);
});

test.for(forbidden.map((pattern) => [pattern] as const))("no statement has %s", ([pattern]) => {
  expect(statements.filter(([, text]) => pattern.test(withoutComments(text)))).toEqual([]);
});

test("tables are put in a schema, whatever its name", () => {
  expect(inSchema("SELECT 1 FROM @meta m, @a_b", 'x"y')).toBe(
    'SELECT 1 FROM "x""y".meta m, "x""y".a_b',
  );
});

test("two statements with one name, and a name that would be cut, are refused", () => {
  expect(() => statement("meta_read", "SELECT 1")).toThrow(/two statements/);
  expect(() => statement("x".repeat(64), "SELECT 1")).toThrow(/too long/);
});

function withoutComments(text: string): string {
  return text.replaceAll(/--.*$/gm, "");
}
