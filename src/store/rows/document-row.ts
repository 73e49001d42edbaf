import type { DocumentRecord } from "../../ports/document-store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = { collection: "text", id: "text", version: "bigint", body: "text" } as const;

/** Documents as rows. */
export const documentRow: KeyedRowKind<DocumentRecord, keyof typeof columns> = {
  table: "documents",
  key: ["collection", "id"],
  columns,
  recordOf: (row) => ({
    collection: row["collection"] as string,
    id: row["id"] as string,
    version: row["version"] as number,
    body: row["body"] as string,
  }),
  rowOf: ({ collection, id, version, body }) => ({ collection, id, version, body }),
};
