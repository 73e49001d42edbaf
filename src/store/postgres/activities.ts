import type { ActivityRecord, Store } from "../../ports/store.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";
import type { Row } from "./values.ts";

const columns = "arn, name, created_at, encryption_configuration, tags";

const one = statement("activity", `SELECT ${columns} FROM @activities WHERE arn = $1`);
const list = statement(
  "activities",
  `SELECT ${columns} FROM @activities WHERE arn > $1 AND arn >= $2 AND arn < $3 ORDER BY arn LIMIT $4`,
);
const put = statement(
  "activity_put",
  `INSERT INTO @activities (${columns}) VALUES ($1, $2, $3, $4, $5)
   ON CONFLICT (arn) DO UPDATE SET name = excluded.name, created_at = excluded.created_at,
     encryption_configuration = excluded.encryption_configuration, tags = excluded.tags`,
);
const remove = statement("activity_delete", "DELETE FROM @activities WHERE arn = $1");

export function activities(
  database: Database,
): Pick<Store, "activity" | "activities" | "putActivity" | "deleteActivity"> {
  return {
    async activity(activityArn) {
      const [row] = await database.rows(one, activityArn);
      return row === undefined ? undefined : activityRecord(row);
    },
    async activities(arnPrefix, { limit, after = "" }) {
      checkLimit(limit);
      const end = endOfPrefix(arnPrefix);
      const rows = await database.rows(list, after, arnPrefix, end, limit + 1);
      return pageOf(rows, limit, activityRecord, (last) => last["arn"] as string);
    },
    async putActivity({ activityArn, name, createdAt, encryptionConfiguration = null, tags }) {
      const text = JSON.stringify(tags);
      await database.rows(put, activityArn, name, createdAt, encryptionConfiguration, text);
    },
    async deleteActivity(activityArn) {
      await database.rows(remove, activityArn);
    },
  };
}

/** The record of a row of `@activities`. */
export function activityRecord(row: Row): ActivityRecord {
  const encryption = row["encryption_configuration"] as string | null;
  return {
    activityArn: row["arn"] as string,
    name: row["name"] as string,
    createdAt: row["created_at"] as number,
    ...(encryption === null ? {} : { encryptionConfiguration: encryption }),
    tags: JSON.parse(row["tags"] as string) as ActivityRecord["tags"],
  };
}
