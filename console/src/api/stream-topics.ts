import type { Wanted } from "./live-messages.ts";

/** Our choice: executions that one stream tells of; the server takes no more than 20. */
export const mostExecutions = 16;

/**
 * What the tabs of a browser want together, and how far each of it has been told. Whatever the stream does, the next one
 * goes on from here.
 */
export class StreamTopics {
  executions = false;
  /** Where rows have been told up to; absent: nowhere yet. */
  rowsAt: string | undefined;
  /** The last event that was told of each execution. */
  readonly #told = new Map<string, number>();

  /** Takes up what is wanted now; `true`: another stream is needed. */
  take(tabs: Iterable<Wanted>): boolean {
    let executions = false;
    const wanted = new Map<string, number>();
    for (const tab of tabs) {
      executions ||= tab.executions;
      for (const { arn, from } of tab.execution) {
        if (!wanted.has(arn) && wanted.size === mostExecutions) continue;
        wanted.set(arn, Math.min(wanted.get(arn) ?? from, from));
      }
    }
    let isOther = executions !== this.executions;
    this.executions = executions;
    if (!executions) this.rowsAt = undefined;
    for (const arn of this.#told.keys()) {
      if (wanted.has(arn)) continue;
      this.#told.delete(arn);
      isOther = true;
    }
    for (const [arn, from] of wanted) {
      if (this.#told.has(arn)) continue;
      this.#told.set(arn, from);
      isOther = true;
    }
    return isOther;
  }

  /** How far the execution has been told; `undefined`: it is not among them. */
  toldOf(arn: string): number | undefined {
    return this.#told.get(arn);
  }

  /** Notes how far the execution has been told; gives how many events that is further. */
  told(arn: string, lastEventId: number): number {
    const before = this.#told.get(arn);
    if (before === undefined || lastEventId <= before) return 0;
    this.#told.set(arn, lastEventId);
    return lastEventId - before;
  }

  /** What the server is asked for. */
  get query(): string {
    const search = new URLSearchParams();
    if (this.executions) search.set("executions", this.rowsAt ?? "");
    for (const [arn, event] of this.#told) search.append("execution", `${arn}@${event}`);
    return search.toString();
  }
}
