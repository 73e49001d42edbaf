import type { AliasRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  state_machine_arn: "text",
  name: "text",
  description: "text",
  routes: "text",
  created_at: "bigint",
  updated_at: "bigint",
} as const;

/** Aliases of state machines as rows. */
export const aliasRow: KeyedRowKind<AliasRecord, keyof typeof columns> = {
  table: "aliases",
  key: ["state_machine_arn", "name"],
  columns,
  recordOf(row) {
    const description = row["description"] as string | null;
    return {
      stateMachineArn: row["state_machine_arn"] as string,
      name: row["name"] as string,
      ...(description === null ? {} : { description }),
      routes: JSON.parse(row["routes"] as string) as AliasRecord["routes"],
      createdAt: row["created_at"] as number,
      updatedAt: row["updated_at"] as number,
    };
  },
  rowOf: (record) => ({
    state_machine_arn: record.stateMachineArn,
    name: record.name,
    description: record.description ?? null,
    routes: JSON.stringify(record.routes),
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  }),
};
