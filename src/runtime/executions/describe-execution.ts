import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { ExecutionRecord, JournalChunk, Store } from "../../ports/store.ts";
import type { DescribedExecution } from "../engine.ts";

/** What the store knows of an execution: its row, and what its first and its last event say. */
export async function describeExecution(
  store: Pick<Store, "execution" | "journal">,
  executionArn: string,
): Promise<DescribedExecution | undefined> {
  const record = await store.execution(executionArn);
  if (record === undefined) return undefined;
  const first = await store.journal(executionArn, { limit: 1 });
  if (record.status === "RUNNING") return { record, ...documentsIn(record, first) };
  const last = await store.journal(executionArn, { limit: 1, reverse: true });
  return { record, ...documentsIn(record, [...first, ...last]) };
}

/** The documents of several executions, in their order, in one read. */
export async function documentsOf(
  store: Pick<Store, "journals">,
  records: readonly ExecutionRecord[],
): Promise<readonly Omit<DescribedExecution, "record">[]> {
  const read = await store.journals(records.map(({ executionArn }) => executionArn));
  for (const { unread } of read) if (unread !== undefined) throw unread.reason;
  const chunks = new Map(read.map((entry) => [entry.record.executionArn, entry.chunks]));
  return records.map((record) => documentsIn(record, chunks.get(record.executionArn) ?? []));
}

/** `chunks` begin and end with those that hold the first and the last event. */
function documentsIn(
  record: ExecutionRecord,
  chunks: readonly JournalChunk[],
): Omit<DescribedExecution, "record"> {
  const [first] = chunks;
  const last = chunks.at(-1);
  const started = first === undefined ? [] : decodeEvents(first.data);
  const input = started[0]?.payload;
  if (input === undefined || last === undefined) {
    throw new Error(`the journal of ${record.executionArn} has no start`);
  }
  if (record.status === "RUNNING") return { input };
  const ended = first === last ? started : decodeEvents(last.data);
  return { input, ...endOf(ended.at(-1)) };
}

function endOf(ended: JournalEvent | undefined): Partial<DescribedExecution> {
  switch (ended?.type) {
    case "ExecutionSucceeded":
      return ended.payload === undefined ? {} : { output: ended.payload };
    case "ExecutionFailed":
    case "ExecutionAborted":
      return ended.details;
    default:
      return {};
  }
}
