import type { VersionRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  state_machine_arn: "text",
  version: "bigint",
  revision_id: "text",
  created_at: "bigint",
  description: "text",
} as const;

/** Versions of state machines as rows. */
export const versionRow: KeyedRowKind<VersionRecord, keyof typeof columns> = {
  table: "versions",
  key: ["state_machine_arn", "version"],
  columns,
  recordOf(row) {
    const description = row["description"] as string | null;
    return {
      stateMachineArn: row["state_machine_arn"] as string,
      version: row["version"] as number,
      revisionId: row["revision_id"] as string,
      createdAt: row["created_at"] as number,
      ...(description === null ? {} : { description }),
    };
  },
  rowOf: (record) => ({
    state_machine_arn: record.stateMachineArn,
    version: record.version,
    revision_id: record.revisionId,
    created_at: record.createdAt,
    description: record.description ?? null,
  }),
};
