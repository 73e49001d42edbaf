import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";

/** Something that may have to be woken. The queue keeps its place in `timerIndex`; -1 while it is not queued. */
export interface Timed {
  deadline: EpochMs;
  timerIndex: number;
}

/** How long what is due may go on to hold the thread. Our choice. */
const longestRunMs = 20;

/**
 * The deadlines of everything in memory: a heap whose members know their places, so that a changed or cancelled one is
 * moved or removed at once and nothing stale stays behind, whatever the deadline.
 */
export class TimerQueue<T extends Timed> {
  readonly #heap: T[] = [];
  readonly #clock: Clock;
  readonly #fire: (due: T) => void;
  #armedFor = Number.POSITIVE_INFINITY;
  #disarm: (() => void) | undefined;

  constructor(clock: Clock, fire: (due: T) => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Sets or moves the deadline; infinity takes it out. */
  set(timed: T, deadline: EpochMs): void {
    if (timed.timerIndex === -1) {
      if (deadline === Number.POSITIVE_INFINITY) return;
      timed.deadline = deadline;
      timed.timerIndex = this.#heap.length;
      this.#heap.push(timed);
      this.#up(timed.timerIndex);
    } else if (deadline === Number.POSITIVE_INFINITY) {
      this.remove(timed);
      return;
    } else if (deadline !== timed.deadline) {
      timed.deadline = deadline;
      this.#up(timed.timerIndex);
      this.#down(timed.timerIndex);
    }
    this.#arm();
  }

  remove(timed: T): void {
    const index = timed.timerIndex;
    if (index === -1) return;
    const last = this.#heap.pop() as T;
    timed.timerIndex = -1;
    if (last === timed) return;
    this.#put(last, index);
    this.#up(index);
    this.#down(last.timerIndex);
  }

  /** Stops firing; what is queued stays. */
  stop(): void {
    this.#disarm?.();
    this.#disarm = undefined;
    this.#armedFor = Number.NEGATIVE_INFINITY;
  }

  #arm(): void {
    const next = this.#heap[0]?.deadline ?? Number.POSITIVE_INFINITY;
    if (next >= this.#armedFor) return;
    this.#disarm?.();
    this.#armedFor = next;
    this.#disarm = this.#clock.schedule(next, () => this.#run());
  }

  #run(): void {
    if (this.#armedFor === Number.NEGATIVE_INFINITY) return;
    this.#armedFor = Number.POSITIVE_INFINITY;
    this.#disarm = undefined;
    const now = this.#clock.now();
    // One that is due again as soon as it was fired waits for the next turn: time may stand still meanwhile.
    for (let left = this.#heap.length; left > 0; left--) {
      const [top] = this.#heap;
      if (top === undefined || top.deadline > now) break;
      this.remove(top);
      this.#fire(top);
      // The others are due at once, after whatever else has waited for the thread.
      if (this.#clock.now() - now >= longestRunMs) break;
    }
    this.#arm();
  }

  #put(timed: T, index: number): void {
    this.#heap[index] = timed;
    timed.timerIndex = index;
  }

  #up(from: number): void {
    let index = from;
    const timed = this.#heap[index] as T;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#heap[parentIndex] as T;
      if (parent.deadline <= timed.deadline) break;
      this.#put(parent, index);
      index = parentIndex;
    }
    this.#put(timed, index);
  }

  #down(from: number): void {
    let index = from;
    const timed = this.#heap[index] as T;
    for (;;) {
      let childIndex = 2 * index + 1;
      const left = this.#heap[childIndex];
      if (left === undefined) break;
      const right = this.#heap[childIndex + 1];
      let child = left;
      if (right !== undefined && right.deadline < left.deadline) {
        child = right;
        childIndex++;
      }
      if (child.deadline >= timed.deadline) break;
      this.#put(child, index);
      index = childIndex;
    }
    this.#put(timed, index);
  }
}
