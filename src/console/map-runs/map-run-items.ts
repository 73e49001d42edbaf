import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { ExecutionRecord, ExecutionStatus, Store } from "../../ports/store.ts";
import { isEnd } from "../index/execution-index.ts";
import { itemStatuses, type ItemStatus } from "../view-types.ts";

/** Our choice: children of a run that are shown; what comes after them is counted only. */
export const mostChildren = 100_000;
/** Our choice: runs whose children are kept after they were looked at. 100,000 children are some 15 MB. */
const keptRuns = 4;
/** Children that are read from the store at a time. */
const readAtOnce = 1_000;
/** Our choice: failed children whose journals are read for their error when a run is first looked at. */
const mostExplained = 5_000;
const journalsAtOnce = 100;
const capacity = 200_000;
/** Over so many seconds it is counted how fast children end. */
const rateSeconds = 10;

/** What a child of a Map Run failed of. */
export interface ChildFailure {
  readonly error: string;
  readonly cause?: string;
}

/** The children of one Map Run, by their index. */
export class MapRunItems {
  /** Places in {@link itemStatuses}. */
  readonly statuses = new Uint8Array(mostChildren);
  readonly arns: (string | undefined)[] = [];
  readonly started = new Float64Array(mostChildren);
  readonly stopped = new Float64Array(mostChildren);
  readonly failures = new Map<number, ChildFailure>();
  /** One more than the highest index that was met. */
  length = 0;
  /** Children work on several items each. */
  isBatched = false;
  /** There are children beyond those that are shown. */
  isTruncated = false;
  /** How many ended in each of the last seconds. */
  readonly #ended = new Map<number, number>();
  /** When it began to be told of ends. */
  readonly #since: number;

  constructor(since: number) {
    this.#since = since;
  }

  note(record: ExecutionRecord, status: ExecutionStatus, stoppedAt: number): number | undefined {
    const { mapRun } = record;
    if (mapRun === undefined) return undefined;
    const { index, itemCount } = mapRun;
    if (itemCount > 1) this.isBatched = true;
    if (index >= mostChildren) {
      this.isTruncated = true;
      return undefined;
    }
    this.length = Math.max(this.length, index + 1);
    this.arns[index] = record.executionArn;
    this.started[index] = record.startDate;
    this.stopped[index] = stoppedAt;
    this.statuses[index] = numberOf(statusOf(status));
    if (status === "RUNNING" || status === "SUCCEEDED") this.failures.delete(index);
    return index;
  }

  noteEnd(second: number): void {
    this.#ended.set(second, (this.#ended.get(second) ?? 0) + 1);
    for (const old of this.#ended.keys()) {
      if (old >= second - rateSeconds) break;
      this.#ended.delete(old);
    }
  }

  /**
   * Children that ended each second, lately; the second of `now` has not passed and is left out. `undefined` while it is
   * not known: it has not been watched for long enough.
   */
  rate(now: number): number | undefined {
    if (now - this.#since < rateSeconds * 1_000) return undefined;
    const second = Math.floor(now / 1_000);
    let count = 0;
    for (const [at, ended] of this.#ended) {
      if (at < second && at >= second - rateSeconds) count += ended;
    }
    return count / rateSeconds;
  }

  statusAt(index: number): ItemStatus {
    return itemStatuses[this.statuses[index] ?? 0] ?? "pending";
  }
}

export function numberOf(status: ItemStatus): number {
  return itemStatuses.indexOf(status);
}

function statusOf(status: ExecutionStatus): ItemStatus {
  switch (status) {
    case "RUNNING":
      return "running";
    case "SUCCEEDED":
      return "succeeded";
    case "FAILED":
    case "TIMED_OUT":
      return "failed";
    case "ABORTED":
      return "aborted";
  }
}

interface Entry {
  readonly items: MapRunItems;
  readonly loaded: Promise<MapRunItems>;
  /** What has happened while the children were being read; `undefined` once they are. */
  waiting: FeedItem[] | undefined;
}

/**
 * The children of Map Runs that are looked at: read from the store once, then told by the feed, so that looking at a run
 * of 100,000 every second reads nothing.
 */
export class LiveMapRunItems implements FeedSubscriber {
  readonly name = "console: children of Map Runs that are looked at";
  readonly capacity = capacity;
  readonly #store: Pick<Store, "mapRunChildren" | "journals">;
  readonly #now: () => number;
  /** The one that was looked at last is the last one. */
  readonly #entries = new Map<string, Entry>();

