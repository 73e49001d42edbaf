import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { ExecutionRecord, Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import { isEnd } from "../index/execution-index.ts";
import { ExecutionFold } from "./execution-fold.ts";

/** An execution that somebody looks at: its row as it is now, and all that its journal comes to. */
export interface LiveExecution {
  record: ExecutionRecord;
  readonly type: "STANDARD" | "EXPRESS";
  readonly fold: ExecutionFold;
  /** Events are missing, because an Express execution had too many: of what follows only its end is told. */
  readonly isTruncated: boolean;
}

interface Entry {
  readonly loaded: Promise<LiveExecution | undefined>;
  live: LiveExecution | undefined;
  /** What has happened while its journal was being read. */
  readonly waiting: FeedItem[];
}

/** Our choice: executions that are kept folded after they were looked at. A fold of 25,000 events is some 10 MB. */
const kept = 20;
/** Our choice: events that may wait for this subscriber. */
const capacity = 50_000;

/** The folds of executions that are looked at, kept up to date by the feed. */
export class LiveExecutions implements FeedSubscriber {
  readonly name = "console: executions that are looked at";
  readonly capacity = capacity;
  readonly #engine: Pick<Engine, "expressHistories">;
  readonly #store: Pick<Store, "execution" | "journal">;
  readonly #changed: (live: LiveExecution) => void;
  /** The one that was looked at last is the last one. */
  readonly #entries = new Map<string, Entry>();
  /** How many streams tell of an execution: it is kept for them. */
  readonly #watched = new Map<string, number>();

  constructor(
    engine: Pick<Engine, "expressHistories">,
    store: Pick<Store, "execution" | "journal">,
    changed: (live: LiveExecution) => void,
  ) {
    this.#engine = engine;
    this.#store = store;
    this.#changed = changed;
  }

  /** `undefined` if there is no such execution. */
  find(executionArn: string): Promise<LiveExecution | undefined> {
    const known = this.#entries.get(executionArn);
    if (known !== undefined) {
      this.#entries.delete(executionArn);
      this.#entries.set(executionArn, known);
      return known.loaded;
    }
    const waiting: FeedItem[] = [];
    const entry: Entry = { loaded: this.#load(executionArn), live: undefined, waiting };
    this.#entries.set(executionArn, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= kept + this.#watched.size) break;
      if (!this.#watched.has(oldest)) this.#entries.delete(oldest);
    }
    entry.loaded.then(
      (live) => {
        entry.live = live;
        if (live === undefined) this.#forget(executionArn, entry);
        for (const item of waiting.splice(0)) this.#take(entry, item);
      },
      () => this.#forget(executionArn, entry),
    );
    return entry.loaded;
  }

  #forget(executionArn: string, entry: Entry): void {
    if (this.#entries.get(executionArn) === entry) this.#entries.delete(executionArn);
  }

  /** Keeps it, and tells of it, until the result is called. */
  watch(executionArn: string): () => void {
    this.#watched.set(executionArn, (this.#watched.get(executionArn) ?? 0) + 1);
    return () => {
      const others = (this.#watched.get(executionArn) ?? 1) - 1;
      if (others === 0) this.#watched.delete(executionArn);
      else this.#watched.set(executionArn, others);
    };
  }

  /** An execution as `find` gives it, but it is not kept: nobody looks at it. */
  peek(executionArn: string): Promise<LiveExecution | undefined> {
    return this.#entries.get(executionArn)?.loaded ?? this.#load(executionArn);
  }

  /**
   * Asked before an event is durable, and again when it is told: one that is looked at in between is told of it only
   * because the index of executions wants all of them.
   */
  wants({ record }: { readonly record: ExecutionRecord }): boolean {
    return this.#entries.size > 0 && this.#entries.has(record.executionArn);
  }

  receive(items: readonly FeedItem[]): void {
    for (const item of items) {
      const entry = this.#entries.get(item.execution.record.executionArn);
      if (entry !== undefined) this.#take(entry, item);
    }
  }

  /** Those that are watched are read anew, and told of as they are then. */
  async startAgain(): Promise<void> {
    this.#entries.clear();
    for (const executionArn of this.#watched.keys()) {
      const live = await this.find(executionArn);
      if (live !== undefined) this.#changed(live);
    }
  }

  #take(entry: Entry, item: FeedItem): void {
    const { live } = entry;
    if (live === undefined) {
      entry.waiting.push(item);
      return;
    }
    const last = item.events.findLast(({ id }) => id !== 0);
    // What was read from the store has it already; a heartbeat alone changes nothing that is shown.
    if (last === undefined || last.id <= live.fold.lastEventId) return;
    if (live.type === "STANDARD" && firstId(item.events) > live.fold.lastEventId + 1) {
      this.#readAnew(live.record.executionArn);
      return;
    }
    for (const event of live.isTruncated ? endsAmong(item.events) : item.events) {
      live.fold.apply(event);
    }
    const redriven = item.events.find(({ type }) => type === "ExecutionRedriven");
    const { stopDate: _stopDate, ...record } = live.record;
    live.record = {
      ...record,
      status: item.status,
      redriveCount: item.redriveCount,
      ...(redriven !== undefined && { redriveDate: redriven.at }),
      ...(item.stoppedAt !== 0 && { stopDate: item.stoppedAt }),
    };
    this.#changed(live);
  }

  /** Events were missed, as of an execution that goes on elsewhere after the node is gone that had it. They are stored. */
  #readAnew(executionArn: string): void {
    this.#entries.delete(executionArn);
    if (!this.#watched.has(executionArn)) return;
    this.find(executionArn).then(
      (live) => live !== undefined && this.#changed(live),
      // Whoever asks next tries again.
      () => {},
    );
  }

  async #load(executionArn: string): Promise<LiveExecution | undefined> {
    const express = this.#engine.expressHistories.find(executionArn);
    if (express !== undefined) {
      const { record, events, truncated: isTruncated } = express;
      const known = isTruncated ? [...unbroken(events), ...endsAmong(events)] : events;
      return { record, type: "EXPRESS", fold: folded(known), isTruncated };
    }
    const record = await this.#store.execution(executionArn);
    if (record === undefined) return undefined;
    const chunks = await this.#store.journal(executionArn, {});
    const fold = folded(chunks.flatMap(({ data }) => decodeEvents(data)));
    return { record: asFolded(record, fold), type: "STANDARD", fold, isTruncated: false };
  }
}

function firstId(events: readonly JournalEvent[]): number {
  return events.find(({ id }) => id !== 0)?.id ?? 0;
}

/** The row may have been read before the journal: the journal knows more. */
function asFolded(
  { stopDate: _stopDate, ...record }: ExecutionRecord,
  { snapshot }: ExecutionFold,
): ExecutionRecord {
  const { status, stoppedAt } = snapshot;
  return { ...record, status, ...(stoppedAt !== 0 && { stopDate: stoppedAt }) };
}

/** The events before the first that is missing. */
function unbroken(events: readonly JournalEvent[]): readonly JournalEvent[] {
  const gap = events.findIndex(({ id }, index) => id !== index + 1);
  return gap === -1 ? events : events.slice(0, gap);
}

function endsAmong(events: readonly JournalEvent[]): readonly JournalEvent[] {
  return events.filter((event) => event.type === "ExecutionSucceeded" || isEnd(event));
}

function folded(events: readonly JournalEvent[]): ExecutionFold {
  const fold = new ExecutionFold();
  for (const event of events) fold.apply(event);
  return fold;
}
