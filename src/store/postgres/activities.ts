import type { Store } from "../../ports/store.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { activityRow } from "../rows/activity-row.ts";
import { columnList, valuesOf } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { insertOrReplace } from "./row-parameters.ts";
import { statement } from "./statement.ts";

const columns = columnList(activityRow);

const one = statement("activity", `SELECT ${columns} FROM @activities WHERE arn = $1`);
const list = statement(
  "activities",
  `SELECT ${columns} FROM @activities WHERE arn > $1 AND arn >= $2 AND arn < $3 ORDER BY arn LIMIT $4`,
);
const put = statement("activity_put", insertOrReplace(activityRow));
const remove = statement("activity_delete", "DELETE FROM @activities WHERE arn = $1");

export function activities(
  database: Database,
): Pick<Store, "activity" | "activities" | "putActivity" | "deleteActivity"> {
  return {
    async activity(activityArn) {
      const [row] = await database.rows(one, activityArn);
      return row === undefined ? undefined : activityRow.recordOf(row);
    },
    async activities(arnPrefix, { limit, after = "" }) {
      checkLimit(limit);
      const end = endOfPrefix(arnPrefix);
      const rows = await database.rows(list, after, arnPrefix, end, limit + 1);
      return pageOf(rows, limit, activityRow.recordOf, (last) => last["arn"] as string);
    },
    async putActivity(record) {
      await database.rows(put, ...valuesOf(activityRow, record));
    },
    async deleteActivity(activityArn) {
      await database.rows(remove, activityArn);
    },
  };
}
