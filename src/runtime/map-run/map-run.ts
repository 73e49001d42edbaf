import type { BranchId } from "../../machine/ids.ts";
import type { MapRunOutcome, MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import type { MapRunRedrive } from "../../machine/snapshot.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import type { RolePrincipal } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { MapRunIo, ResultWriter } from "../../ports/map-run-io.ts";
import type { MapRunRecord, MapRunStatus } from "../../ports/map-run-store.ts";
import { type Store, StoreFailure } from "../../ports/store.ts";
import { asError } from "../partition/for-each-execution.ts";
import type { Resident } from "../partition/resident.ts";
import { ChildOwners, type ChildOwnersOptions } from "./child-owners.ts";
import { CurrentRecord, type MapRunChanges } from "./current-record.ts";
import type { EndedChild } from "./ended-child.ts";
import { type Batch, UnstartedBatches } from "./map-run-batches.ts";
import { type MapRunAccess, mapRunAccess } from "./map-run-access.ts";
import { mapRunChild } from "./map-run-child.ts";
import { mapRunChildren } from "./map-run-children.ts";
import { failureOfMistake, foreseenFailure } from "./map-run-failure.ts";
import type { MapRunParents } from "./map-run-parents.ts";
import { MapRunProgress } from "./map-run-progress.ts";
import { toleranceFailure } from "./map-run-tolerance.ts";
import { writeMapRunResults } from "./write-map-run-results.ts";

/** Children that are started before their commit is waited for: reading never runs far ahead of the disk. */
const startedAtOnce = 250;

export interface MapRunOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly authorizer: Authorizer;
  readonly io: MapRunIo;
  readonly parents: MapRunParents;
  /** Stores a record, as long as the partition is here; rejects if another has it. */
  readonly putRecord: (record: MapRunRecord) => Promise<void>;
  /** The owner of a child. */
  readonly ownerOf: ChildOwnersOptions["ownerOf"];
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

/**
 * A distributed Map under way: reads items as there is room for them, starts a child for each item or batch, and gathers
 * the results when all have ended.
 *
 * Nothing of it is stored but its record: which items have run is what children there are, each named by the run and its
 * index. A run that is taken up again reads the data set anew and passes over what has been started.
 */
export class MapRun {
  readonly mapRunArn: string;
  readonly #options: MapRunOptions;
  readonly #mayRun: MapRunAccess;
  readonly #writer: ResultWriter;
  readonly #batches: UnstartedBatches;
  readonly #owners: ChildOwners;
  readonly #parent: Resident;
  readonly #branch: BranchId;
  readonly #settings: MapRunSettings;
  readonly #progress: MapRunProgress;
  /** Children that ended while the run was still finding out which it has; `undefined` once it knows. */
  #early: EndedChild[] | undefined = [];
  readonly #record: CurrentRecord;
  #pumping = false;
  /** Something has happened since it last looked what there is to do. */
  #pumpAgain = false;
  #pumped: Promise<void> = Promise.resolve();
  #outcome: MapRunOutcome | undefined;
  #cancelled = false;
  /** Its partition is being given up. */
  #isLeaving = false;
  #ending = false;
  /** It had been begun before this process, or before the last redrive. */
  #isTakenUp = false;
  /** A mistake of ours has ended it: nothing of it is trusted but that its children stop. */
  #isFaulty = false;
  readonly #ended = Promise.withResolvers<void>();
  /** It has read what was stored of it, or cannot. */
  readonly #hasRead = Promise.withResolvers<void>();
  /** It knows which children it has, or never will. */
  readonly #knowsChildren = Promise.withResolvers<void>();

  constructor(
    options: MapRunOptions,
    parent: Resident,
    branch: BranchId,
    mapRunArn: string,
    settings: MapRunSettings,
    redriven?: MapRunRedrive,
  ) {
    this.#options = options;
    const { roleArn, executionArn: parentArn } = parent.machine.identity;
    const role: RolePrincipal = { type: "role", roleArn, executionArn: parentArn };
    this.#mayRun = mapRunAccess(options.authorizer, role);
    const { reader, writer } = options.io(role);
    this.#writer = writer;
    this.#batches = new UnstartedBatches({ mapRunArn, parent, branch, settings, reader });
    this.#owners = new ChildOwners({
      ...options,
      endedBefore: (executionArn, status) => this.childEnded({ mapRunArn, executionArn, status }),
    });
    this.#parent = parent;
    this.#branch = branch;
    this.#settings = settings;
    this.#progress = new MapRunProgress(redriven);
    this.mapRunArn = mapRunArn;
    const { executionArn } = parent.record;
    const startDate = options.clock.now();
    this.#record = new CurrentRecord(
      { mapRunArn, executionArn, startDate, settings, redriven, progress: this.#progress },
      options.putRecord,
    );
  }

  /** The record with the counts of this moment. */
  get record(): MapRunRecord {
    return this.#record.now;
  }

  /** Children that failed before the redrive and have not begun again. */
  async pendingRedrives(): Promise<ReadonlySet<string>> {
    await this.#knowsChildren.promise;
    return this.#progress.pendingRedrives;
  }

  get parentArn(): string {
    return this.#parent.record.executionArn;
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
    const { store, parents } = this.#options;
    parents.note(this.mapRunArn, this.parentArn);
    try {
      const earlier = await store.mapRun(this.mapRunArn);
      this.#isTakenUp = earlier !== undefined;
      await this.#record.change(earlier === undefined ? {} : setBefore(earlier));
    } catch (thrown) {
      this.#knowsChildren.resolve();
      throw thrown;
    } finally {
      this.#hasRead.resolve();
    }
    try {
      for await (const children of mapRunChildren(store, { mapRunArn: this.mapRunArn })) {
        for (const child of children) this.#progress.takeIn(child);
      }
      this.#progress.allTakenIn();
    } finally {
      this.#knowsChildren.resolve();
    }
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const child of early) this.childEnded(child);
    // When it was cancelled, it did not know yet which children it has.
    if (this.#cancelled) this.#stopChildren();
    this.#pump();
  }

  /** A child has ended, and that is durable. */
  childEnded(child: EndedChild): void {
    if (this.#early !== undefined) {
      this.#early.push(child);
      return;
    }
    if (this.#progress.ended(child)) this.#pump();
  }

  async update(changes: MapRunChanges): Promise<void> {
    // What was set before would take its place.
    await this.#hasRead.promise;
    await this.#record.change(changes);
    this.#pump();
  }

  /** The execution that started it has ended: its children are aborted, and nobody is told. */
  cancel(): void {
    this.#cancelled = true;
    this.#batches.stop();
    this.#stopChildren();
    this.#pump();
  }

  /** Starts nothing more, and stays as it is for the next owner. Resolves when what it was about to do is done. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    this.#batches.stop();
    await this.#pumped;
  }

  /** Reads and starts as there is room; ends the run when nothing is left to do. One at a time. */
  #pump(): void {
    if (this.#ending || this.#isLeaving || this.#early !== undefined) return;
    this.#pumpAgain = this.#pumping;
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pumped = this.#advance().then(
      () => {
        this.#pumping = false;
        if (this.#pumpAgain) this.#pump();
      },
      (thrown: unknown) => {
        this.#pumping = false;
        this.fault(thrown);
      },
    );
  }

  async #advance(): Promise<void> {
    let started: Promise<unknown>[] = [];
    let hasStarted = false;
    while (this.#outcome === undefined && !this.#cancelled && !this.#isLeaving && this.#isWanted) {
      this.#checkTolerance(false);
      if (this.#outcome !== undefined || (this.#batches.isExhausted && !this.#progress.hasFailed))
        break;
      if (this.#progress.open.size >= this.#concurrency) {
        if (started.length === 0) return;
        await Promise.all(started);
        started = [];
        continue;
      }
      const next = await this.#startNext();
      if (next === undefined) continue;
      hasStarted = true;
      started.push(next.durable);
      if (started.length >= startedAtOnce) {
        await Promise.all(started);
        started = [];
      }
    }
    await Promise.all(started);
    // Who was told to stop before its start was durable has not heard it.
    if (this.#cancelled && hasStarted) this.#stopChildren();
    // One that is not wanted is cancelled as soon as that is durable.
    if (this.#isLeaving || !(this.#isWanted || this.#cancelled)) return;
    if (this.#progress.open.size > 0) {
      if (this.#outcome !== undefined) this.#stopChildren();
      return;
    }
    if (this.#cancelled || this.#outcome !== undefined || this.#batches.isExhausted)
      await this.#end();
  }

  /** Begins one child more, which runs once that is durable; `undefined` at the end, or if reading failed. */
  async #startNext(): Promise<{ readonly durable: Promise<unknown> } | undefined> {
    const again = this.#progress.nextAgain;
    if (again !== undefined) {
      this.#outcome = await this.#mayRun.redrive(again);
      if (this.#outcome !== undefined || this.#isLeaving) return undefined;
      this.#progress.beginAgain();
      return { durable: this.#owners.deliver(again, { type: "Redriven" }) };
    }
    const batch = await this.#nextBatch();
    if (batch === undefined || this.#isLeaving) return undefined;
    this.#outcome = await this.#mayRun.start();
    if (this.#outcome !== undefined) return undefined;
    const { clock } = this.#options;
    const run = { mapRunArn: this.mapRunArn, parent: this.#parent, settings: this.#settings };
    const child = mapRunChild(run, batch, clock.now());
    this.#progress.started(child.record.executionArn, batch.items.length);
    return { durable: this.#owners.start(child, this.#isTakenUp) };
  }

  /** Whether its Map state still waits for it: it may have been left, by a stop or with another branch. */
  get #isWanted(): boolean {
    const waiting = this.#parent.snapshot.branches.get(this.#branch)?.waiting;
    return waiting?.type === "mapRun" && waiting.mapRunArn === this.mapRunArn;
  }

  get #concurrency(): number {
    return this.#record.limits.maxConcurrency || Infinity;
  }

  /** The next batch that has not been started; `undefined` at the end, or if reading failed. */
  async #nextBatch(): Promise<Batch | undefined> {
    try {
      return await this.#batches.next((index) => this.#progress.isKnown(index));
    } catch (thrown) {
      if (this.#cancelled || this.#isLeaving || !this.#isWanted) return undefined;
      this.#outcome = this.#failureOf(thrown, "States.ItemReaderFailed");
      return undefined;
    }
  }

  #checkTolerance(complete: boolean): void {
    const { items } = this.#progress;
    const total =
      this.#settings.items?.length ?? (this.#batches.isExhausted ? items.total : undefined);
    this.#outcome ??= toleranceFailure(this.#record.limits, items, total, complete);
  }

  #stopChildren(): void {
    const { onFailure } = this.#options;
    for (const executionArn of this.#progress.open.keys()) {
      this.#owners.deliver(executionArn, { type: "StopRequested" }).catch((thrown: unknown) => {
        if (thrown instanceof StoreFailure) onFailure(thrown);
      });
    }
  }

  async #end(): Promise<void> {
    this.#ending = true;
    this.#batches.stop();
    this.#progress.leaveFailed();
    this.#checkTolerance(true);
    if (!this.#cancelled && !this.#isFaulty) this.#outcome = await this.#writeResults();
    const status: MapRunStatus = this.#cancelled
      ? "ABORTED"
      : this.#outcome?.type === "succeeded"
        ? "SUCCEEDED"
        : "FAILED";
    await this.#record.change({ status, stopDate: this.#options.clock.now() });
    await this.#tellEnd();
  }

  async #tellEnd(): Promise<void> {
    await this.#options.finished(this.#parent, this.mapRunArn, this.#outcome);
    this.#ended.resolve();
  }

  async #writeResults(): Promise<MapRunOutcome> {
    try {
      const ports = { ...this.#options, writer: this.#writer };
      return await writeMapRunResults(ports, this.record, this.#settings, this.#outcome);
    } catch (thrown) {
      return this.#failureOf(thrown, "States.ResultWriterFailed");
    }
  }

  #failureOf(thrown: unknown, mistake: string): MapRunOutcome {
    const foreseen = foreseenFailure(this.#parent.snapshot, this.#branch, thrown);
    return foreseen ?? this.#mistake(thrown, mistake);
  }

  #mistake(thrown: unknown, error: string): MapRunOutcome {
    return failureOfMistake(this.mapRunArn, error, thrown, this.#options);
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
    this.#progress.forgetFailed();
    this.#batches.stop();
    if (isSecond) {
      // It cannot even end in order.
      this.#progress.forgetOpen();
      this.#ending = true;
      this.#tellEnd().catch((again: unknown) => this.#options.onFailure(asError(again)));
      return;
    }
    this.#ending = false;
    this.#pump();
  }
}

/** What stays of a run that is taken up. */
function setBefore(earlier: MapRunRecord) {
  const { startDate, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = earlier;
  return { startDate, maxConcurrency, toleratedFailureCount, toleratedFailurePercentage };
}
