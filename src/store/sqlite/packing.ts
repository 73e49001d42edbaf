import type { DatabaseSync } from "node:sqlite";
import type { EpochMs } from "../../machine/ids.ts";
import type { JournalChunk, Store } from "../../ports/store.ts";
import { blockLength, packChunks } from "../packed-journal.ts";
import { checkLimit, decodePosition, encodePosition, type PagePosition } from "../page-position.ts";
import { chunkRow } from "../rows/chunk-row.ts";
import { columnList } from "../rows/row-kind.ts";
import { inTransaction } from "./connection.ts";
import type { Sync } from "./protocol.ts";

/** How long one call packs, in ms, give or take a block: commits wait for it. */
const packedForMs = 5;

/**
 * Executions that a call packs even if it takes longer, as on a machine with too much to do: those that closed together
 * lie on the same pages, and to write these for one execution costs as much as for eight.
 */
const fewestAtOnce = 8;

/** Packs the journals of closed executions. */
export interface Packing {
  readonly calls: Sync<Required<Pick<Store, "packClosed">>>;
  /** Within the transaction of a commit: an execution has ended. */
  closed(id: number, stopDate: EpochMs): void;
}

/**
 * Walks over the closed executions in the order of their ends, and remembers in the database how far it has come: a
 * commit has nothing to note. Only an end that is dated before that place is noted, in `closed_late`.
 */
export function openPacking(database: DatabaseSync): Packing {
  // `CROSS JOIN` makes SQLite begin with the table that is nearly always empty.
  const nextLate = database.prepare(
    `SELECT l.execution AS id FROM closed_late l CROSS JOIN executions e ON e.id = l.execution
     WHERE e.stop_date < ? LIMIT 1`,
  );
  const nextClosed = database.prepare(
    `SELECT id, stop_date FROM executions INDEXED BY executions_closed
     WHERE stop_date IS NOT NULL AND (stop_date, id) > (?, ?) AND stop_date < ?
     ORDER BY stop_date, id LIMIT 1`,
  );
  const addLate = database.prepare(
    "INSERT INTO closed_late (execution) VALUES (?) ON CONFLICT DO NOTHING",
  );
  const removeLate = database.prepare("DELETE FROM closed_late WHERE execution = ?");
  const chunks = database.prepare(
    `SELECT position, ${columnList(chunkRow)} FROM journal WHERE execution = ?
     ORDER BY position`,
  );
  const insertBlock = database.prepare(
    `INSERT INTO packed_journals (execution, first_event_id, last_event_id, data)
     VALUES (?, ?, ?, ?)`,
  );
  const removeChunks = database.prepare(
    "DELETE FROM journal WHERE execution = ? AND position <= ?",
  );
  const readPosition = database.prepare("SELECT value FROM meta WHERE key = 'packed_until'");
  const writePosition = database.prepare(
    "INSERT OR REPLACE INTO meta (key, value) VALUES ('packed_until', ?)",
  );

  const stored = readPosition.get()?.["value"];
  /** Every execution that closed at or before it is packed or in `closed_late`. */
  let position: PagePosition =
    stored === undefined ? { key: Number.MIN_SAFE_INTEGER, id: 0 } : decodePosition(String(stored));

  function isPassed(id: number, stopDate: EpochMs): boolean {
    return stopDate < position.key || (stopDate === position.key && id <= position.id);
  }

  /** The execution to pack next, and where it stands in the walk, if that is how it was found. */
  function next(before: EpochMs): { id: number; place?: PagePosition } | undefined {
    const late = nextLate.get(before);
    if (late !== undefined) return { id: Number(late["id"]) };
    const row = nextClosed.get(position.key, position.id, before);
    if (row === undefined) return undefined;
    const place = { key: Number(row["stop_date"]), id: Number(row["id"]) };
    return { id: place.id, place };
  }

  /** Packs what one block takes of the execution's chunks. */
  function packBlock(id: number): "nothing" | "part" | "rest" {
    const taken: JournalChunk[] = [];
    let [length, last, isRest] = [0, 0, true];
    for (const row of chunks.iterate(id)) {
      const chunk = chunkRow.recordOf(row);
      if (taken.length > 0 && length + chunk.data.length > blockLength) {
        isRest = false;
        break;
      }
      taken.push(chunk);
      length += chunk.data.length;
      last = Number(row["position"]);
    }
    if (taken.length === 0) return "nothing";
    const { firstEventId, lastEventId, data } = packChunks(taken);
    insertBlock.run(id, firstEventId, lastEventId, data);
    removeChunks.run(id, last);
    return isRest ? "rest" : "part";
  }

  function pack(before: EpochMs, limit: number): number {
    const until = performance.now() + packedForMs;
    let worked = 0;
    while (worked < limit && (worked < fewestAtOnce || performance.now() < until)) {
      const found = next(before);
      if (found === undefined) break;
      let packed = packBlock(found.id);
      if (packed !== "nothing") worked += 1;
      while (packed === "part" && performance.now() < until) packed = packBlock(found.id);
      // The next call goes on with it.
      if (packed === "part") break;
      if (found.place === undefined) removeLate.run(found.id);
      else position = found.place;
    }
    writePosition.run(encodePosition(position));
    return worked;
  }

  return {
    calls: {
      packClosed(before, limit) {
        checkLimit(limit);
        if (next(before) === undefined) return 0;
        const start = position;
        // If the machine crashes before the next commit is on disk, these are merely packed again.
        database.exec("PRAGMA synchronous = NORMAL");
        try {
          return inTransaction(database, () => pack(before, limit));
        } catch (error) {
          position = start;
          throw error;
        } finally {
          database.exec("PRAGMA synchronous = FULL");
        }
      },
    },
    closed(id, stopDate) {
      if (isPassed(id, stopDate)) addLate.run(id);
    },
  };
}
