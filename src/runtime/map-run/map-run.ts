import { createHash } from "node:crypto";
import type { JsonValue } from "../../expression/json.ts";
import { exceedsBytes, Payload } from "../../expression/payload.ts";
import type { BranchId } from "../../machine/ids.ts";
import { mapRunItem, mapRunItemFailure } from "../../machine/map-run/map-run-item.ts";
import type { MapRunOutcome, MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import { uuidFrom } from "../../machine/uuid-from.ts";
import type { ExecutionSnapshot, MapRunRedrive } from "../../machine/snapshot.ts";
import type { MapItem } from "../../machine/state-scope.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import { type ItemReader, MapRunIoError, type ResultWriter } from "../../ports/map-run-io.ts";
import type { MapRunRecord, MapRunStatus } from "../../ports/map-run-store.ts";
import type { ExecutionRecord, Store } from "../../ports/store.ts";
import { mapRunChildren } from "./map-run-children.ts";
import { type CountName, countOf, type Counts, noCounts, shownCounts } from "./map-run-counts.ts";
import { childResultOf } from "./map-run-result.ts";
import type { Resident } from "../partition/resident.ts";

/** Children that are started before their commit is waited for: reading never runs far ahead of the disk. */
const startedAtOnce = 250;
/** Documented: a batch without a limit of its own ends at the limit of a payload. */
const batchBytes = 262_144;

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
  readonly onFailure: (reason: Error) => void;
}

export interface ChildDocuments {
  readonly input: Payload;
  readonly output?: Payload;
  readonly error?: string;
  readonly cause?: string;
}

/** What may be changed while a run is under way. */
export interface MapRunChanges {
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** One child's share of the data set. */
interface Batch {
  readonly index: number;
  readonly items: readonly JsonValue[];
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
  #source: AsyncIterator<Batch> | undefined;
  #exhausted = false;
  #pumping = false;
  #outcome: MapRunOutcome | undefined;
  #cancelled = false;
  #ending = false;
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
        this.#options.onFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
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
      this.#source ??= this.#batches()[Symbol.asyncIterator]();
      const next = await this.#source.next();
      if (next.done !== true) return next.value;
      this.#exhausted = true;
    } catch (thrown) {
      if (this.#cancelled) return undefined;
      this.#outcome = this.#failureOf(thrown);
    }
    return undefined;
  }

