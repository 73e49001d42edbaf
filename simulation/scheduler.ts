import { Process } from "./process.ts";
import type { Random } from "./random.ts";

/** Something that happens at a time, in a process. */
export interface Happening {
  readonly at: number;
  readonly order: number;
  readonly process: Process;
  readonly run: () => void;
  isCancelled: boolean;
  /** As Node's timers have it; the world does not end for want of timers. */
  unref(): Happening;
}

/** The real one: the scheduler's own way to let all promises settle. */
const inRealTurn = globalThis.setImmediate;
/**
 * How many steps are asked for at a time. Node settles all promises, and tells of those that were rejected unseen, between
 * two immediates of one turn of its event loop; a turn for each step would take longer than most steps do.
 */
const stepsPerTurn = 128;

/**
 * The time of a simulated world and the order of all that happens in it. One thing happens at a time; then everything that
 * waits for promises alone goes on until nothing does, and only then comes the next.
 */
export class Scheduler {
  /** Milliseconds since the world began. */
  now = 0;
  /** Whose code runs at present. */
  current: Process;
  /** How much has happened. */
  steps = 0;
  readonly #random: Random;
  readonly #heap: Happening[] = [];
  #order = 0;

  constructor(random: Random) {
    this.#random = random;
    this.current = new Process("world");
  }

  at(process: Process, at: number, run: () => void): Happening {
    const happening: Happening = {
      at: Math.max(at, this.now),
      order: this.#order++,
      process,
      run,
      isCancelled: false,
      unref: () => happening,
    };
    this.#push(happening);
    return happening;
  }

  after(process: Process, ms: number, run: () => void): Happening {
    return this.at(process, this.now + ms, run);
  }

  /** In the next turn of the event loop of the current process, after what it has for that already. */
  inNextTurn(run: () => void): Happening {
    const process = this.current;
    const at = Math.max(process.lastTurnAt, this.now + this.#random.next() * 0.05);
    process.lastTurnAt = at;
    return this.at(process, at, run);
  }

  /** Lets a process that was paused go on. */
  resume(process: Process): void {
    for (const run of process.resume()) {
      this.#turn(process, run);
    }
  }

  /** Runs until `isOver` says so or nothing more is to happen. Rejects with what is thrown. */
  run(isOver: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      let hasEnded = false;
      const step = (): void => {
        if (hasEnded) return;
        try {
          if (!isOver() && this.#runNext()) return;
          hasEnded = true;
          resolve();
        } catch (thrown) {
          hasEnded = true;
          reject(thrown as Error);
        }
      };
      const turn = (): void => {
        if (hasEnded) return;
        for (let index = 0; index < stepsPerTurn; index++) inRealTurn(step);
        inRealTurn(turn);
      };
      turn();
    });
  }

  #turn(process: Process, run: () => void): void {
    const at = Math.max(process.lastTurnAt, this.now);
    process.lastTurnAt = at;
    this.at(process, at, run);
  }

  #runNext(): boolean {
    for (;;) {
      const next = this.#pop();
      if (next === undefined) return false;
      const { process } = next;
      if (next.isCancelled || process.isDead) continue;
      this.now = Math.max(this.now, next.at);
      if (process.isPaused) {
        process.hold(() => {
          if (!next.isCancelled) next.run();
        });
        continue;
      }
      this.current = process;
      this.steps++;
      next.run();
      return true;
    }
  }

  #push(happening: Happening): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Happening;
      if (isBefore(parent, happening)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = happening;
  }

  #pop(): Happening | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined || last === top) return top;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= heap.length) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && isBefore(right, heap[childIndex] as Happening)) childIndex++;
      const child = heap[childIndex] as Happening;
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
    return top;
  }
}

function isBefore(left: Happening, right: Happening): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}
