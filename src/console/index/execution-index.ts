import { nameOfArn } from "../../machine/arns.ts";
import type { BranchId, TaskId } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { MemberField } from "../filter.ts";
import { noteUsage, type Usage } from "../limits/usage.ts";
import type { ExecutionRow } from "../view-types.ts";
import { noteMembers, type MemberPaths, type MemberValues } from "./indexed-members.ts";
import { noteWhereabouts, type Whereabouts } from "./whereabouts.ts";

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** An execution as it is remembered: its row, and what it waits for. */
export interface IndexedExecution
  extends Changeable<Omit<ExecutionRow, "waitingFor">>, Whereabouts, MemberValues, Usage {
  cause?: string;
  /** Tasks that somebody has to answer, by the line of control that waits for them. */
  waits?: Map<BranchId, TaskId>;
}

/** Our choice: executions that are remembered for lists and figures, some 10 MB. The oldest are forgotten. */
export const remembered = 20_000;
/** Our choice: so many are forgotten at once, as a Map finds its first member only past all that were deleted. */
const forgottenAtOnce = 500;
/** Our choice: events that may wait for this subscriber. */
const capacity = 100_000;

/**
 * The newest executions of all workflows, Standard and Express, as the lists show them: read from the store once, then
 * told by the feed.
 */
export class ExecutionIndex implements FeedSubscriber {
  // It wants all executions, before it is loaded, too: see `LiveExecutions.wants`.
  readonly name = "console: index of executions";
  readonly capacity = capacity;
  readonly #changed: (rows: readonly IndexedExecution[] | "all") => void;
  readonly #reload: () => Promise<readonly IndexedExecution[]>;
  readonly #paths: Pick<MemberPaths, "of"> | undefined;
  /** In the order in which they were met, which is nearly that of their starts. */
  readonly #executions = new Map<string, IndexedExecution>();
  /** One that woke after it had been forgotten was met after others that had started later. */
  #isInOrder = true;
  #newestStart = 0;
  #loaded: Promise<void> | undefined;

  constructor(
    reload: () => Promise<readonly IndexedExecution[]>,
    changed: (rows: readonly IndexedExecution[] | "all") => void,
    /** Which members of inputs and outputs are remembered; absent: none. */
    paths?: Pick<MemberPaths, "of">,
  ) {
    this.#reload = reload;
    this.#changed = changed;
    this.#paths = paths;
  }

  /** Resolves when what was there before this process is known too. */
  loaded(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  async #load(): Promise<void> {
    try {
      const known = await this.#reload();
      this.#executions.clear();
      this.#isInOrder = true;
      this.#newestStart = 0;
      for (const each of known) this.#add(each);
    } catch (thrown) {
      // Whoever asks next tries again.
      this.#loaded = undefined;
      throw thrown;
    }
  }

  find(executionArn: string): IndexedExecution | undefined {
    return this.#executions.get(executionArn);
  }

  /** All of them, the newest first. */
  newestFirst(): readonly IndexedExecution[] {
    const found = [...this.#executions.values()].reverse();
    if (!this.#isInOrder) found.sort((a, b) => b.startDate - a.startDate);
    if (found.length > remembered) found.length = remembered;
    return found;
  }

  /** Until somebody asks, nothing is remembered; what happens while the store is read comes after it. */
  receive(items: readonly FeedItem[]): void | Promise<void> {
    return this.#loaded === undefined ? undefined : this.#takeAfter(this.#loaded, items);
  }

  async #takeAfter(loaded: Promise<void>, items: readonly FeedItem[]): Promise<void> {
    await loaded;
    this.#take(items, await this.#pathsFor(items));
  }

  #take(items: readonly FeedItem[], paths: ReadonlyMap<string, readonly MemberField[]>): void {
    const changed: IndexedExecution[] = [];
    for (const item of items) {
      const { record, type } = item.execution;
      // The children of a Map Run are shown with it: a run of a million must not push everything else out.
      if (record.mapRun !== undefined) continue;
      const known = this.#executions.get(record.executionArn);
      const execution = known ?? indexed(record, type);
      if (known === undefined) this.#add(execution);
      const members = paths.get(record.stateMachineArn);
      // Most workflows index none.
      if (members !== undefined && members.length > 0) {
        for (const event of item.events) noteMembers(execution, event, members);
      }
      if (noted(execution, item) || known === undefined) changed.push(execution);
    }
    if (changed.length > 0) this.#changed(changed);
  }

