import type { JournalChunk, JournalRange } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";

/** The chunks of a whole journal that a range asks for, in its order. A chunk without a public event is in no range that has an end. */
export function selectChunks(
  chunks: readonly JournalChunk[],
  range: JournalRange,
): readonly JournalChunk[] {
  const { from, reverse = false, limit } = range;
  if (limit !== undefined) checkLimit(limit);
  const selected = chunks.filter(
    (chunk) =>
      from === undefined ||
      (chunk.lastEventId > 0 && (reverse ? chunk.firstEventId <= from : chunk.lastEventId >= from)),
  );
  if (reverse) selected.reverse();
  return limit === undefined ? selected : selected.slice(0, limit);
}
