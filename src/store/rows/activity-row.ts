import type { ActivityRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  arn: "text",
  name: "text",
  created_at: "bigint",
  encryption_configuration: "text",
  tags: "text",
} as const;

/** Activities as rows. */
export const activityRow: KeyedRowKind<ActivityRecord, keyof typeof columns> = {
  table: "activities",
  key: ["arn"],
  columns,
  recordOf(row) {
    const encryption = row["encryption_configuration"] as string | null;
    return {
      activityArn: row["arn"] as string,
      name: row["name"] as string,
      createdAt: row["created_at"] as number,
      ...(encryption === null ? {} : { encryptionConfiguration: encryption }),
      tags: JSON.parse(row["tags"] as string) as ActivityRecord["tags"],
    };
  },
  rowOf: (record) => ({
    arn: record.activityArn,
    name: record.name,
    created_at: record.createdAt,
    encryption_configuration: record.encryptionConfiguration ?? null,
    tags: JSON.stringify(record.tags),
  }),
};
