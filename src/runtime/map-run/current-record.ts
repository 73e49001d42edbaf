import type { EpochMs } from "../../machine/ids.ts";
import type { MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import type { MapRunRedrive } from "../../machine/snapshot.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { MapRunProgress } from "./map-run-progress.ts";

/** What may be changed while a run is under way. */
export interface MapRunChanges {
  readonly maxConcurrency?: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

/** What of a record is not counted. */
type Uncounted = Omit<MapRunRecord, "itemCounts" | "executionCounts">;

/** The record of a run under way: it has the counts of the moment, and is stored when something else of it changes. */
export class CurrentRecord {
  readonly #progress: MapRunProgress;
  /** How many items there are, if that is known before they are read. */
  readonly #total: number | undefined;
  readonly #put: (record: MapRunRecord) => Promise<void>;
  #record: Uncounted;
  #stored: Promise<void> = Promise.resolve();

  constructor(
    run: {
      readonly mapRunArn: string;
      readonly executionArn: string;
      readonly startDate: EpochMs;
      readonly settings: MapRunSettings;
      readonly redriven: MapRunRedrive | undefined;
      readonly progress: MapRunProgress;
    },
    put: (record: MapRunRecord) => Promise<void>,
  ) {
    const { mapRunArn, executionArn, startDate, settings, redriven } = run;
    this.#progress = run.progress;
    this.#total = settings.items?.length;
    this.#put = put;
    this.#record = {
      mapRunArn,
      executionArn,
      status: "RUNNING",
      startDate,
      maxConcurrency: settings.maxConcurrency,
      toleratedFailureCount: settings.toleratedFailureCount,
      toleratedFailurePercentage: settings.toleratedFailurePercentage,
      redriveCount: redriven?.count ?? 0,
      ...(redriven === undefined ? {} : { redriveDate: redriven.date }),
    };
  }

  get limits(): Required<MapRunChanges> {
    return this.#record;
  }

  get now(): MapRunRecord {
    return { ...this.#record, ...this.#progress.counts(this.#total) };
  }

  /** Stores it with these changes. */
  change(changes: Partial<Uncounted>): Promise<void> {
    this.#record = { ...this.#record, ...changes };
    // As it is then, and one after the other, so that what was stored last is what stays.
    const stored = this.#stored.then(() => this.#put(this.now));
    this.#stored = stored.catch(() => {});
    return stored;
  }
}
