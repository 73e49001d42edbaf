import type { ActivityTaskRecord, Store } from "../../ports/store.ts";

/** Tasks read from the store at a time when a queue in memory has run dry. */
const tasksRead = 100;
/** Tasks that one queue keeps in memory; the rest stays in the store until they are asked for. */
const tasksKept = 10_000;
/** Our choice: for so long what the store has is not looked at again. In a cluster, offers are lost with their nodes. */
const readAgainMs = 10_000;
/** Our choice: for so long what is in memory is not compared with the store again. */
const compareAgainMs = 1_000;

interface Queue {
  readonly tasks: ActivityTaskRecord[];
  /** Given a task, or nothing if there will be none. */
  readonly pollers: ((task: ActivityTaskRecord | undefined) => void)[];
  /** Whether the store may hold tasks that are not in `tasks`. */
  incomplete: boolean;
  /** When it was read last, of the clock of `performance`. */
  readAt: number;
  /** When what is in memory was compared with the store last. */
  comparedAt: number;
}

/**
 * The scheduled tasks of each activity, first in first out, handed to polling workers. What is in memory is only a
 * view: the store has every task that no worker has taken.
 */
export class ActivityQueues {
  readonly #store: Pick<Store, "activityTasks">;
  readonly #queues = new Map<string, Queue>();
  /** Tasks given to a worker whose commit may still be under way: the store shows them until then. */
  readonly #taken = new Set<string>();
  #isClosed = false;

  constructor(store: Pick<Store, "activityTasks">) {
    this.#store = store;
  }

  /** A task whose scheduling is durable. One that was read from the store may have been given to a worker already. */
  offer(task: ActivityTaskRecord): void {
    if (this.#taken.has(key(task))) return;
    const queue = this.#queue(task.activityArn);
    const poller = queue.pollers.shift();
    if (poller !== undefined) this.#give(task, poller);
    else if (queue.tasks.length < tasksKept) queue.tasks.push(task);
    else queue.incomplete = true;
  }

  /** The next task, or `undefined` when the time is over, the worker has gone or the queues are closed. */
  async take(
    activityArn: string,
    timeoutMs: number,
    signal: AbortSignal,
  ): Promise<ActivityTaskRecord | undefined> {
    const queue = this.#queue(activityArn);
    const isOld = queue.incomplete || performance.now() - queue.readAt >= readAgainMs;
    if (queue.tasks.length === 0 && isOld) await this.#refill(activityArn, queue);
    const waiting = queue.tasks.shift();
    if (waiting !== undefined) {
      this.#taken.add(key(waiting));
      this.#giveAll(queue);
      return waiting;
    }
    if (signal.aborted || this.#isClosed) return undefined;
    return new Promise((resolve) => {
      const poller = (task: ActivityTaskRecord | undefined): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        resolve(task);
      };
      const stop = (): void => {
        queue.pollers.splice(queue.pollers.indexOf(poller), 1);
        poller(undefined);
      };
      const timer = setTimeout(stop, timeoutMs);
      queue.pollers.push(poller);
      signal.addEventListener("abort", stop);
    });
  }

  /** The commit that says that the task is started is durable, or the task is over. */
  settled(task: ActivityTaskRecord): void {
    this.#taken.delete(key(task));
  }

  /**
   * A task was over when it was given out, as one that has timed out: those that have waited as long may be, too. They are
   * dropped together, or workers that are slower than tasks time out would be given nothing else any more.
   */
  async dropEnded(activityArn: string): Promise<void> {
    const queue = this.#queue(activityArn);
    const now = performance.now();
    if (queue.tasks.length === 0 || now - queue.comparedAt < compareAgainMs) return;
    queue.comparedAt = now;
    const compared = new Set(queue.tasks);
    const limit = compared.size + this.#taken.size;
    const stored = await this.#store.activityTasks(activityArn, limit);
    // The store may have more than was read: what is dropped here for that is found there later.
    if (stored.length === limit) queue.incomplete = true;
    const there = new Set(stored.map(key));
    const left = queue.tasks.filter((task) => !compared.has(task) || there.has(key(task)));
    queue.tasks.splice(0, queue.tasks.length, ...left);
  }

  /** Lets every worker go that waits. */
  close(): void {
    this.#isClosed = true;
    for (const { pollers } of this.#queues.values()) {
      for (const poller of pollers.splice(0)) poller(undefined);
    }
  }

  /** What was read may be more than one worker takes. */
  #giveAll({ tasks, pollers }: Queue): void {
    while (tasks.length > 0) {
      const poller = pollers.shift();
      if (poller === undefined) return;
      this.#give(tasks.shift() as ActivityTaskRecord, poller);
    }
  }

  #give(task: ActivityTaskRecord, poller: Queue["pollers"][number]): void {
    this.#taken.add(key(task));
    poller(task);
  }

  #queue(activityArn: string): Queue {
    let queue = this.#queues.get(activityArn);
    if (queue === undefined) {
      queue = { tasks: [], pollers: [], incomplete: true, readAt: 0, comparedAt: -Infinity };
      this.#queues.set(activityArn, queue);
    }
    return queue;
  }

  async #refill(activityArn: string, queue: Queue): Promise<void> {
    const limit = tasksRead + this.#taken.size;
    queue.incomplete = false;
    queue.readAt = performance.now();
    const stored = await this.#store.activityTasks(activityArn, limit);
    if (stored.length === limit) queue.incomplete = true;
    const known = new Set(queue.tasks.map(key));
    const fresh = stored.filter((task) => !known.has(key(task)) && !this.#taken.has(key(task)));
    queue.tasks.unshift(...fresh);
  }
}

function key(task: ActivityTaskRecord): string {
  return `${task.taskId} ${task.executionArn}`;
}
