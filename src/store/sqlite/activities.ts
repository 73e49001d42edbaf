import type { DatabaseSync } from "node:sqlite";
import type { Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { activityRow } from "../rows/activity-row.ts";
import { columnList, orReplace } from "../rows/row-kind.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf, insertRow } from "./row-parameters.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";

const columns = columnList(activityRow);

export function openActivityReads(
  database: DatabaseSync,
): Sync<Pick<Store, "activity" | "activities">> {
  const one = database.prepare(`SELECT ${columns} FROM activities WHERE arn = ?`);
  const list = database.prepare(
    `SELECT ${columns} FROM activities WHERE arn > ? AND arn >= ? AND arn < ? ORDER BY arn LIMIT ?`,
  );

  return {
    activity(activityArn) {
      const row = one.get(activityArn);
      return row === undefined ? undefined : activityRow.recordOf(row);
    },
    activities(arnPrefix, page) {
      checkLimit(page.limit);
      const end = endOfPrefix(arnPrefix);
      const rows = list.all(page.after ?? "", arnPrefix, end, page.limit + 1);
      return pageOf(rows, page.limit, activityRow.recordOf, (last) => last["arn"] as string);
    },
  };
}

export function openActivityWrites(
  database: DatabaseSync,
): Sync<Pick<Store, "putActivity" | "deleteActivity">> {
  const put = database.prepare(`${insertRow(activityRow)} ${orReplace(activityRow)}`);
  const remove = database.prepare("DELETE FROM activities WHERE arn = ?");

  return {
    putActivity(record) {
      put.run(...inputsOf(activityRow, record));
    },
    deleteActivity(activityArn) {
      remove.run(activityArn);
    },
  };
}
