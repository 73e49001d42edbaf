import type { DatabaseSync } from "node:sqlite";
import type { ActivityRecord, Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import type { Row } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";

const columns = "arn, name, created_at, encryption_configuration, tags";

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
      return row === undefined ? undefined : activityRecord(row);
    },
    activities(arnPrefix, page) {
      checkLimit(page.limit);
      const end = endOfPrefix(arnPrefix);
      const rows = list.all(page.after ?? "", arnPrefix, end, page.limit + 1);
      return pageOf(rows, page.limit, activityRecord, (last) => last["arn"] as string);
    },
  };
}

export function openActivityWrites(
  database: DatabaseSync,
): Sync<Pick<Store, "putActivity" | "deleteActivity">> {
  const put = database.prepare(
    `INSERT INTO activities (arn, name, created_at, encryption_configuration, tags)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (arn) DO UPDATE SET name = excluded.name, created_at = excluded.created_at,
       encryption_configuration = excluded.encryption_configuration, tags = excluded.tags`,
  );
  const remove = database.prepare("DELETE FROM activities WHERE arn = ?");

  return {
    putActivity({ activityArn, name, createdAt, encryptionConfiguration, tags }) {
      put.run(activityArn, name, createdAt, encryptionConfiguration ?? null, JSON.stringify(tags));
    },
    deleteActivity(activityArn) {
      remove.run(activityArn);
    },
  };
}

/** The record of a row of `activities`. */
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
