import type { Command } from "../../machine/command.ts";
import type { BranchId } from "../../machine/ids.ts";
import type { WaitingForMapRun } from "../../machine/snapshot.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import { endAbandonedMapRun } from "./abandoned-map-runs.ts";
import type { MapRunChanges } from "./current-record.ts";
import type { EndedChild } from "./ended-child.ts";
import { MapRun, type MapRunOptions } from "./map-run.ts";
import type { Resident } from "../partition/resident.ts";

/** The Map Runs of a partition's executions that are under way. */
export class MapRuns {
  readonly #options: MapRunOptions;
  readonly #runs = new Map<string, MapRun>();

  constructor(options: MapRunOptions) {
    this.#options = {
      ...options,
      finished: async (parent, mapRunArn, outcome) => {
        this.#remove(parent, mapRunArn);
        await options.finished(parent, mapRunArn, outcome);
      },
    };
  }

  start(parent: Resident, command: Extract<Command, { type: "StartMapRun" }>): void {
    const { branch, mapRunArn, settings } = command;
    this.#begin(new MapRun(this.#options, parent, branch, mapRunArn, settings), parent);
  }

  redrive(parent: Resident, command: Extract<Command, { type: "RedriveMapRun" }>): void {
    const { branch, mapRunArn, settings, redriven } = command;
    this.#begin(new MapRun(this.#options, parent, branch, mapRunArn, settings, redriven), parent);
  }

  /** Takes up a run that was under way when the process before this one ended. */
  resume(parent: Resident, branch: BranchId, waiting: WaitingForMapRun): void {
    const { mapRunArn, settings, redriven } = waiting;
    this.#begin(new MapRun(this.#options, parent, branch, mapRunArn, settings, redriven), parent);
  }

  cancel(mapRunArn: string): void {
    this.#runs.get(mapRunArn)?.cancel();
  }

  /** Tells the run of a child, if it is under way, that the child has ended. */
  childEnded(child: EndedChild): void {
    const run = this.#runs.get(child.mapRunArn);
    try {
      run?.childEnded(child);
    } catch (thrown) {
      run?.fault(thrown);
    }
  }

  /** Resolves when the runs of an execution that was stopped have stopped their children. */
  async cancelled(executionArn: string): Promise<void> {
    for (const run of this.#runs.values()) {
      if (run.parentArn === executionArn && run.cancelled) await run.ended;
    }
  }

  /** Ends the runs of the partition that are not under way here though they have not ended. */
  async endAbandoned(partition: number): Promise<void> {
    for (const run of await this.#options.store.runningMapRuns(partition)) {
      if (!this.#runs.has(run.mapRunArn)) await endAbandonedMapRun(this.#options, run);
    }
  }

  /** The runs stop where they are: the next owner takes them up. Resolves when they start nothing more. */
  async leave(): Promise<void> {
    await Promise.all(Array.from(this.#runs.values(), (run) => run.leave()));
  }

  has(mapRunArn: string): boolean {
    return this.#runs.has(mapRunArn);
  }

  async describe(mapRunArn: string): Promise<MapRunRecord | undefined> {
    return this.#runs.get(mapRunArn)?.record;
  }

  async pendingRedrives(mapRunArn: string): Promise<ReadonlySet<string>> {
    return (await this.#runs.get(mapRunArn)?.pendingRedrives()) ?? new Set();
  }

  /** False if the run has ended. */
  async update(mapRunArn: string, changes: MapRunChanges): Promise<boolean> {
    const run = this.#runs.get(mapRunArn);
    if (run === undefined) return false;
    await run.update(changes);
    return true;
  }

  /** The execution stays in memory while its run is under way. */
  #begin(run: MapRun, parent: Resident): void {
    parent.running++;
    this.#runs.set(run.mapRunArn, run);
    run.begin().catch((thrown: unknown) => run.fault(thrown));
  }

  #remove(parent: Resident, mapRunArn: string): void {
    if (this.#runs.delete(mapRunArn)) parent.running--;
  }
}
