import { randomUUID } from "node:crypto";
import type { ConsoleListener } from "../console-listener.ts";
import type { IndexedExecution } from "./execution-index.ts";

/** Our choice: executions whose last change is remembered. Who was away for longer reads its list anew. */
const remembered = 2_000;

interface LoggedRow {
  change: number;
  readonly row: IndexedExecution;
}

/**
 * Numbers the changes of rows, so that a stream goes on where another ended. A position is only good for the process that gave
 * it, and until something was lost.
 */
export class RowLog implements ConsoleListener {
  /** The last change of each, in the order of their first ones. */
  readonly #rows = new Map<string, LoggedRow>();
  readonly #limit: number;
  #epoch = randomUUID();
  #last = 0;
  /** Changes up to this one are not all known any more. */
  #forgotten = 0;

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
    const from = Number(change);
    const isKnown = epoch === this.#epoch && from >= this.#forgotten && from <= this.#last;
    if (!isKnown) return undefined;
    return [...this.#rows.values()].filter((each) => each.change > from).map(({ row }) => row);
  }

  rowsChanged(rows: readonly IndexedExecution[]): void {
    for (const row of rows) {
      const logged = this.#rows.get(row.executionArn);
      if (logged?.row === row) logged.change = ++this.#last;
      else this.#rows.set(row.executionArn, { change: ++this.#last, row });
    }
    if (this.#rows.size <= this.#limit) return;
    for (const [arn, { change }] of this.#rows) {
      if (this.#rows.size <= this.#limit) break;
      this.#rows.delete(arn);
      this.#forgotten = Math.max(this.#forgotten, change);
    }
  }

  rowsLost(): void {
    this.#rows.clear();
    this.#epoch = randomUUID();
  }

  executionChanged(): void {
    // Executions are told from one of their events on: their journals are the log.
  }
}
