import { isPublic } from "../../machine/journal/history.ts";
import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Store } from "../../ports/store.ts";

/** Chunks of a journal that are read at a time for a page of history. */
const chunksRead = 50;

/** Which events: with id >= `from` (<= `from` in reverse), at most `limit`. */
export interface HistoryRange {
  readonly from?: number;
  readonly limit: number;
  readonly reverse: boolean;
}

/** A page of an execution's public events; `more` tells whether others follow. `undefined`: no such execution. */
export async function readHistory(
  store: Pick<Store, "execution" | "journal">,
  executionArn: string,
  { from, limit, reverse }: HistoryRange,
): Promise<{ readonly events: readonly JournalEvent[]; readonly more: boolean } | undefined> {
  const events: JournalEvent[] = [];
  let next = from;
  for (;;) {
    const chunks = await store.journal(executionArn, {
      reverse,
      limit: chunksRead,
      ...(next === undefined ? {} : { from: next }),
    });
    for (const chunk of chunks) {
      const decoded = decodeEvents(chunk.data).filter(isPublic);
      if (reverse) decoded.reverse();
      for (const event of decoded) {
        if (next !== undefined && (reverse ? event.id > next : event.id < next)) continue;
        if (events.length === limit) return { events, more: true };
        events.push(event);
        next = reverse ? event.id - 1 : event.id + 1;
      }
    }
    if (chunks.length < chunksRead || (reverse && next === 0)) break;
  }
  if (events.length === 0 && (await store.execution(executionArn)) === undefined) return undefined;
  return { events, more: false };
}
