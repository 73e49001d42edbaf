import type { DatabaseSync } from "node:sqlite";
import type { MapRunStore } from "../../ports/map-run-store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import { executionRecord, statusNumber } from "../rows/execution-row.ts";
import { mapRunRow } from "../rows/map-run-row.ts";
import { executionColumns } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf, insertRow } from "./row-parameters.ts";
import { pageOf } from "../page-of.ts";

export function openMapRunReads(database: DatabaseSync): Sync<Omit<MapRunStore, "putMapRun">> {
  const one = database.prepare("SELECT record FROM map_runs WHERE map_run_arn = ?");
  const ofExecution = database.prepare(
    "SELECT id, record FROM map_runs WHERE execution_arn = ? AND id < ? ORDER BY id DESC LIMIT ?",
  );
  const running = database.prepare(
    "SELECT record FROM map_runs WHERE record ->> '$.status' = 'RUNNING' ORDER BY id",
  );
  const findNumber = database.prepare("SELECT number FROM machine_numbers WHERE arn = ?");
  const children = database.prepare(
    `SELECT ${executionColumns} FROM executions e JOIN machine_numbers m ON m.number = e.machine
     WHERE e.map_run = ?1 AND e.map_run_index > ?2 AND (?3 IS NULL OR e.status = ?3)
     ORDER BY e.map_run_index LIMIT ?4`,
  );

  return {
    mapRun(mapRunArn) {
      const row = one.get(mapRunArn);
      return row === undefined ? undefined : mapRunRow.recordOf(row);
    },
    mapRuns(executionArn, page) {
      checkLimit(page.limit);
      const before =
        page.after === undefined ? Number.MAX_SAFE_INTEGER : decodePosition(page.after).id;
      const rows = ofExecution.all(executionArn, before, page.limit + 1);
      return pageOf(rows, page.limit, mapRunRow.recordOf, (last) =>
        encodePosition({ key: 0, id: Number(last["id"]) }),
      );
    },
    // There is one partition.
    runningMapRuns() {
      return running.all().map(mapRunRow.recordOf);
    },
    mapRunChildren({ mapRunArn, status }, page) {
      checkLimit(page.limit);
      const number = findNumber.get(mapRunArn)?.["number"];
      if (typeof number !== "number") return { items: [] };
      const after = page.after === undefined ? -1 : decodePosition(page.after).id;
      const wanted = status === undefined ? null : statusNumber(status);
      const rows = children.all(number, after, wanted, page.limit + 1);
      return pageOf(rows, page.limit, executionRecord, (last) =>
        encodePosition({ key: 0, id: Number(last["map_run_index"]) }),
      );
    },
  };
}

export function openMapRunWrites(database: DatabaseSync): Sync<Pick<MapRunStore, "putMapRun">> {
  const put = database.prepare(
    `${insertRow(mapRunRow)}
     ON CONFLICT (map_run_arn) DO UPDATE SET record = excluded.record`,
  );
  const owner = database.prepare(
    "SELECT 1 FROM partitions WHERE partition = 0 AND epoch = ? AND owned",
  );
  return {
    // Nobody else writes between the two.
    putMapRun(record, epoch) {
      if (epoch !== undefined && owner.get(epoch) === undefined) return false;
      put.run(...inputsOf(mapRunRow, record));
      return true;
    },
  };
}
