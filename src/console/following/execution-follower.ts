import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import {
  type ExecutionIndex,
  type IndexedExecution,
  isEnd,
  noteFailure,
} from "../index/execution-index.ts";
import { noteMembers, type MemberPaths } from "../index/indexed-members.ts";
import { noteUsage } from "../limits/usage.ts";
import type { MapRunIndex } from "../map-runs/map-run-index.ts";
import type { StateScope } from "../statistics/state-node.ts";
import { Lines } from "./lines.ts";

/** An execution that is followed, with its row once somebody has asked for lists. */
interface Followed {
  readonly lines: Lines;
  row: IndexedExecution | undefined;
}

/** Our choice: executions that are followed at the same time, some 20 MB. The oldest are given up. */
const mostFollowed = 50_000;

export interface FollowerParts {
  readonly index: ExecutionIndex;
  /** Where the states of a workflow are counted. */
  readonly statistics: { scopeOf(stateMachineArn: string): StateScope };
  readonly mapRuns: Pick<MapRunIndex, "note" | "forget">;
  /** Which members of inputs and outputs are remembered; absent: none. */
  readonly paths?: Pick<MemberPaths, "of" | "lately">;
  /** Rows are new, or have changed. */
  readonly changed: (rows: readonly IndexedExecution[] | "all") => void;
}

/**
 * Takes from what happens in all executions what lists and figures need. It is one subscriber, and goes through the
 * events once, because at a thousand executions a second most of what that costs is to touch them.
 */
export class ExecutionFollower implements FeedSubscriber {
  // It wants all executions: see `LiveExecutions.wants`.
  readonly name = "console: all executions";
  readonly capacity = 200_000;
  readonly #parts: FollowerParts;
  readonly #followed = new Map<string, Followed>();

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  /** What happens while the index is read comes after it. */
  receive(items: readonly FeedItem[]): void | Promise<void> {
    const { index } = this.#parts;
    if (index.reading !== undefined) {
      return index.isRead && this.#knowsPathsFor(items)
        ? this.#take(items)
        : this.#takeAfter(index.reading, items);
    }
    for (const item of items) this.#follow(item);
  }

  async #takeAfter(reading: Promise<void>, items: readonly FeedItem[]): Promise<void> {
    await reading;
    await this.#readPathsFor(items);
    this.#take(items);
  }

  #take(items: readonly FeedItem[]): void {
    const changed: IndexedExecution[] = [];
    for (const item of items) {
      const followed = this.#follow(item);
      if (followed === undefined) continue;
      const row = this.#noteRow(followed, item);
      if (row !== undefined) changed.push(row);
    }
    if (changed.length > 0) this.#parts.changed(changed);
  }

  /** What was missed is not counted; the rows are read anew. */
  async startAgain(): Promise<void> {
    const { index, mapRuns, changed } = this.#parts;
    this.#followed.clear();
    mapRuns.forget();
    if (await index.readAgain()) changed("all");
  }

  /** Goes on with an execution whose journal has been read up to now. */
  adopt(executionArn: string, lines: Lines): void {
    const row = this.#followed.get(executionArn)?.row;
    if (row !== undefined) row.lines = lines;
    this.#add(executionArn, { lines, row });
  }

  /** `undefined` for the children of Map Runs, which are neither listed nor counted. */
  #follow({ execution, events, status }: FeedItem): Followed | undefined {
    const { executionArn, mapRun, stateMachineArn } = execution.record;
    const { mapRuns, index, statistics } = this.#parts;
    if (mapRun !== undefined) {
      for (const event of events) mapRuns.note(event);
      return undefined;
    }
    let followed = this.#followed.get(executionArn);
    if (followed === undefined) {
      const isFirst = events[0]?.type === "ExecutionStarted";
      const row = isFirst ? undefined : index.find(executionArn);
      const scope = isFirst ? statistics.scopeOf(stateMachineArn) : undefined;
      followed = { lines: row?.lines ?? new Lines(scope), row };
      this.#add(executionArn, followed);
    }
    const { lines } = followed;
    for (const event of events) {
      lines.apply(event);
      mapRuns.note(event);
    }
    if (status === "SUCCEEDED") this.#followed.delete(executionArn);
    return followed;
  }

  #add(executionArn: string, followed: Followed): void {
    this.#followed.set(executionArn, followed);
    if (this.#followed.size <= mostFollowed) return;
    for (const oldest of this.#followed.keys()) {
      if (this.#followed.size <= mostFollowed) break;
      this.#followed.delete(oldest);
    }
  }

  /** The row, if it is new or has changed. */
  #noteRow(followed: Followed, item: FeedItem): IndexedExecution | undefined {
    const { index, paths } = this.#parts;
    const { record, type } = item.execution;
    let { row } = followed;
    let isNew = false;
    if (row === undefined || row.isForgotten === true) {
      row = index.find(record.executionArn);
      if (row === undefined) {
        row = index.add(record, type);
        isNew = true;
      }
      followed.row = row;
      row.lines = followed.lines;
    }
    if (paths !== undefined && mayHaveMembers(item)) {
      const members = paths.lately(record.stateMachineArn) ?? [];
      // Most workflows index none.
      if (members.length > 0) for (const event of item.events) noteMembers(row, event, members);
    }
    noteUsage(row, item.events, type);
    return noted(row, followed.lines, item) || isNew ? row : undefined;
  }

  /** Whether it is known what the workflows that began or ended an execution index. */
  #knowsPathsFor(items: readonly FeedItem[]): boolean {
    const { paths } = this.#parts;
    if (paths === undefined) return true;
    return items.every(
      (item) =>
        !mayHaveMembers(item) || paths.lately(item.execution.record.stateMachineArn) !== undefined,
    );
  }

  async #readPathsFor(items: readonly FeedItem[]): Promise<void> {
    const { paths } = this.#parts;
    if (paths === undefined) return;
    const asked = items
      .filter(mayHaveMembers)
      .map(({ execution }) => execution.record.stateMachineArn);
    for (const arn of new Set(asked)) await paths.of(arn);
  }
}

/** The input is in the first event of an execution, the output in its last. */
function mayHaveMembers({ execution, events }: FeedItem): boolean {
  if (execution.record.mapRun !== undefined) return false;
  return events[0]?.type === "ExecutionStarted" || events.at(-1)?.type === "ExecutionSucceeded";
}

/** Whether the row has changed. What is told may be known already: then what it came to is told after it. */
function noted(row: IndexedExecution, lines: Lines, item: FeedItem): boolean {
  const { status, stoppedAt, redriveCount } = item;
  const { asked } = lines;
  const asksElse = asked !== (row.asked ?? 0);
  if (asksElse) row.asked = asked;
  if (row.status === status && row.redriveCount === redriveCount) return asksElse;
  row.status = status;
  row.redriveCount = redriveCount;
  if (stoppedAt === 0) {
    delete row.stopDate;
    delete row.error;
    delete row.cause;
    delete row.failedState;
    delete row.isExplained;
    return true;
  }
  row.stopDate = stoppedAt;
  if (status === "SUCCEEDED") {
    row.lines = undefined;
    return true;
  }
  const last = item.events.at(-1);
  if (last !== undefined && isEnd(last)) noteFailure(row, last.details);
  explain(row, lines);
  return true;
}

/** Which state failed, as far as the events say it. */
export function explain(row: IndexedExecution, { explanation }: Lines): void {
  if (explanation === undefined) return;
  row.isExplained = true;
  if (explanation.failedState !== undefined) row.failedState = explanation.failedState;
}
