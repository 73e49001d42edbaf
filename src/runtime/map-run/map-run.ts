import type { Payload } from "../../expression/payload.ts";
import type { BranchId } from "../../machine/ids.ts";
import { mapRunItemFailure } from "../../machine/map-run/map-run-item.ts";
import type { MapRunOutcome, MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import type { ExecutionSnapshot, MapRunRedrive } from "../../machine/snapshot.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import { type ItemReader, MapRunIoError, type ResultWriter } from "../../ports/map-run-io.ts";
import type { MapRunRecord, MapRunStatus } from "../../ports/map-run-store.ts";
import { type ExecutionRecord, type Store, StoreFailure } from "../../ports/store.ts";
import type { Resident } from "../partition/resident.ts";
import { type Batch, readBatches } from "./map-run-batches.ts";
import { mapRunChild } from "./map-run-child.ts";
import { mapRunChildren } from "./map-run-children.ts";
import { type CountName, countOf, type Counts, noCounts, shownCounts } from "./map-run-counts.ts";
import type { ChildDocuments } from "./map-run-result.ts";
import { toleranceFailure } from "./map-run-tolerance.ts";
import { writeMapRunResults } from "./write-map-run-results.ts";

/** Children that are started before their commit is waited for: reading never runs far ahead of the disk. */
const startedAtOnce = 250;

export interface MapRunOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly reader: ItemReader;
  readonly writer: ResultWriter;
  /** Starts a child; resolves when its start is durable. */
  readonly startChild: (record: ExecutionRecord, input: Payload) => Promise<void>;
  readonly redriveChild: (executionArn: string) => Promise<void>;
  readonly stopChild: (executionArn: string) => Promise<void>;
  /** The documents of children that have ended, in the order of the children. */
  readonly describeChildren: (
    records: readonly ExecutionRecord[],
  ) => Promise<readonly ChildDocuments[]>;
  /** Tells the execution that started the run how it ended; without an outcome it was cancelled. */
  readonly finished: (
    parent: Resident,
    mapRunArn: string,
    outcome: MapRunOutcome | undefined,
  ) => Promise<void>;
  readonly logger: Logger;
  /** The store has failed: the engine can not go on. */
  readonly onFailure: (reason: Error) => void;
  /** Whether the engine stops, so that nothing that fails now is a mistake. */
  readonly isStopping: () => boolean;
}

/** What may be changed while a run is under way. */
export interface MapRunChanges {
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

interface FailedChild {
  readonly executionArn: string;
  readonly status: ExecutionRecord["status"];
  readonly items: number;
}

/**
 * A distributed Map under way: reads items as there is room for them, starts a child for each item or batch, counts
 * what comes of them, and gathers the results.
 *
 * Nothing of it is stored but its record: which items have run is what children there are, each named by the run and its
 * index. A run that is taken up again reads the data set anew and passes over what has been started.
 */
export class MapRun {
  readonly mapRunArn: string;
  readonly #options: MapRunOptions;
  readonly #parent: Resident;
  readonly #branch: BranchId;
  readonly #settings: MapRunSettings;
  readonly #items: Counts = noCounts();
  readonly #executions: Counts = noCounts();
  readonly #redriven: MapRunRedrive | undefined;
  /** Children that have not ended: their items. */
  readonly #open = new Map<string, number>();
  /** Children that failed before the redrive and have not begun again, the last one first. */
  #failed: FailedChild[] = [];
  /** Indexes that were started before this process took the run up. */
  readonly #known = new Set<number>();
  /** Children that ended while the run was still finding out which it has; `undefined` once it knows. */
  #early: [ExecutionRecord, ExecutionSnapshot][] | undefined = [];
  #record: MapRunRecord;
  #source: AsyncGenerator<Batch> | undefined;
  #exhausted = false;
  #pumping = false;
  #outcome: MapRunOutcome | undefined;
  #cancelled = false;
  #ending = false;
  /** A mistake of ours has ended it: nothing of it is trusted but that its children stop. */
  #isFaulty = false;
  readonly #reading = new AbortController();
  readonly #ended = Promise.withResolvers<void>();

