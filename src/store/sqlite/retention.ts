import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { inTransaction } from "./connection.ts";
import type { Sync } from "./protocol.ts";
import { dropRevisionsWithoutUse } from "./state-machines.ts";

/** Deletes executions that closed long ago, oldest end first, with all they have; `forget` is told when it did. */
export function openRetention(
  database: DatabaseSync,
  forget: () => void,
): Sync<Pick<Store, "deleteClosed">> {
  database.exec("CREATE TEMP TABLE expired (id INTEGER PRIMARY KEY, machine INTEGER NOT NULL)");
  const expire = database.prepare(
    `INSERT INTO expired SELECT id, machine FROM executions INDEXED BY executions_closed
     WHERE stop_date IS NOT NULL AND stop_date < ? AND status <> 0 ORDER BY stop_date, id LIMIT ?`,
  );
  const removals = [
    "DELETE FROM journal WHERE execution IN (SELECT id FROM expired)",
    "DELETE FROM packed_journals WHERE execution IN (SELECT id FROM expired)",
    "DELETE FROM closed_late WHERE execution IN (SELECT id FROM expired)",
    "DELETE FROM activity_tasks WHERE execution IN (SELECT id FROM expired)",
    `DELETE FROM map_runs WHERE execution_arn IN
       (SELECT execution_arn FROM executions WHERE id IN (SELECT id FROM expired))`,
    "DELETE FROM executions WHERE id IN (SELECT id FROM expired)",
    dropRevisionsWithoutUse(
      "SELECT arn FROM machine_numbers WHERE number IN (SELECT machine FROM expired)",
    ),
    "DELETE FROM expired",
  ].map((sql) => database.prepare(sql));

  return {
    deleteClosed(before, limit) {
      checkLimit(limit);
      const count = inTransaction(database, () => {
        const { changes } = expire.run(before, limit);
        if (changes !== 0) for (const removal of removals) removal.run();
        return Number(changes);
      });
      if (count > 0) forget();
      return count;
    },
  };
}
