import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { encodeEvents } from "../../machine/journal/journal-codec.ts";
import type { KeyInUse } from "../../ports/customer-keys.ts";
import type { FeedItem } from "../../ports/feed.ts";
import type {
  ActivityTaskRecord,
  CommitResult,
  ExecutionRecord,
  ExecutionWrite,
  JournalChunk,
  Message,
  Store,
} from "../../ports/store.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { EpochMs, TaskId } from "../../machine/ids.ts";

/** What an execution has to write since the last commit took its changes along. */
export interface Changes {
  readonly executionArn: string;
  start?: ExecutionRecord;
  readonly events: JournalEvent[];
  /** What seals them. */
  key?: KeyInUse;
  closed?: NonNullable<ExecutionWrite["closed"]>;
  redriven?: NonNullable<ExecutionWrite["redriven"]>;
  parked?: { readonly wakeAt: EpochMs | undefined } | null;
  activityTasksAdded?: ActivityTaskRecord[];
  activityTasksRemoved?: TaskId[];
  /** How the execution is after these events, for the feed; absent: nobody wants to know. */
  told?: Told;
}

/** What the feed tells beside the events, once they are durable. */
export type Told = { -readonly [K in keyof Omit<FeedItem, "sequence" | "events">]: FeedItem[K] };

/** What waits for a commit: performed once it is durable, or told why it never will be. */
export interface Effect {
  perform(): void;
  abandon(reason: Error): void;
}

export interface CommitterOptions {
  readonly store: Store;
  readonly partition: number;
  readonly epoch: number;
  readonly figures: Pick<EngineFigures, "committed">;
  /** Last look at an execution's changes before they are packed: may it leave memory with this commit? */
  readonly beforeCommit: (changes: Changes) => void;
  /** The commit that held these changes is durable; effects have not been performed yet. */
  readonly afterCommit: (changes: Changes) => void;
  /** Nothing that was in memory and not committed may be used any more. */
  readonly onFailure: (reason: Error) => void;
}

/**
 * Group commit: the changes of all executions that moved since the last commit go to the store in one transaction, one
 * at a time; what arrives meanwhile forms the next. Nothing leaves before it is durable: effects wait here.
 */
export class Committer {
  readonly #options: CommitterOptions;
  #changes = new Map<string, Changes>();
  #effects: Effect[] = [];
  #sent: Message[] = [];
  #delivered: string[] = [];
  #sequence = 0;
  #scheduled = false;
  #committing = false;
  #failed: Error | undefined;
  #idle: (() => void)[] = [];

  constructor(options: CommitterOptions) {
    this.#options = options;
  }

  /** The changes of this execution that the next commit will take along. */
  changes(executionArn: string): Changes {
    let changes = this.#changes.get(executionArn);
    if (changes === undefined) {
      changes = { executionArn, events: [] };
      this.#changes.set(executionArn, changes);
      this.#schedule();
    }
    return changes;
  }

  /** Whether changes of this execution wait for the next commit. */
  hasChanges(executionArn: string): boolean {
    return this.#changes.has(executionArn);
  }

  send(message: Message): void {
    this.#sent.push(message);
    this.#schedule();
  }

  delivered(messageId: string): void {
    this.#delivered.push(messageId);
    this.#schedule();
  }

  /** Performs the effect after everything that has been changed so far is durable. */
  after(effect: Effect): void {
    if (this.#failed !== undefined) {
      effect.abandon(this.#failed);
      return;
    }
    this.#effects.push(effect);
    this.#schedule();
  }

  /** Whether nothing is left to commit. */
  get isIdle(): boolean {
    return !this.#scheduled && !this.#committing;
  }

  /** Resolves when nothing was left to commit; what has asked for more since is not waited for. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** The commits of one turn of the event loop share a transaction; there is no other delay. */
  #schedule(): void {
    if (this.#scheduled || this.#committing || this.#failed !== undefined) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#commit();
    });
  }

  async #commit(): Promise<void> {
    const { beforeCommit, afterCommit, store, partition, epoch, figures } = this.#options;
    this.#committing = true;
    for (const changes of this.#changes.values()) beforeCommit(changes);
    const batch = [...this.#changes.values()];
    const effects = this.#effects;
    const messagesSent = this.#sent;
    const messagesDelivered = this.#delivered;
    this.#changes = new Map();
    this.#effects = [];
    this.#sent = [];
    this.#delivered = [];
    try {
      if (batch.length > 0 || messagesSent.length > 0 || messagesDelivered.length > 0) {
        const sequence = ++this.#sequence;
        const writes = batch.filter(writesAnything).map(packChanges);
        const before = performance.now();
        const result = await store.commit({
          partition,
          epoch,
          sequence,
          writes,
          messagesSent,
          messagesDelivered,
        });
        await this.#requireCommitted(result, sequence);
        figures.committed(writes.length, eventsOf(batch), performance.now() - before);
      }
    } catch (thrown) {
      this.#fail(thrown instanceof Error ? thrown : new Error(String(thrown)), effects);
      return;
    }
    this.#committing = false;
    for (const changes of batch) afterCommit(changes);
    for (const effect of effects) effect.perform();
    if (
      this.#changes.size + this.#effects.length + this.#sent.length + this.#delivered.length >
      0
    ) {
      this.#schedule();
    } else if (!this.#scheduled) {
      for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  async #requireCommitted(result: CommitResult, sequence: number): Promise<void> {
    const { store, partition, epoch } = this.#options;
    if (result === "committed") return;
    if (result === "unknown") {
      if ((await store.resolve(partition, epoch, sequence)) === "committed") return;
      throw new PartitionLost("a commit was lost; its executions go back to what the store holds");
    }
    throw new PartitionLost("another process owns the partition now");
  }

  #fail(reason: Error, effects: readonly Effect[]): void {
    this.#failed = reason;
    this.#committing = false;
    const waiting = [...effects, ...this.#effects];
    this.#effects = [];
    this.#changes.clear();
    for (const effect of waiting) effect.abandon(reason);
    this.#options.onFailure(reason);
    for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function eventsOf(batch: readonly Changes[]): number {
  let events = 0;
  for (const changes of batch) events += changes.events.length;
  return events;
}

/** An execution may have been brought along only to be looked at (parking). */
function writesAnything(changes: Changes): boolean {
  const { events, start, closed, parked } = changes;
  return events.length > 0 || start !== undefined || closed !== undefined || parked !== undefined;
}

function packChanges(changes: Changes): ExecutionWrite {
  const { executionArn, start, events, closed, parked, activityTasksAdded, activityTasksRemoved } =
    changes;
  return {
    executionArn,
    ...(start === undefined ? {} : { start }),
    ...(events.length === 0 ? {} : { chunk: packEvents(events) }),
    ...(changes.key === undefined ? {} : { key: changes.key }),
    ...(closed === undefined ? {} : { closed }),
    ...(changes.redriven === undefined ? {} : { redriven: changes.redriven }),
    ...(parked === undefined ? {} : { parked }),
    ...(activityTasksAdded === undefined ? {} : { activityTasksAdded }),
    ...(activityTasksRemoved === undefined ? {} : { activityTasksRemoved }),
  };
}

function packEvents(events: readonly JournalEvent[]): JournalChunk {
  let firstEventId = 0;
  let lastEventId = 0;
  for (const { id } of events) {
    if (id === 0) continue;
    if (firstEventId === 0) firstEventId = id;
    lastEventId = id;
  }
  return { firstEventId, lastEventId, data: encodeEvents(events) };
}