  constructor(
    options: MapRunOptions,
    parent: Resident,
    branch: BranchId,
    mapRunArn: string,
    settings: MapRunSettings,
    redriven?: MapRunRedrive,
  ) {
    this.#options = options;
    this.#parent = parent;
    this.#branch = branch;
    this.#settings = settings;
    this.#redriven = redriven;
    this.mapRunArn = mapRunArn;
    this.#record = {
      mapRunArn,
      executionArn: parent.record.executionArn,
      status: "RUNNING",
      startDate: options.clock.now(),
      maxConcurrency: settings.maxConcurrency,
      toleratedFailureCount: settings.toleratedFailureCount,
      toleratedFailurePercentage: settings.toleratedFailurePercentage,
      itemCounts: shownCounts(this.#items, 0, 0),
      executionCounts: shownCounts(this.#executions, 0, 0),
      redriveCount: redriven?.count ?? 0,
      ...(redriven === undefined ? {} : { redriveDate: redriven.date }),
    };
  }

  /** The record with the counts of this moment. */
  get record(): MapRunRecord {
    const total = this.#settings.items?.length;
    return {
      ...this.#record,
      itemCounts: shownCounts(this.#items, total ?? this.#items.total, this.#failedItems),
      executionCounts: shownCounts(this.#executions, this.#executions.total, this.#failed.length),
    };
  }

  get #failedItems(): number {
    return this.#failed.reduce((sum, { items }) => sum + items, 0);
  }

  /** Children that failed before the redrive and have not begun again. */
  get pendingRedrives(): ReadonlySet<string> {
    return new Set(this.#failed.map(({ executionArn }) => executionArn));
  }

  get parentArn(): string {
    return this.#record.executionArn;
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  /** Resolves when nothing of it is under way any more. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Starts the run, or takes it up. If it is redriven, the children run again that failed before. */
  async begin(): Promise<void> {
    const { store } = this.#options;
    const earlier = await store.mapRun(this.mapRunArn);
    if (earlier !== undefined) {
      const { startDate, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } =
        earlier;
      this.#record = {
        ...this.#record,
        startDate,
        maxConcurrency,
        toleratedFailureCount,
        toleratedFailurePercentage,
      };
    }
    await store.putMapRun(this.record);
    for await (const children of this.#children()) {
      for (const child of children) this.#takeIn(child);
    }
    this.#failed.reverse();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const [record, snapshot] of early) this.childClosed(record, snapshot);
    this.#pump();
  }

  /** Counts a child that there is already. */
  #takeIn(child: ExecutionRecord): void {
    const { executionArn, status, mapRun } = child;
    this.#known.add(mapRun?.index ?? -1);
    const items = mapRun?.itemCount ?? 1;
    this.#count("total", items);
    if (status === "RUNNING") this.#opened(executionArn, items);
    else if (this.#beginsAgain(child)) this.#failed.push({ executionArn, status, items });
    else this.#count(countOf(status), items);
  }

  /** What it has begun since the redrive, this process or the one before it has redriven already. */
  #beginsAgain({ status, startDate, redriveDate = startDate }: ExecutionRecord): boolean {
    return (
      this.#redriven !== undefined && status !== "SUCCEEDED" && redriveDate < this.#redriven.date
    );
  }

  /** A child has ended, and that is durable. */
  childClosed(record: ExecutionRecord, snapshot: ExecutionSnapshot): void {
    if (this.#early !== undefined) {
      this.#early.push([record, snapshot]);
      return;
    }
    const items = this.#open.get(record.executionArn);
    if (items === undefined) return;
    this.#open.delete(record.executionArn);
    this.#items.running -= items;
    this.#executions.running--;
    this.#count(countOf(snapshot.status), items);
    this.#pump();
  }

  async update(changes: MapRunChanges): Promise<void> {
    this.#record = { ...this.#record, ...changes };
    await this.#options.store.putMapRun(this.record);
    this.#pump();
  }

  /** The execution that started it has ended: its children are aborted, and nobody is told. */
  cancel(): void {
    this.#cancelled = true;
    this.#reading.abort();
    this.#stopChildren();
    this.#pump();
  }

  /** Reads and starts as there is room; ends the run when nothing is left to do. One at a time. */
  #pump(): void {
    if (this.#pumping || this.#ending || this.#early !== undefined) return;
    this.#pumping = true;
    this.#advance().then(
      () => {
        this.#pumping = false;
      },
      (thrown: unknown) => {
        this.#pumping = false;
        this.fault(thrown);
      },
    );
  }

  async #advance(): Promise<void> {
    let started: Promise<void>[] = [];
    while (this.#outcome === undefined && !this.#cancelled) {
      this.#checkTolerance(false);
      if (this.#outcome !== undefined || (this.#exhausted && this.#failed.length === 0)) break;
      if (this.#open.size >= this.#concurrency) {
        if (started.length > 0) {
          await Promise.all(started);
          started = [];
          continue;
        }
        return;
      }
      const failed = this.#failed.pop();
      if (failed === undefined) {
        const batch = await this.#nextBatch();
        if (batch === undefined) continue;
        started.push(this.#start(batch));
      } else {
        this.#opened(failed.executionArn, failed.items);
        started.push(this.#options.redriveChild(failed.executionArn));
      }
      if (started.length >= startedAtOnce) {
        await Promise.all(started);
        started = [];
      }
    }
    await Promise.all(started);
    if (this.#open.size > 0) {
      if (this.#outcome !== undefined) this.#stopChildren();
      return;
    }
    if (this.#cancelled || this.#outcome !== undefined || this.#exhausted) await this.#end();
  }

  get #concurrency(): number {
    return this.#record.maxConcurrency === 0 ? Infinity : this.#record.maxConcurrency;
  }

  /** The next batch that has not been started; `undefined` at the end, or if reading failed. */
  async #nextBatch(): Promise<Batch | undefined> {
    try {
      this.#source ??= readBatches({
        mapRunArn: this.mapRunArn,
        parent: this.#parent,
        branch: this.#branch,
        settings: this.#settings,
        reader: this.#options.reader,
        signal: this.#reading.signal,
      });
      for (;;) {
        const next = await this.#source.next();
        if (next.done === true) break;
        if (!this.#known.has(next.value.index)) return next.value;
      }
      this.#exhausted = true;
    } catch (thrown) {
      if (this.#cancelled) return undefined;
      this.#outcome = this.#failureOf(thrown, "States.ItemReaderFailed");
    }
    return undefined;
  }

  async #start(batch: Batch): Promise<void> {
    const { clock, startChild } = this.#options;
    const run = { mapRunArn: this.mapRunArn, parent: this.#parent, settings: this.#settings };
    const { record, input } = mapRunChild(run, batch, clock.now());
    this.#count("total", batch.items.length);
    this.#opened(record.executionArn, batch.items.length);
    await startChild(record, input);
  }

  #checkTolerance(complete: boolean): void {
    const total = this.#settings.items?.length ?? (this.#exhausted ? this.#items.total : undefined);
    this.#outcome ??= toleranceFailure(this.#record, this.#items, total, complete);
  }

  #stopChildren(): void {
    for (const executionArn of this.#open.keys()) {
      this.#options.stopChild(executionArn).catch((thrown: unknown) => {
        if (thrown instanceof StoreFailure) this.#options.onFailure(thrown);
      });
    }
  }

