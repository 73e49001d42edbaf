import type { StateMachineRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  arn: "text",
  name: "text",
  type: "text",
  status: "text",
  created_at: "bigint",
  revision_id: "text",
  last_version: "bigint",
  published: "text",
  tags: "text",
} as const;

/** State machines as rows. The last version is 0 where there was none. */
export const stateMachineRow: KeyedRowKind<StateMachineRecord, keyof typeof columns> = {
  table: "state_machines",
  key: ["arn"],
  columns,
  recordOf(row) {
    const lastVersion = row["last_version"] as number;
    const published = row["published"] as string | null;
    return {
      stateMachineArn: row["arn"] as string,
      name: row["name"] as string,
      type: row["type"] as StateMachineRecord["type"],
      status: row["status"] as StateMachineRecord["status"],
      createdAt: row["created_at"] as number,
      revisionId: row["revision_id"] as string,
      ...(lastVersion === 0 ? {} : { lastVersion }),
      ...(published === null ? {} : { published: JSON.parse(published) as PublishedAs }),
      tags: JSON.parse(row["tags"] as string) as StateMachineRecord["tags"],
    };
  },
  rowOf: (record) => ({
    arn: record.stateMachineArn,
    name: record.name,
    type: record.type,
    status: record.status,
    created_at: record.createdAt,
    revision_id: record.revisionId,
    last_version: record.lastVersion ?? 0,
    published: record.published === undefined ? null : JSON.stringify(record.published),
    tags: JSON.stringify(record.tags),
  }),
};

type PublishedAs = NonNullable<StateMachineRecord["published"]>;
