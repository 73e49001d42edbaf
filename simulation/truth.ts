import { isDeepStrictEqual } from "node:util";
import { evolve } from "../src/machine/evolve.ts";
import type { JournalEvent } from "../src/machine/journal/journal-event.ts";
import { decodeEvents } from "../src/machine/journal/journal-codec.ts";
import { type ExecutionSnapshot, newSnapshot } from "../src/machine/snapshot.ts";
import { branchWaitingFor } from "../src/machine/task-activation.ts";
import type { ClusterStore, NodeRecord } from "../src/ports/cluster-store.ts";
import { partitionOf } from "../src/ports/partition-of.ts";
import type { CommitBatch, ExecutionRecord, ExecutionWrite } from "../src/ports/store.ts";
import { MapRunUpdates } from "./map-run-updates.ts";
import { Violation } from "./violation.ts";

/** An execution by what was committed of it. */
export interface TrueExecution {
  readonly record: ExecutionRecord;
  readonly partition: number;
  readonly snapshot: ExecutionSnapshot;
  /** What the snapshot was folded of, as it was written. */
  readonly chunks: string[];
  /** Tasks that have ended. */
  readonly ended: Set<number>;
  /** The results of tasks, as their texts. */
  readonly results: Set<string>;
}

interface TruePartition {
  epoch: number;
  nodeId: string | undefined;
  sequence: number;
}

export interface TruthOptions {
  /** Nothing goes wrong in this schedule. */
  readonly isSteady: boolean;
  /** All clocks of the day are right. */
  readonly areClocksRight: boolean;
}

/** Events with which a branch goes on that waited for its time. */
const goesOn = /Scheduled$|StateStarted$|^WaitStateExited$/;
/** What a timer and its commit take at most while nothing goes wrong. */
const mostLateMs = 500;

/**
 * What the database really holds, seen from above: looks at each commit when it is made, and knows at each moment who may do
 * what. Throws a {@link Violation} for what must never be.
 */
export class Truth {
  readonly executions = new Map<string, TrueExecution>();
  readonly mapRunUpdates = new MapRunUpdates();
  readonly #store: ClusterStore;
  readonly #now: () => number;
  readonly #partitions: TruePartition[];
  readonly #leases = new Map<string, number>();
  readonly #isSteady: boolean;
  readonly #areClocksRight: boolean;

