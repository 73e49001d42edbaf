import type { NoteRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  state_machine_arn: "text",
  kind: "text",
  version: "bigint",
  body: "text",
} as const;

/** Notes of state machines as rows. */
export const noteRow: KeyedRowKind<NoteRecord, keyof typeof columns> = {
  table: "notes",
  key: ["state_machine_arn", "kind"],
  columns,
  recordOf: (row) => ({
    stateMachineArn: row["state_machine_arn"] as string,
    kind: row["kind"] as string,
    version: row["version"] as number,
    body: row["body"] as string,
  }),
  rowOf: (record) => ({
    state_machine_arn: record.stateMachineArn,
    kind: record.kind,
    version: record.version,
    body: record.body,
  }),
};
