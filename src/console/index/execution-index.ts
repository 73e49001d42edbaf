import { nameOfArn } from "../../machine/arns.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { ExecutionRecord, StateMachineType } from "../../ports/store.ts";
import type { Lines } from "../following/lines.ts";
import type { Usage } from "../limits/usage.ts";
import type { ExecutionRow } from "../view-types.ts";
import type { MemberValues } from "./indexed-members.ts";

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

/** An execution as it is remembered: its row, and what is known of it beside that. */
export interface IndexedExecution
  extends Changeable<Omit<ExecutionRow, "waitingFor">>, MemberValues, Usage {
  cause?: string;
  /** Tasks that somebody has to answer. */
  asked?: number;
  /** Absent once it has succeeded. */
  lines?: Lines | undefined;
  /** It is known which state failed, or that none did. */
  isExplained?: boolean;
  /** The index has it no more. */
  isForgotten?: boolean;
}

/** Our choice: executions that are remembered for lists and figures, some 10 MB. The oldest are forgotten. */
export const remembered = 20_000;
/** Our choice: so many are forgotten at once, as a Map finds its first member only past all that were deleted. */
const forgottenAtOnce = 500;

/**
 * The newest executions of all workflows, Standard and Express, as the lists show them: read from the store once, then
 * told by who follows them.
 */
export class ExecutionIndex {
  readonly #reload: () => Promise<readonly IndexedExecution[]>;
  /** In the order in which they were met, which is nearly that of their starts. */
  readonly #executions = new Map<string, IndexedExecution>();
  /** One that woke after it had been forgotten was met after others that had started later. */
  #isInOrder = true;
  #newestStart = 0;
  #isRead = false;
  #loaded: Promise<void> | undefined;

  constructor(reload: () => Promise<readonly IndexedExecution[]>) {
    this.#reload = reload;
  }

  /** Resolves when what was there before this process is known too. */
  loaded(): Promise<void> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  /** Resolves when it may be told of what happens; `undefined`: nobody has asked yet, and nothing is remembered. */
  get reading(): Promise<void> | undefined {
    return this.#loaded;
  }

  /** Whether that has been read. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Whether somebody had asked: else there is nothing to read anew. */
  async readAgain(): Promise<boolean> {
    if (this.#loaded === undefined) return false;
    this.#loaded = undefined;
    this.#isRead = false;
    await this.loaded();
    return true;
  }

  async #load(): Promise<void> {
    try {
      const known = await this.#reload();
      for (const forgotten of this.#executions.values()) forgotten.isForgotten = true;
      this.#executions.clear();
      this.#isInOrder = true;
      this.#newestStart = 0;
      for (const each of known) this.#put(each);
      this.#isRead = true;
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

  add(record: ExecutionRecord, type: StateMachineType): IndexedExecution {
    const execution = indexed(record, type);
    this.#put(execution);
    return execution;
  }

  #put(execution: IndexedExecution): void {
    this.#executions.delete(execution.executionArn);
    this.#executions.set(execution.executionArn, execution);
    if (execution.startDate < this.#newestStart) this.#isInOrder = false;
    else this.#newestStart = execution.startDate;
    if (this.#executions.size < remembered + forgottenAtOnce) return;
    for (const [executionArn, oldest] of this.#executions) {
      if (this.#executions.size <= remembered) break;
      this.#executions.delete(executionArn);
      oldest.isForgotten = true;
    }
  }
}

/** What a row says of an execution. */
export function indexed(record: ExecutionRecord, type: StateMachineType): IndexedExecution {
  return {
    executionArn: record.executionArn,
    name: record.name,
    stateMachineArn: record.stateMachineArn,
    stateMachineName: nameOfArn(record.stateMachineArn),
    type,
    status: record.status,
    startDate: record.startDate,
    redriveCount: record.redriveCount ?? 0,
    // There from the first, so that rows keep their shape.
    asked: 0,
    events: 0,
    largestPayload: 0,
    lines: undefined,
    ...(record.stopDate !== undefined && { stopDate: record.stopDate }),
    ...(record.stateMachineVersionArn && { version: nameOfArn(record.stateMachineVersionArn) }),
    ...(record.stateMachineAliasArn && { alias: nameOfArn(record.stateMachineAliasArn) }),
    ...(record.parent && { parentArn: record.parent.executionArn }),
  };
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
