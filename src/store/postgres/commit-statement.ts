import { activityTaskRow } from "../rows/activity-task-row.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { messageRow } from "../rows/message-row.ts";
import type { Columns } from "../rows/row-kind.ts";
import { storedColumns } from "./execution-row.ts";
import { type Statement, statement } from "./statement.ts";
import type { Value } from "./values.ts";

/**
 * A part of the statement of a commit: what it does with some rows, which come as one array for each column. `$name`
 * stands for a column's array. A part without rows is left out of the statement.
 */
interface CommitPart {
  /** Types of the arrays by column. */
  readonly columns: Columns;
  /** Reads from `ENTERED`: the partitions whose commits may be made as `entry`, with the rows of each as `r`. */
  readonly sql: string;
  /** Whether each of its rows must have had something to change. */
  readonly counted?: boolean;
}

const parts = {
  started: {
    columns: storedColumns,
    sql: `INSERT INTO @executions (part, COLUMNS) SELECT entry.part, VALUES FROM ENTERED`,
  },
  changed: {
    columns: {
      id: "bigint",
      // The status that is needed: 0 running, 1 ended, 2 any.
      needed: "smallint",
      // Null: it stays.
      status: "smallint",
      stop_date: "bigint",
      parked: "boolean",
      wake_at: "bigint",
      // Null: they stay.
      redrive_count: "integer",
      redrive_date: "bigint",
    },
    sql: `UPDATE @executions e SET
        status = coalesce(r.status, e.status),
        stop_date = CASE WHEN r.status IS NULL THEN e.stop_date ELSE r.stop_date END,
        packed = e.packed AND r.status IS NULL,
        parked = r.parked, wake_at = r.wake_at,
        redrive_count = coalesce(r.redrive_count, e.redrive_count),
        redrive_date = coalesce(r.redrive_date, e.redrive_date)
      FROM ENTERED
      WHERE e.part = entry.part AND e.id = r.id
        AND (r.needed = 2 OR (r.needed = 0 AND e.status = 0) OR (r.needed = 1 AND e.status <> 0))
      RETURNING e.part`,
    counted: true,
  },
  chunks: {
    columns: { execution: "bigint", ordinal: "bigint", ...chunkRow.columns },
    sql: `INSERT INTO @journal (part, COLUMNS) SELECT entry.part, VALUES FROM ENTERED`,
  },
  tasksAdded: {
    columns: { execution: "bigint", ...activityTaskRow.columns, ordinal: "bigint" },
    sql: `INSERT INTO @activity_tasks (part, COLUMNS, added_at)
      SELECT entry.part, VALUES, now() FROM ENTERED
      ON CONFLICT (part, execution, task_id) DO UPDATE
        SET activity_arn = excluded.activity_arn, ordinal = excluded.ordinal, added_at = excluded.added_at
        WHERE excluded.ordinal % 2 = 1`,
  },
  tasksRemoved: {
    columns: { execution: "bigint", task_id: "bigint" },
    sql: `DELETE FROM @activity_tasks t USING ENTERED
      WHERE t.part = entry.part AND t.execution = r.execution AND t.task_id = r.task_id`,
  },
  messagesSent: {
    columns: { part: "integer", ...messageRow.columns, ordinal: "bigint" },
    sql: `INSERT INTO @messages (COLUMNS, sent_at) SELECT VALUES, now() FROM ENTERED
      ON CONFLICT (part, id) DO NOTHING`,
  },
  messagesDelivered: {
    columns: { id: "text" },
    sql: `DELETE FROM @messages m USING ENTERED WHERE m.part = entry.part AND m.id = r.id`,
  },
} satisfies { readonly [name: string]: CommitPart };

type Parts = typeof parts;
export type PartName = keyof Parts;

/** The rows of each part, by column; `owner` is the partition whose commit a row belongs to. */
export type CommitRows = {
  readonly [P in PartName]: readonly ({ readonly owner: number } & {
    readonly [C in keyof Parts[P]["columns"]]: string | number | boolean | null;
  })[];
};

/** One commit among those of a statement. */
export interface CommitEntry {
  readonly partition: number;
  readonly epoch: number;
  readonly position: number;
  /** A position that the store has said to have committed: a database without it has gone back. */
  readonly acknowledged: number;
}

