import type { MapRunRedrive } from "../../machine/snapshot.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { EndedChild } from "./ended-child.ts";
import { type CountName, countOf, type Counts, noCounts, shownCounts } from "./map-run-counts.ts";

interface FailedChild {
  readonly executionArn: string;
  readonly status: ExecutionRecord["status"];
  readonly items: number;
  readonly redriveCount: number;
}

interface OpenChild {
  readonly items: number;
  /** How often it has been redriven, this time included. */
  readonly redriveCount: number;
}

/** How far a Map Run has come: which children are open, what has come of the others, and which begin again. */
export class MapRunProgress {
  /** Of the children that are counted; those of {@link #failed} are not. */
  readonly items: Counts = noCounts();
  readonly #executions: Counts = noCounts();
  readonly #redriven: MapRunRedrive | undefined;
  /** Children that have not ended. */
  readonly #open = new Map<string, OpenChild>();
  /** Children that failed before the redrive and have not begun again; the first one last, once all are taken in. */
  #failed: FailedChild[] = [];
  /** Indexes that were started before this process took the run up. */
  readonly #known = new Set<number>();

  constructor(redriven: MapRunRedrive | undefined) {
    this.#redriven = redriven;
  }

  /** As DescribeMapRun shows them; `total` items, if they are known before they are read. */
  counts(total: number | undefined): Pick<MapRunRecord, "itemCounts" | "executionCounts"> {
    const failedItems = this.#failed.reduce((sum, { items }) => sum + items, 0);
    return {
      itemCounts: shownCounts(this.items, total ?? this.items.total, failedItems),
      executionCounts: shownCounts(this.#executions, this.#executions.total, this.#failed.length),
    };
  }

  /** Children that have not ended. */
  get open(): Pick<ReadonlyMap<string, unknown>, "size" | "keys"> {
    return this.#open;
  }

  /** Children that failed before the redrive and have not begun again. */
  get hasFailed(): boolean {
    return this.#failed.length > 0;
  }

  get pendingRedrives(): ReadonlySet<string> {
    return new Set(this.#failed.map(({ executionArn }) => executionArn));
  }

  isKnown(index: number): boolean {
    return this.#known.has(index);
  }

  /** Counts a child that there is already. They come in the order of their indexes. */
  takeIn(child: ExecutionRecord): void {
    const { executionArn, status, mapRun, redriveCount = 0 } = child;
    this.#known.add(mapRun?.index ?? -1);
    const items = mapRun?.itemCount ?? 1;
    this.#count("total", items);
    if (status === "RUNNING") this.#opened(executionArn, { items, redriveCount });
    else if (this.#beginsAgain(child))
      this.#failed.push({ executionArn, status, items, redriveCount });
    else this.#count(countOf(status), items);
  }

  /** No more children are there already. */
  allTakenIn(): void {
    this.#failed.reverse();
  }

  started(executionArn: string, items: number): void {
    this.#count("total", items);
    this.#opened(executionArn, { items, redriveCount: 0 });
  }

  /** The next child that is to begin again. */
  get nextAgain(): string | undefined {
    return this.#failed.at(-1)?.executionArn;
  }

  /** {@link nextAgain} is open from here on. */
  beginAgain(): void {
    const failed = this.#failed.pop();
    if (failed === undefined) return;
    const { executionArn, items, redriveCount } = failed;
    this.#opened(executionArn, { items, redriveCount: redriveCount + 1 });
  }

  /**
   * False for a child that is not open: it is counted already. So is an end that is told once more after the child has begun
   * again.
   */
  ended({ executionArn, status, redriveCount }: Omit<EndedChild, "mapRunArn">): boolean {
    const open = this.#open.get(executionArn);
    if (open === undefined || (redriveCount ?? open.redriveCount) < open.redriveCount) return false;
    const { items } = open;
    this.#open.delete(executionArn);
    this.items.running -= items;
    this.#executions.running--;
    this.#count(countOf(status), items);
    return true;
  }

  /** Those that have not begun again stay what they were. */
  leaveFailed(): void {
    for (const { status, items } of this.#failed.splice(0)) this.#count(countOf(status), items);
  }

  /** Those that have not begun again never will. */
  forgetFailed(): void {
    this.#failed = [];
  }

  /** Those that are open are no longer waited for. */
  forgetOpen(): void {
    this.#open.clear();
  }

  /** What it has begun since the redrive, this process or the one before it has redriven already. */
  #beginsAgain({ status, startDate, redriveDate = startDate }: ExecutionRecord): boolean {
    return (
      this.#redriven !== undefined && status !== "SUCCEEDED" && redriveDate < this.#redriven.date
    );
  }

  #opened(executionArn: string, child: OpenChild): void {
    this.#open.set(executionArn, child);
    this.#count("running", child.items);
  }

  #count(name: CountName, items: number): void {
    this.items[name] += items;
    this.#executions[name]++;
  }
}
