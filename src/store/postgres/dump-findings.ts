import type { Finding } from "../../ports/store-dump.ts";
import { conditionsOf } from "./conditions.ts";
import type { Database } from "./database.ts";
import { arnOf } from "./execution-arn.ts";
import { bulkWaitMs, type Statement, statement } from "./statement.ts";

/** Our choice: as many rows of a kind as are named, before it is only said that there are more. */
const namedRows = 5;

const withoutExecution = (table: string): string =>
  `FROM ${table} t WHERE NOT EXISTS (SELECT 1 FROM @executions e WHERE e.part = t.part AND e.id = t.execution)`;

/** Rows that reads do not see, because what they belong to is missing. */
const orphans: readonly { readonly what: string; readonly find: Statement }[] = [
  {
    what: "rows of journals belong to no execution; their partitions and numbers are",
    find: statement(
      "dump_journal_orphans",
      `SELECT DISTINCT t.part::text || '/' || t.execution::text AS name ${withoutExecution("@journal")} LIMIT ${namedRows + 1}`,
      bulkWaitMs,
    ),
  },
  {
    what: "packed journals belong to no execution; their partitions and numbers are",
    find: statement(
      "dump_packed_orphans",
      `SELECT DISTINCT t.part::text || '/' || t.execution::text AS name ${withoutExecution("@packed_journals")} LIMIT ${namedRows + 1}`,
      bulkWaitMs,
    ),
  },
  {
    what: "activity tasks belong to no execution; their activities are",
    find: statement(
      "dump_task_orphans",
      `SELECT t.activity_arn AS name ${withoutExecution("@activity_tasks")} LIMIT ${namedRows + 1}`,
      bulkWaitMs,
    ),
  },
  {
    what: "executions have no ARN, or none of their state machines or Map Runs:",
    find: statement(
      "dump_arn_orphans",
      `SELECT coalesce(${arnOf("e")}, e.arn_name) AS name FROM @executions e
       WHERE NOT EXISTS (SELECT 1 FROM @arns a WHERE a.key = e.machine)
         OR NOT EXISTS (SELECT 1 FROM @arns a WHERE a.key = e.arn_prefix)
         OR (e.map_run IS NOT NULL AND NOT EXISTS (SELECT 1 FROM @arns a WHERE a.key = e.map_run))
       LIMIT ${namedRows + 1}`,
      bulkWaitMs,
    ),
  },
];

/** What is wrong in the tables where reads do not see it, and how the server is set up. */
export async function findingsOf(
  database: Database,
  misplaced: ReadonlySet<string>,
): Promise<readonly Finding[]> {
  const wrong: string[] = [];
  for (const { what, find } of orphans) {
    const names = (await database.rows(find)).map((row) => String(row["name"]));
    if (names.length > 0) wrong.push(`some ${what} ${shown(names)}`);
  }
  if (misplaced.size > 0) {
    wrong.push(`some executions are in a partition that is not theirs: ${shown([...misplaced])}`);
  }
  const { fsync, fullPageWrites, synchronousCommit } = await conditionsOf(database);
  const risky = [
    fsync === "off" && "the server has fsync off: a power failure may lose or damage everything",
    fullPageWrites === "off" &&
      "the server has full_page_writes off: a power failure may damage the tables",
    synchronousCommit === "off" &&
      "the server has synchronous_commit off: a crash may lose what was accepted last",
  ].filter((text) => text !== false);
  return [
    ...wrong.map((text) => ({ severity: "wrong" as const, text })),
    ...risky.map((text) => ({ severity: "risky" as const, text })),
  ];
}

function shown(names: readonly string[]): string {
  const more = names.length > namedRows ? ", …" : "";
  return `${names.slice(0, namedRows).join(", ")}${more}`;
}