export const partNames = Object.keys(parts) as PartName[];

/** Made when they are first needed: one for each set of parts. */
const statements = new Map<string, Statement>();

/**
 * The one statement of some commits, each of another partition, and its parameters. Each commit writes everything or nothing,
 * and is guarded twice:
 *
 * - `fence` has a row only for the owner's epoch. Its lock keeps a takeover waiting until the statement has ended.
 * - `entry` puts the position into the log, where nothing can be twice, unless there is something behind it already, or
 *   something is missing that was there. What is behind is read in a join: BETWEEN a subquery's value would run it twice.
 *
 * Its answer is a row with `entered`, the partitions whose commits were made, as a text with commas. If a row was not as a commit
 * needs it, the statement ends itself by dividing by zero, and nothing of any of them is written.
 */
export function commitStatement(
  entries: readonly CommitEntry[],
  rows: CommitRows,
): readonly [Statement, readonly Value[]] {
  const present = partNames.filter((name) => rows[name].length > 0);
  const values: Value[] = [
    entries.map(({ partition }) => partition),
    entries.map(({ epoch }) => epoch),
    entries.map(({ position }) => position),
    entries.map(({ acknowledged }) => acknowledged),
  ];
  for (const name of present) {
    const some: readonly { readonly [column: string]: string | number | boolean | null }[] =
      rows[name];
    for (const column of ["owner", ...Object.keys(parts[name].columns)]) {
      values.push(some.map((row) => row[column] ?? null));
    }
  }
  return [commitOf(present), values];
}

/** The statement of commits that have these parts. */
export function commitOf(present: readonly PartName[]): Statement {
  const name = ["commit", ...present.map((part) => partNames.indexOf(part))].join("_");
  let made = statements.get(name);
  if (made === undefined) {
    made = statement(name, textOf(present));
    statements.set(name, made);
  }
  return made;
}

function textOf(present: readonly PartName[]): string {
  let last = 4;
  const checks: string[] = [];
  const steps = present.map((name) => {
    const { columns, sql }: CommitPart = parts[name];
    const list = Object.keys(columns);
    const owners = `$${++last}::integer[]`;
    const arrays = Object.values(columns).map((type) => `$${++last}::${type}[]`);
    const named = `r(owner, ${list.join(", ")})`;
    const entered = `entry JOIN unnest(${[owners, ...arrays].join(", ")}) AS ${named} ON r.owner = entry.part`;
    if (isCounted(name)) {
      const wanted = `SELECT count(*) FROM entry JOIN unnest(${owners}) AS o(owner) ON o.owner = entry.part`;
      checks.push(`(SELECT count(*) FROM ${name}) = (${wanted})`);
    }
    const text = sql
      .replace("COLUMNS", list.join(", "))
      .replace("VALUES", list.map((column) => `r.${column}`).join(", "))
      .replace("ENTERED", entered);
    return `, ${name} AS (${text})`;
  });
  const consistent =
    checks.length === 0 ? "1" : `1 / (CASE WHEN ${checks.join(" AND ")} THEN 1 ELSE 0 END)`;
  return `WITH fence AS (
      SELECT p.part, p.epoch, g.position, g.acknowledged
      FROM @partitions p
      JOIN unnest($1::integer[], $2::bigint[], $3::bigint[], $4::bigint[])
        AS g(part, epoch, position, acknowledged) ON p.part = g.part AND p.epoch = g.epoch
      WHERE p.owned FOR SHARE OF p
    ), entry AS (
      INSERT INTO @commit_log (part, position, epoch, refused, at)
      SELECT f.part, f.position, f.epoch, false, now() FROM fence f
      CROSS JOIN LATERAL (SELECT max(l.position) AS last FROM @commit_log l WHERE l.part = f.part) AS log
      WHERE coalesce(log.last, 0) >= f.acknowledged AND coalesce(log.last, 0) < f.position
      ON CONFLICT (part, position) DO NOTHING RETURNING part
    )${steps.join("")}
    SELECT (SELECT string_agg(entry.part::text, ',') FROM entry) AS entered, ${consistent} AS consistent`;
}

function isCounted(name: PartName): boolean {
  return "counted" in parts[name];
}
