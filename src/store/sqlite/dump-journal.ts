import type { DatabaseSync } from "node:sqlite";
import { DamagedJournal, type DumpedChunk } from "../../ports/store-dump.ts";
import type { Page, PageRequest } from "../../ports/store.ts";
import { blockLength } from "../packed-journal.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { columnList, type Row } from "../rows/row-kind.ts";
import { chunksOf } from "./journal.ts";

/** How much text a page may have, in UTF-16 code units, but for its last row. */
const pageLength = 32 * blockLength;

/** The row of a journal that a page ended with; `table` is the number of the table that it is in. */
type Position = readonly [execution: number, table: number, position: number];

/** Reads the chunks of all executions, in the order of these. Packed chunks come before the others. */
export function openJournalDump(database: DatabaseSync): (page: PageRequest) => Page<DumpedChunk> {
  const executions = database.prepare(
    "SELECT id, execution_arn FROM executions WHERE id >= ? ORDER BY id",
  );
  const tables = ["packed_journals", "journal"].map((table) =>
    database.prepare(
      `SELECT position, ${columnList(chunkRow)} FROM ${table}
       WHERE execution = ? AND position > ? ORDER BY position`,
    ),
  );

  function* rowsAfter([first, table, position]: Position): Iterable<{
    readonly at: Position;
    readonly executionArn: string;
    readonly row: Row;
  }> {
    for (const { id, execution_arn } of executions.iterate(first)) {
      const execution = Number(id);
      for (const [number, statement] of tables.entries()) {
        if (execution === first && number < table) continue;
        const after = execution === first && number === table ? position : 0;
        for (const row of statement.iterate(execution, after)) {
          const at = [execution, number, Number(row["position"])] as const;
          yield { at, executionArn: String(execution_arn), row };
        }
      }
    }
  }

  return ({ after, limit }) => {
    const items: DumpedChunk[] = [];
    let last: Position = after === undefined ? [0, 0, 0] : (JSON.parse(after) as Position);
    let length = 0;
    for (const { at, executionArn, row } of rowsAfter(last)) {
      const next = JSON.stringify(last);
      if (items.length >= limit || length >= pageLength) return { items, next };
      try {
        for (const chunk of at[1] === 0 ? chunksOf(row, executionArn) : [chunkRow.recordOf(row)]) {
          items.push({ executionArn, ...chunk });
          length += chunk.data.length;
        }
      } catch (error) {
        // What was read before it is given first; the next page finds nothing but the damage.
        if (items.length > 0) return { items, next };
        const text = error instanceof Error ? error.message : String(error);
        throw new DamagedJournal(text, JSON.stringify(at), { cause: error });
      }
      last = at;
    }
    return { items };
  };
}
