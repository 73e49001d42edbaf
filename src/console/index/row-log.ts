import { randomUUID } from "node:crypto";
import type { ConsoleListener } from "../console-listener.ts";
import type { IndexedExecution } from "./execution-index.ts";

/** Our choice: changes that are remembered. Who was away for longer reads its list anew. */
const remembered = 5_000;

/**
 * Numbers the changes of rows, so that a stream goes on where another ended. A position is only good for the process that gave
 * it, and until something was lost.
 */
export class RowLog implements ConsoleListener {
  /** The row of each change, the newest last. */
  #changes: IndexedExecution[] = [];
  readonly #limit: number;
  #epoch = randomUUID();
  #last = 0;

  constructor(limit = remembered) {
    this.#limit = limit;
  }

  /** Up to and with the newest change. */
  get position(): string {
    return `${this.#epoch}.${this.#last}`;
  }

  /** The rows that have changed after the position; `undefined` if nobody knows any more. */
  since(position: string): readonly IndexedExecution[] | undefined {
    const [epoch, change] = position.split(".");
    const missed = this.#last - Number(change);
    const isKnown = epoch === this.#epoch && missed >= 0 && missed <= this.#limit;
    if (!isKnown) return undefined;
    const rows = new Map<string, IndexedExecution>();
    for (const row of this.#changes.slice(this.#changes.length - missed)) {
      // Each once, in the order of their last changes.
      rows.delete(row.executionArn);
      rows.set(row.executionArn, row);
    }
    return [...rows.values()];
  }

  rowsChanged(rows: readonly IndexedExecution[]): void {
    this.#last += rows.length;
    for (const row of rows) this.#changes.push(row);
    if (this.#changes.length > 2 * this.#limit) this.#changes = this.#changes.slice(-this.#limit);
  }

  rowsLost(): void {
    this.#changes = [];
    this.#epoch = randomUUID();
  }

  executionChanged(): void {
    // Executions are told from one of their events on: their journals are the log.
  }
}
