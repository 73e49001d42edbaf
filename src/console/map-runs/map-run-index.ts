import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Store } from "../../ports/store.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";

/** Our choice: runs that are remembered; the oldest are forgotten. */
const remembered = 1_000;
/** Our choice: of how many executions it is asked, once, which runs they started. */
const askedExecutions = 5_000;
const askedAtOnce = 50;
const ofOneExecution = 100;

/**
 * The newest Map Runs of all executions, which the store can only list by execution: found through the executions that
 * the console knows, then told by the feed.
 */
export class MapRunIndex {
  readonly #store: Pick<Store, "mapRuns">;
  readonly #executions: Pick<ExecutionIndex, "loaded" | "newestFirst">;
  /** In the order of their starts, as far as that is known. */
  readonly #runs = new Map<string, number>();
  /** Runs that have ended, as they ended: they need not be read again. */
  readonly #ended = new Map<string, MapRunRecord>();
  /** When runs were redriven last. */
  readonly #redriven = new Map<string, number>();
  #loaded: Promise<void> | undefined;

  constructor(
    store: Pick<Store, "mapRuns">,
    executions: Pick<ExecutionIndex, "loaded" | "newestFirst">,
  ) {
    this.#store = store;
    this.#executions = executions;
  }

  loaded(): Promise<void> {
    this.#loaded ??= this.#load().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  newestFirst(): readonly string[] {
    return [...this.#runs].sort(([, a], [, b]) => b - a).map(([mapRunArn]) => mapRunArn);
  }

  ended(mapRunArn: string): MapRunRecord | undefined {
    return this.#ended.get(mapRunArn);
  }

  /** What was read just after a redrive may be as it was before it. */
  noteEnded(record: MapRunRecord): void {
    const redriven = this.#redriven.get(record.mapRunArn) ?? 0;
    if ((record.stopDate ?? 0) >= redriven) this.#ended.set(record.mapRunArn, record);
  }

  note(event: JournalEvent): void {
    if (event.type === "MapRunStarted") this.#add(event.details.mapRunArn, event.at);
    else if (event.type === "MapRunRedriven") {
      this.#ended.delete(event.details.mapRunArn);
      this.#redriven.set(event.details.mapRunArn, event.at);
      this.#add(event.details.mapRunArn, event.at);
    }
  }

  /** Something was missed: it is read anew when somebody asks. */
  forget(): void {
    this.#runs.clear();
    this.#ended.clear();
    this.#loaded = undefined;
  }

  async #load(): Promise<void> {
    await this.#executions.loaded();
    const asked = this.#executions
      .newestFirst()
      .filter(({ type }) => type === "STANDARD")
      .slice(0, askedExecutions);
    for (let from = 0; from < asked.length && this.#runs.size < remembered; from += askedAtOnce) {
      const pages = await Promise.all(
        asked
          .slice(from, from + askedAtOnce)
          .map(({ executionArn }) => this.#store.mapRuns(executionArn, { limit: ofOneExecution })),
      );
      for (const { items } of pages) {
        for (const run of items) {
          this.#add(run.mapRunArn, run.startDate);
          if (run.status !== "RUNNING") this.noteEnded(run);
        }
      }
    }
  }

  #add(mapRunArn: string, at: number): void {
    this.#runs.set(mapRunArn, Math.min(at, this.#runs.get(mapRunArn) ?? at));
    if (this.#runs.size <= remembered) return;
    for (const oldest of this.newestFirst().slice(remembered)) {
      this.#runs.delete(oldest);
      this.#ended.delete(oldest);
      this.#redriven.delete(oldest);
    }
  }
}