  /** What the workflows that began or ended an execution index. */
  async #pathsFor(
    items: readonly FeedItem[],
  ): Promise<ReadonlyMap<string, readonly MemberField[]>> {
    const found = new Map<string, readonly MemberField[]>();
    if (this.#paths === undefined) return found;
    for (const { execution, events } of items) {
      const { stateMachineArn, mapRun } = execution.record;
      if (mapRun !== undefined || found.has(stateMachineArn)) continue;
      const isAsked =
        events[0]?.type === "ExecutionStarted" || events.at(-1)?.type === "ExecutionSucceeded";
      if (isAsked) found.set(stateMachineArn, await this.#paths.of(stateMachineArn));
    }
    return found;
  }

  async startAgain(): Promise<void> {
    if (this.#loaded === undefined) return;
    this.#loaded = undefined;
    await this.loaded();
    this.#changed("all");
  }

  #add(execution: IndexedExecution): void {
    this.#executions.delete(execution.executionArn);
    this.#executions.set(execution.executionArn, execution);
    if (execution.startDate < this.#newestStart) this.#isInOrder = false;
    else this.#newestStart = execution.startDate;
    if (this.#executions.size < remembered + forgottenAtOnce) return;
    for (const oldest of this.#executions.keys()) {
      if (this.#executions.size <= remembered) break;
      this.#executions.delete(oldest);
    }
  }
}

/** What a row says of an execution. */
export function indexed(record: ExecutionRecord, type: "STANDARD" | "EXPRESS"): IndexedExecution {
  return {
    executionArn: record.executionArn,
    name: record.name,
    stateMachineArn: record.stateMachineArn,
    stateMachineName: nameOfArn(record.stateMachineArn),
    type,
    status: record.status,
    startDate: record.startDate,
    ...(record.stopDate !== undefined && { stopDate: record.stopDate }),
    ...(record.stateMachineVersionArn && { version: nameOfArn(record.stateMachineVersionArn) }),
    ...(record.stateMachineAliasArn && { alias: nameOfArn(record.stateMachineAliasArn) }),
    redriveCount: record.redriveCount ?? 0,
    ...(record.parent && { parentArn: record.parent.executionArn }),
  };
}

/** Whether the row has changed. What is told may be known already: then what it came to is told after it. */
function noted(execution: IndexedExecution, item: FeedItem): boolean {
  const { status, stoppedAt, redriveCount } = item;
  const before = execution.waits?.size ?? 0;
  for (const event of item.events) note(execution, event);
  const waiting = (execution.waits?.size ?? 0) !== before;
  if (execution.status === status && execution.redriveCount === redriveCount) return waiting;
  execution.status = status;
  execution.redriveCount = redriveCount;
  if (stoppedAt === 0) {
    delete execution.stopDate;
    delete execution.error;
    delete execution.cause;
    return true;
  }
  execution.stopDate = stoppedAt;
  if (execution.waits !== undefined) delete execution.waits;
  const last = item.events.at(-1);
  if (last !== undefined && isEnd(last)) noteFailure(execution, last.details);
  return true;
}

/** Takes from an event what a row or a question needs of it. */
export function note(execution: IndexedExecution, event: JournalEvent): void {
  noteWait(execution, event);
  noteWhereabouts(execution, event);
  noteUsage(execution, event, execution.type);
}

/** Whether the execution ended with it, otherwise than well. */
export function isEnd(
  event: JournalEvent,
): event is JournalEvent & { type: `Execution${"Failed" | "Aborted" | "TimedOut"}` } {
  return (
    event.type === "ExecutionFailed" ||
    event.type === "ExecutionAborted" ||
    event.type === "ExecutionTimedOut"
  );
}

/** Why it ended, as far as a list shows it. */
export function noteFailure(
  execution: IndexedExecution,
  { error, cause }: { readonly error?: string; readonly cause?: string },
): void {
  if (error !== undefined) execution.error = error;
  if (cause !== undefined) execution.cause = cause.slice(0, longestCause);
}

const longestCause = 500;

/** Follows what waits for an answer: nothing else happens to its line of control until that has come. */
function noteWait(execution: IndexedExecution, event: JournalEvent): void {
  switch (event.type) {
    case "TaskStarted":
    case "TaskSubmitted":
    case "TaskHeartbeat":
    case "ActivityStarted":
      return;
    case "TaskScheduled":
      if (event.details.resource.endsWith(".waitForTaskToken")) break;
      execution.waits?.delete(event.branch);
      return;
    case "ActivityScheduled":
      break;
    default:
      execution.waits?.delete(event.branch);
      return;
  }
  (execution.waits ??= new Map<BranchId, TaskId>()).set(event.branch, event.id);
}
