import type { JournalChunk } from "../../ports/store.ts";
import type { RowKind } from "./row-kind.ts";

const columns = { first_event_id: "bigint", last_event_id: "bigint", data: "text" } as const;

/** Chunks of journals as rows, where they are not packed. */
export const chunkRow: RowKind<JournalChunk, keyof typeof columns> = {
  table: "journal",
  columns,
  recordOf: (row) => ({
    firstEventId: row["first_event_id"] as number,
    lastEventId: row["last_event_id"] as number,
    data: row["data"] as string,
  }),
  rowOf: ({ firstEventId, lastEventId, data }) => ({
    first_event_id: firstEventId,
    last_event_id: lastEventId,
    data,
  }),
};
