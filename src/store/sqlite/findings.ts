import type { DatabaseSync } from "node:sqlite";
import type { Finding } from "../../ports/store-dump.ts";

/** Our choice: as many rows of a kind as are named, before they are only counted. */
const namedRows = 5;

/** Rows that reads do not see, because what they belong to is missing. */
const orphans = [
  {
    what: "rows of journals belong to no execution; their numbers are",
    sql: "SELECT DISTINCT execution AS name FROM journal WHERE execution NOT IN (SELECT id FROM executions)",
  },
  {
    what: "packed journals belong to no execution; their numbers are",
    sql: "SELECT DISTINCT execution AS name FROM packed_journals WHERE execution NOT IN (SELECT id FROM executions)",
  },
  {
    what: "activity tasks belong to no execution; their activities are",
    sql: "SELECT activity_arn AS name FROM activity_tasks WHERE execution NOT IN (SELECT id FROM executions)",
  },
  {
    what: "executions have no state machine's ARN:",
    sql: "SELECT execution_arn AS name FROM executions WHERE machine NOT IN (SELECT number FROM machine_numbers)",
  },
  {
    what: "executions have no Map Run's ARN:",
    sql: `SELECT execution_arn AS name FROM executions
      WHERE map_run IS NOT NULL AND map_run NOT IN (SELECT number FROM machine_numbers)`,
  },
] as const;

/** What is wrong with the file, or in it where reads do not see it. */
export function findingsOf(database: DatabaseSync): readonly Finding[] {
  const damage = attempt(() =>
    database
      .prepare("PRAGMA integrity_check(10)")
      .all()
      .map((row) => String(row["integrity_check"]))
      .filter((text) => text !== "ok"),
  ).map((text) => `the database file is damaged: ${text.replaceAll("\n", " ")}`);
  const left = orphans.flatMap(({ what, sql }) => {
    const names = attempt(() =>
      database
        .prepare(sql)
        .all()
        .map((row) => String(row["name"])),
    );
    if (names.length === 0) return [];
    const more = names.length > namedRows ? ", …" : "";
    return [`${names.length} ${what} ${names.slice(0, namedRows).join(", ")}${more}`];
  });
  return [...damage, ...left].map((text) => ({ severity: "wrong", text }));
}

/** What SQLite refuses to do because of the damage is damage as well. */
function attempt(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
