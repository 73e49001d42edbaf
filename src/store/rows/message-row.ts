import type { Message } from "../../ports/store.ts";
import type { RowKind } from "./row-kind.ts";

const columns = { id: "text", recipient: "text", body: "text" } as const;

/** Messages between executions as rows. */
export const messageRow: RowKind<Message, keyof typeof columns> = {
  table: "messages",
  columns,
  recordOf: (row) => ({
    id: row["id"] as string,
    to: row["recipient"] as string,
    body: row["body"] as string,
  }),
  rowOf: ({ id, to, body }) => ({ id, recipient: to, body }),
};