  async #end(): Promise<void> {
    this.#ending = true;
    const { store, clock } = this.#options;
    for (const { status, items } of this.#failed.splice(0)) this.#count(countOf(status), items);
    this.#checkTolerance(true);
    if (!this.#cancelled && !this.#isFaulty) this.#outcome = await this.#writeResults();
    const status: MapRunStatus = this.#cancelled
      ? "ABORTED"
      : this.#outcome?.type === "succeeded"
        ? "SUCCEEDED"
        : "FAILED";
    this.#record = { ...this.#record, status, stopDate: clock.now() };
    await store.putMapRun(this.record);
    await this.#tellEnd();
  }

  async #tellEnd(): Promise<void> {
    await this.#options.finished(this.#parent, this.mapRunArn, this.#outcome);
    this.#ended.resolve();
  }

  async #writeResults(): Promise<MapRunOutcome> {
    try {
      return await writeMapRunResults(this.#options, this.record, this.#settings, this.#outcome);
    } catch (thrown) {
      return this.#failureOf(thrown, "States.ResultWriterFailed");
    }
  }

  /** What a reader, a writer or an expression failed of; our own mistake fails the run with `mistake`, and nothing else. */
  #failureOf(thrown: unknown, mistake: string): MapRunOutcome {
    if (thrown instanceof MapRunIoError) {
      return { type: "failed", error: thrown.error, cause: thrown.causeText };
    }
    const failure = mapRunItemFailure(this.#parent.snapshot, this.#branch, thrown);
    if (failure === undefined) return this.#mistake(thrown, mistake);
    const { error = "States.Runtime", cause } = failure;
    return { type: "failed", error, ...(cause === undefined ? {} : { cause }) };
  }

  /** Throws what is no mistake of this run's: the store has failed, or the engine stops. */
  #mistake(thrown: unknown, error: string): MapRunOutcome {
    if (thrown instanceof StoreFailure || this.#options.isStopping()) throw thrown;
    const { message, stack } = asError(thrown);
    this.#options.logger.error("a Map Run is stopped by a mistake of the engine", {
      mapRunArn: this.mapRunArn,
      message: stack ?? message,
    });
    return {
      type: "failed",
      error,
      cause: `A mistake of the engine stopped the Map Run: ${message}`,
    };
  }

  /** Something that was not foreseen ends this run, and no other: its children are stopped, and its parent is told. */
  fault(thrown: unknown): void {
    try {
      this.#outcome = this.#mistake(thrown, "States.Runtime");
    } catch (fatal) {
      if (!this.#options.isStopping()) this.#options.onFailure(asError(fatal));
      return;
    }
    const isSecond = this.#isFaulty;
    this.#isFaulty = true;
    this.#early = undefined;
    this.#failed = [];
    this.#reading.abort();
    if (isSecond) {
      // It cannot even end in order.
      this.#open.clear();
      this.#ending = true;
      this.#tellEnd().catch((again: unknown) => this.#options.onFailure(asError(again)));
      return;
    }
    this.#ending = false;
    this.#pump();
  }

  #children(): AsyncIterable<readonly ExecutionRecord[]> {
    return mapRunChildren(this.#options.store, { mapRunArn: this.mapRunArn });
  }

  #opened(executionArn: string, items: number): void {
    this.#open.set(executionArn, items);
    this.#count("running", items);
  }

  #count(name: CountName, items: number): void {
    this.#items[name] += items;
    this.#executions[name]++;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