  async #start({ index, items }: Batch): Promise<void> {
    const { identity } = this.#parent.machine;
    const [base] = identity.stateMachineArn.split("/");
    const stateMachineArn = `${base as string}/${this.#settings.label}`;
    const name = childName(this.mapRunArn, index);
    const executionArn = `${stateMachineArn.replace(":stateMachine:", this.#childKind)}:${name}`;
    const { testCase } = this.#parent.record;
    const { batcher } = this.#settings;
    const input = Payload.ofValue(
      batcher === undefined
        ? (items[0] as JsonValue)
        : {
            ...(batcher.input === undefined ? {} : { BatchInput: batcher.input }),
            Items: items,
          },
    );
    this.#count("total", items.length);
    this.#opened(executionArn, items.length);
    await this.#options.startChild(
      {
        executionArn,
        stateMachineArn,
        revisionId: this.#parent.record.revisionId,
        name,
        status: "RUNNING",
        startDate: this.#options.clock.now(),
        mapRun: { mapRunArn: this.mapRunArn, index, itemCount: items.length },
        ...(testCase === undefined ? {} : { testCase }),
      },
      input,
    );
  }

  get #childKind(): string {
    return this.#settings.executionType === "EXPRESS" ? ":express:" : ":execution:";
  }

  /** The data set as the children's shares of it, without those that have been started already. */
  async *#batches(): AsyncGenerator<Batch> {
    const { batcher } = this.#settings;
    const most = batcher?.maxItems ?? (batcher === undefined ? 1 : Infinity);
    const bytes = Math.min(batcher?.maxInputBytes ?? batchBytes, batchBytes);
    const fixed = JSON.stringify({ Items: [], BatchInput: batcher?.input ?? null }).length;
    let index = 0;
    let items: JsonValue[] = [];
    let size = fixed;
    for await (const value of this.#selectedItems()) {
      const length = batcher === undefined ? 0 : JSON.stringify(value).length + 1;
      if (items.length > 0 && (items.length >= most || size + length > bytes)) {
        if (!this.#known.has(index)) yield { index, items };
        index++;
        items = [];
        size = fixed;
      }
      items.push(value);
      size += length;
    }
    if (items.length > 0 && !this.#known.has(index)) yield { index, items };
  }

  /** Every item as it goes into a child or a batch. */
  async *#selectedItems(): AsyncGenerator<JsonValue> {
    const { machine, snapshot } = this.#parent;
    const { maxItems } = this.#settings.reader ?? {};
    if (maxItems !== undefined && maxItems < 0) {
      throw new MapRunIoError("States.ItemReaderFailed", "field MaxItems must be positive");
    }
    let index = 0;
    for await (const item of this.#rawItems()) {
      const seed = hash32(`${this.mapRunArn} ${index}`);
      const input = mapRunItem(machine, snapshot, this.#branch, { ...item, index }, seed);
      if (exceedsBytes(JSON.stringify(input), machine.limits.payloadBytes)) {
        throw new MapRunIoError(
          "States.DataLimitExceeded",
          `The state/task '${this.#settings.stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
        );
      }
      yield input;
      index++;
    }
  }

  async *#rawItems(): AsyncGenerator<Omit<MapItem, "index">> {
    const { items, keys, reader } = this.#settings;
    if (reader === undefined) {
      for (const [index, value] of (items ?? []).entries()) {
        yield { value, key: keys?.[index], source: "STATE_DATA" };
      }
      return;
    }
    const request = {
      resource: reader.resource,
      arguments: reader.arguments,
      readerConfig: { ...reader.config, MaxItems: reader.maxItems },
      signal: this.#reading.signal,
    };
    for await (const { value, key, source } of this.#options.reader.open(request)) {
      yield { value, key, source };
    }
  }

  /** Documented: failed and timed-out items, by number or by share of all; the share is judged when all are known. */
  #checkTolerance(complete: boolean): void {
    const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = this.#record;
    const failed = this.#items.failed + this.#items.timedOut;
    if (failed === 0 || this.#outcome !== undefined) return;
    const total = this.#settings.items?.length ?? (this.#exhausted ? this.#items.total : undefined);
    const share = total === undefined ? undefined : (failed / total) * 100;
    const tooMany =
      failed > count && (percentage === 0 || share === undefined || share > percentage);
    const decided = complete || percentage === 0 || share !== undefined;
    if (tooMany && decided) {
      this.#outcome = {
        type: "failed",
        error: "States.ExceedToleratedFailureThreshold",
        cause: "The specified tolerated failure threshold was exceeded",
      };
    }
  }

  #stopChildren(): void {
    for (const executionArn of this.#open.keys()) {
      this.#options.stopChild(executionArn).catch(this.#options.onFailure);
    }
  }

  async #end(): Promise<void> {
    this.#ending = true;
    const { store, clock, finished } = this.#options;
    for (const { status, items } of this.#failed.splice(0)) this.#count(countOf(status), items);
    this.#checkTolerance(true);
    if (!this.#cancelled) this.#outcome = await this.#writeResults(this.#outcome);
    const status: MapRunStatus = this.#cancelled
      ? "ABORTED"
      : this.#outcome?.type === "succeeded"
        ? "SUCCEEDED"
        : "FAILED";
    this.#record = { ...this.#record, status, stopDate: clock.now() };
    await store.putMapRun(this.record);
    await finished(this.#parent, this.mapRunArn, this.#outcome);
    this.#ended.resolve();
  }

  /** The results go where the writer says, whether or not the run failed; what it failed of stays. */
  async #writeResults(failure: MapRunOutcome | undefined): Promise<MapRunOutcome> {
    const { writer } = this.#settings;
    const { redriveCount, redriveDate } = this.#record;
    if (failure !== undefined && writer?.resource === undefined) return failure;
    try {
      const open = await this.#options.writer.open({
        resource: writer?.resource,
        arguments: writer?.arguments,
        writerConfig: writer?.config,
        mapRunArn: this.mapRunArn,
        stateName: this.#settings.stateName,
        redriveCount,
        redriveDate,
      });
      const { describeChildren, clock } = this.#options;
      for await (const children of this.#children()) {
        const documents = await describeChildren(children);
        for (const [index, child] of children.entries()) {
          const described = documents[index] as ChildDocuments;
          await open.write(childResultOf(child, described, clock.now()));
        }
      }
      const result = await open.finish();
      if (failure !== undefined) return failure;
      if (result.type === "output") {
        return { type: "succeeded", output: Payload.ofText(result.text) };
      }
      const { Bucket, Key } = result;
      const details = { MapRunArn: this.mapRunArn, ResultWriterDetails: { Bucket, Key } };
      return { type: "succeeded", output: Payload.ofValue(details) };
    } catch (thrown) {
      return this.#failureOf(thrown);
    }
  }

  #failureOf(thrown: unknown): MapRunOutcome {
    if (thrown instanceof MapRunIoError) {
      return { type: "failed", error: thrown.error, cause: thrown.causeText };
    }
    const failure = mapRunItemFailure(this.#parent.snapshot, this.#branch, thrown);
    if (failure === undefined) throw thrown;
    const { error = "States.Runtime", cause } = failure;
    return { type: "failed", error, ...(cause === undefined ? {} : { cause }) };
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

/** The name of a child in the form of a UUID; the same run and index always have the same. */
function childName(mapRunArn: string, index: number): string {
  return uuidFrom(createHash("sha256").update(`${mapRunArn} ${index}`).digest("hex"));
}

function hash32(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32LE(0);
}
