import { setImmediate } from "node:timers/promises";

/** How long something may go on to hold the thread. Our choice. */
const longestSliceMs = 20;

/** The time that a long computation has had the thread. */
export class ThreadTime {
  #since = performance.now();

  /** Lets others have the thread if that is long. */
  async share(): Promise<void> {
    if (performance.now() - this.#since < longestSliceMs) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