  constructor(store: ClusterStore, now: () => number, options: TruthOptions) {
    this.#store = store;
    this.#now = now;
    this.#isSteady = options.isSteady;
    this.#areClocksRight = options.areClocksRight;
    this.#partitions = Array.from({ length: store.partitions }, () => ({
      epoch: 0,
      nodeId: undefined,
      sequence: 0,
    }));
  }

  heartbeat({ nodeId }: NodeRecord, leaseMs: number): void {
    this.#leases.set(nodeId, this.#now() + leaseMs);
  }

  left(nodeId: string): void {
    this.#leases.delete(nodeId);
  }

  claimed(index: number, nodeId: string, epoch: number): void {
    const partition = this.#partition(index);
    if (epoch <= partition.epoch) {
      throw new Violation(
        "epochs only rise",
        `${index} was given epoch ${epoch} after ${partition.epoch}`,
      );
    }
    if (
      partition.nodeId !== undefined &&
      partition.nodeId !== nodeId &&
      this.isAlive(partition.nodeId)
    ) {
      throw new Violation(
        "one owner",
        `${nodeId} was given ${index}, which ${partition.nodeId} has`,
      );
    }
    Object.assign(partition, { epoch, nodeId, sequence: 0 });
  }

  released(index: number, epoch: number): void {
    const partition = this.#partition(index);
    if (partition.epoch === epoch) partition.nodeId = undefined;
  }

  isAlive(nodeId: string): boolean {
    return (this.#leases.get(nodeId) ?? Number.NEGATIVE_INFINITY) > this.#now();
  }

  /** A commit has been written. */
  committed(batch: CommitBatch): void {
    const partition = this.#partition(batch.partition);
    if (batch.epoch !== partition.epoch || partition.nodeId === undefined) {
      throw new Violation(
        "one owner commits",
        `epoch ${batch.epoch} wrote partition ${batch.partition} in epoch ${partition.epoch}`,
      );
    }
    if (batch.sequence <= partition.sequence) {
      throw new Violation(
        "each position once",
        `${batch.partition} ${batch.epoch} ${batch.sequence} after ${partition.sequence}`,
      );
    }
    partition.sequence = batch.sequence;
    for (const write of batch.writes) this.#wrote(batch.partition, write);
  }

  /** A node calls what a task names. */
  called(nodeId: string, executionArn: string, taskId: number): void {
    const execution = this.executions.get(executionArn);
    const partition = this.#partition(
      execution?.partition ?? partitionOf(executionArn, this.#store.partitions),
    );
    if (partition.nodeId !== nodeId || !this.isAlive(nodeId)) {
      throw new Violation(
        "only the owner acts",
        `${nodeId} calls ${executionArn} ${taskId}, which belongs to ${partition.nodeId ?? "nobody"}`,
      );
    }
    const waiting = execution && branchWaitingFor(execution.snapshot, taskId)?.waiting;
    // It may have ended in the very commit that began it, when another branch failed.
    if (waiting?.type !== "task" && execution?.ended.has(taskId) !== true) {
      throw new Violation(
        "calls are durable first",
        `${executionArn} ${taskId} is called and not recorded`,
      );
    }
  }

  /** All that must be true once everything has ended. */
  async settled(): Promise<void> {
    await this.mapRunUpdates.settled(
      async (mapRunArn) => (await this.#store.mapRun(mapRunArn))?.maxConcurrency,
    );
    for (const [executionArn, { snapshot, chunks }] of this.executions) {
      const [held] = await this.#store.journals([executionArn]);
      if (held === undefined)
        throw new Violation("nothing is lost", `${executionArn} is not stored`);
      const stored = held.chunks.map(({ data }) => data);
      // The fold of the same letters is there already.
      const folded = isDeepStrictEqual(stored, chunks) ? snapshot : foldOf(stored);
      const { status, stoppedAt, lastEventId } = folded;
      const same = { status, stoppedAt, lastEventId };
      const { status: s, stoppedAt: t, lastEventId: l } = snapshot;
      if (!isDeepStrictEqual(same, { status: s, stoppedAt: t, lastEventId: l })) {
        throw new Violation(
          "journals replay",
          `${executionArn} is ${status} by its journal, not ${s}`,
        );
      }
      if (held.record.status !== status) {
        throw new Violation(
          "rows say what journals say",
          `${executionArn}: ${held.record.status}, ${status}`,
        );
      }
      if (held.record.status !== "RUNNING" && held.record.stopDate !== stoppedAt) {
        throw new Violation(
          "rows say what journals say",
          `${executionArn} has another date of its end`,
        );
      }
    }
  }

  #wrote(partition: number, write: ExecutionWrite): void {
    const { executionArn, start, chunk, closed } = write;
    let execution = this.executions.get(executionArn);
    const home = execution?.partition ?? partitionOf(executionArn, this.#store.partitions);
    if (home !== partition) {
      throw new Violation("one owner", `${executionArn} was written with partition ${partition}`);
    }
    if (start !== undefined) {
      if (execution !== undefined)
        throw new Violation("names are unique", `${executionArn} started twice`);
      execution = {
        record: start,
        partition,
        snapshot: newSnapshot(),
        chunks: [],
        ended: new Set(),
        results: new Set(),
      };
      this.executions.set(executionArn, execution);
    }
    if (execution === undefined)
      throw new Violation("nothing is lost", `${executionArn} has no start`);
    const { snapshot, ended, results, chunks } = execution;
    if (chunk !== undefined) chunks.push(chunk.data);
    for (const event of chunk === undefined ? [] : decodeEvents(chunk.data)) {
      if (event.id !== 0 && event.id !== snapshot.lastEventId + 1) {
        throw new Violation(
          "histories have no gaps",
          `${executionArn}: ${event.type} ${event.id} after ${snapshot.lastEventId}`,
        );
      }
      if (snapshot.status !== "RUNNING" && event.type !== "ExecutionRedriven") {
        throw new Violation("one end", `${executionArn} is ${snapshot.status}, then ${event.type}`);
      }
      if (event.type === "TaskSucceeded" || event.type === "ActivitySucceeded") {
        results.add(event.payload?.text ?? "");
      }
      this.#checkPunctual(executionArn, snapshot, event);
      const before = tasksOf(snapshot);
      evolve(snapshot, event);
      if (event.type === "MapIterationStarted")
        checkIterations(executionArn, snapshot, event.branch);
      if (event.type === "ExecutionStarted" || event.type === "ExecutionRedriven") {
        this.#checkChildren(execution);
      }
      const after = tasksOf(snapshot);
      for (const taskId of before) if (!after.has(taskId)) ended.add(taskId);
    }
    if ((snapshot.status !== "RUNNING") !== (closed !== undefined) && chunk !== undefined) {
      throw new Violation("rows say what journals say", `${executionArn} is ${snapshot.status}`);
    }
  }

  /** What waits goes on when its time has come, and not before. */
  #checkPunctual(executionArn: string, { branches }: ExecutionSnapshot, event: JournalEvent): void {
    const waiting = branches.get(event.branch)?.waiting;
    if (waiting?.type !== "wait" && waiting?.type !== "retry") return;
    if (!goesOn.test(event.type)) return;
    // The next owner's clock may be behind that of the one before it.
    const isEarly = event.at < waiting.until && this.#areClocksRight;
    const isLate = this.#isSteady && this.#now() > waiting.until + mostLateMs;
    if (!isEarly && !isLate) return;
    throw new Violation(
      "timers are punctual",
      `${executionArn} went on at ${event.at}, was to at ${waiting.until}, and it is ${this.#now()}`,
    );
  }

  /** A Map Run has no more children than it may have at a time. */
  #checkChildren({ record }: TrueExecution): void {
    const { mapRun } = record;
    if (mapRun === undefined) return;
    const { mapRunArn } = mapRun;
    let most = Infinity;
    let running = 0;
    for (const { record: other, snapshot } of this.executions.values()) {
      if (other.mapRun?.mapRunArn === mapRunArn && snapshot.status === "RUNNING") running++;
      for (const { waiting } of snapshot.branches.values()) {
        if (waiting?.type === "mapRun" && waiting.mapRunArn === mapRunArn) {
          most = this.mapRunUpdates.most(mapRunArn, waiting.settings.maxConcurrency || Infinity);
        }
      }
    }
    if (running > most) {
      throw new Violation(
        "MaxConcurrency is kept",
        `${mapRunArn} has ${running} children, and ${most} are allowed`,
      );
    }
  }

  #partition(index: number): TruePartition {
    return this.#partitions[index] as TruePartition;
  }
}

function foldOf(chunks: readonly string[]): ExecutionSnapshot {
  const folded = newSnapshot();
  for (const chunk of chunks) for (const event of decodeEvents(chunk)) evolve(folded, event);
  return folded;
}

function checkIterations(executionArn: string, { branches }: ExecutionSnapshot, id: number): void {
  const waiting = branches.get(id)?.waiting;
  if (waiting?.type !== "map" || waiting.maxConcurrency === 0) return;
  let running = 0;
  for (const { parent } of branches.values()) if (parent === id) running++;
  if (running <= waiting.maxConcurrency) return;
  throw new Violation(
    "MaxConcurrency is kept",
    `${executionArn} has ${running} iterations, and ${waiting.maxConcurrency} are allowed`,
  );
}

function tasksOf({ branches }: ExecutionSnapshot): Set<number> {
  const tasks = new Set<number>();
  for (const { waiting } of branches.values())
    if (waiting?.type === "task") tasks.add(waiting.taskId);
  return tasks;
}