  constructor(store: Pick<Store, "mapRunChildren" | "journals">, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  find(mapRunArn: string): Promise<MapRunItems> {
    const known = this.#entries.get(mapRunArn);
    if (known !== undefined) {
      this.#entries.delete(mapRunArn);
      this.#entries.set(mapRunArn, known);
      return known.loaded;
    }
    const items = new MapRunItems(this.#now());
    const entry: Entry = { items, loaded: this.#load(mapRunArn, items), waiting: [] };
    this.#entries.set(mapRunArn, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= keptRuns) break;
      this.#entries.delete(oldest);
    }
    entry.loaded.then(
      () => {
        const missed = entry.waiting ?? [];
        entry.waiting = undefined;
        for (const item of missed) take(items, item);
      },
      () => this.#entries.delete(mapRunArn),
    );
    return entry.loaded;
  }

  wants({ record: { mapRun } }: { readonly record: ExecutionRecord }): boolean {
    return mapRun !== undefined && this.#entries.has(mapRun.mapRunArn);
  }

  receive(items: readonly FeedItem[]): void {
    for (const item of items) {
      const entry = this.#entries.get(item.execution.record.mapRun?.mapRunArn ?? "");
      if (entry === undefined) continue;
      if (entry.waiting === undefined) take(entry.items, item);
      else entry.waiting.push(item);
    }
  }

  startAgain(): void {
    this.#entries.clear();
  }

  async #load(mapRunArn: string, items: MapRunItems): Promise<MapRunItems> {
    const failed: { readonly arn: string; readonly index: number }[] = [];
    let after: string | undefined;
    do {
      const page = await this.#store.mapRunChildren(
        { mapRunArn },
        { limit: readAtOnce, ...(after === undefined ? {} : { after }) },
      );
      for (const record of page.items) {
        const index = items.note(record, record.status, record.stopDate ?? 0);
        const isUnexplained = record.status !== "RUNNING" && record.status !== "SUCCEEDED";
        if (index !== undefined && isUnexplained) failed.push({ arn: record.executionArn, index });
      }
      after = items.isTruncated ? undefined : page.next;
    } while (after !== undefined);
    await this.#explain(failed.slice(0, mostExplained), items);
    return items;
  }

  async #explain(
    failed: readonly { readonly arn: string; readonly index: number }[],
    items: MapRunItems,
  ): Promise<void> {
    for (let from = 0; from < failed.length; from += journalsAtOnce) {
      const some = new Map(
        failed.slice(from, from + journalsAtOnce).map(({ arn, index }) => [arn, index]),
      );
      for (const { record, chunks, unread } of await this.#store.journals([...some.keys()])) {
        if (unread !== undefined) continue;
        const index = some.get(record.executionArn);
        const ended = decodeEvents(chunks.at(-1)?.data ?? "").at(-1);
        if (index === undefined || ended === undefined || !isEnd(ended)) continue;
        items.failures.set(index, failureOf(record.status, ended.details));
      }
    }
  }
}

function take(items: MapRunItems, { execution, status, stoppedAt, events }: FeedItem): void {
  const { record } = execution;
  const index = items.note(record, status, stoppedAt);
  if (stoppedAt !== 0) items.noteEnd(Math.floor(stoppedAt / 1_000));
  const last = events.at(-1);
  if (index === undefined || last === undefined || !isEnd(last)) return;
  items.failures.set(index, failureOf(status, last.details));
}

const longestCause = 500;

/** An execution that timed out or was stopped may say no error: its status is what it is known by. */
function failureOf(
  status: ExecutionStatus,
  { error, cause }: { readonly error?: string; readonly cause?: string },
): ChildFailure {
  const known = error ?? (status === "TIMED_OUT" ? "States.Timeout" : status);
  return { error: known, ...(cause !== undefined && { cause: cause.slice(0, longestCause) }) };
}
