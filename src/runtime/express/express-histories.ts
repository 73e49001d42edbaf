import { isPublic } from "../../machine/journal/history.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Payload } from "../../expression/payload.ts";
import type { ExecutionRecord, ExecutionStatus } from "../../ports/store.ts";

/** How much is kept of Express executions, whose histories are stored nowhere else. */
export interface ExpressHistoryLimits {
  /** Executions that have ended. */
  readonly executions: number;
  /** Of all that is remembered, running or not; estimated, see {@link bytesPerEvent}. */
  readonly bytes: number;
  /** Executions of one outcome, good or bad, that are kept of those that end within one second. */
  readonly perSecond: number;
}

/**
 * Our choice: what somebody looks at, at a price that nobody notices. Of thousands a second only some are kept, because
 * what would have died young would have to be moved by the garbage collector.
 */
export const usualExpressHistoryLimits: ExpressHistoryLimits = {
  executions: 1_000,
  bytes: 64 * 1024 * 1024,
  perSecond: 200,
};

/** Our estimate of an event with its details, and of a document's text together with its parsed form. */
const bytesPerEvent = 256;
const bytesPerCharacter = 4;
/** One execution may fill this part of the whole; of what comes after only its last events are kept. */
const shareOfOne = 1 / 4;

/** An Express execution as it is remembered. */
export interface ExpressExecution {
  readonly record: ExecutionRecord;
  /** In order; public ones only. */
  readonly events: readonly JournalEvent[];
  /** Events are missing before the last ones, because there were too many. */
  readonly truncated: boolean;
}

export interface ExpressExecutionList {
  readonly records: readonly ExecutionRecord[];
  readonly next?: number;
  /** Executions that ended and were not kept, because many ended within one second. */
  readonly notKept: number;
}

/** The events of one execution, while it runs and after; made by {@link ExpressHistories.begin}. */
export interface ExpressTrace {
  readonly sequence: number;
  readonly record: ExecutionRecord;
  status: ExecutionStatus;
  stopDate: EpochMs | undefined;
  /** What each activation led to: the core's own lists, which nobody changes. */
  batches: (readonly JournalEvent[])[];
  bytes: number;
  /** Characters of all documents that the events have, whether the events are still kept or not. */
  characters: number;
  truncated: boolean;
  lastPayload: Payload | undefined;
}

/**
 * The Express executions that run and the newest that have ended, with their events, in memory. Nothing is copied or
 * encoded on the way in, because StartSyncExecution passes here; asking costs instead.
 */
export class ExpressHistories {
  readonly #limits: ExpressHistoryLimits;
  readonly #running = new Map<string, ExpressTrace>();
  readonly #ended = new Map<string, ExpressTrace>();
  #bytes = 0;
  #sequence = 0;
  #second = 0;
  #keptInSecond = { succeeded: 0, other: 0 };
  #notKept = 0;

  constructor(limits: ExpressHistoryLimits) {
    this.#limits = limits;
  }

  begin(record: ExecutionRecord): ExpressTrace {
    const trace: ExpressTrace = {
      sequence: ++this.#sequence,
      record,
      status: "RUNNING",
      stopDate: undefined,
      batches: [],
      bytes: 0,
      characters: 0,
      truncated: false,
      lastPayload: undefined,
    };
    this.#running.set(record.executionArn, trace);
    return trace;
  }

  add(trace: ExpressTrace, events: readonly JournalEvent[]): void {
    if (events.length === 0) return;
    let characters = 0;
    for (const { payload } of events) {
      // One document mostly is in two events: what left a state entered the next.
      if (payload === undefined || payload === trace.lastPayload) continue;
      trace.lastPayload = payload;
      characters += payload.text.length;
    }
    trace.characters += characters;
    const bytes = events.length * bytesPerEvent + characters * bytesPerCharacter;
    if (this.#bytes + bytes > this.#limits.bytes) this.#makeRoom(bytes);
    const isTooMuch =
      trace.bytes + bytes > this.#limits.bytes * shareOfOne ||
      this.#bytes + bytes > this.#limits.bytes;
    if (isTooMuch) {
      if (trace.truncated) trace.batches.pop();
      trace.truncated = true;
      trace.batches.push(events);
      return;
    }
    trace.batches.push(events);
    trace.bytes += bytes;
    this.#bytes += bytes;
  }

  end(trace: ExpressTrace, status: ExecutionStatus, stopDate: EpochMs): void {
    const { executionArn } = trace.record;
    this.#running.delete(executionArn);
    if (!this.#isKept(status, stopDate)) {
      this.#bytes -= trace.bytes;
      this.#notKept++;
      // Whatever still knows the execution for a while must not keep its events: that would make each of them survive
      // into the old generation (measured: 23 µs of CPU for an execution instead of 16).
      trace.batches = [];
      trace.lastPayload = undefined;
      return;
    }
    trace.status = status;
    trace.stopDate = stopDate;
    trace.lastPayload = undefined;
    this.#ended.set(executionArn, trace);
    if (this.#ended.size > this.#limits.executions) this.#makeRoom(0);
  }

  /** An execution that does not end here: it is not remembered. */
  drop(trace: ExpressTrace): void {
    if (this.#running.delete(trace.record.executionArn)) this.#bytes -= trace.bytes;
  }

  find(executionArn: string): ExpressExecution | undefined {
    const trace = this.#running.get(executionArn) ?? this.#ended.get(executionArn);
    if (trace === undefined) return undefined;
    return {
      record: shownRecord(trace),
      events: trace.batches.flat().filter(isPublic),
      truncated: trace.truncated,
    };
  }

  /** Those that began last first; `after` is where the page before ended. */
  list(
    filter: { readonly stateMachineArn?: string; readonly status?: ExecutionStatus },
    page: { readonly limit: number; readonly after?: number },
  ): ExpressExecutionList {
    const { stateMachineArn, status } = filter;
    const { limit, after = Number.POSITIVE_INFINITY } = page;
    const found = [...this.#ended.values(), ...this.#running.values()]
      .filter(
        (trace) =>
          trace.sequence < after &&
          (stateMachineArn === undefined || trace.record.stateMachineArn === stateMachineArn) &&
          (status === undefined || trace.status === status),
      )
      .sort((a, b) => b.sequence - a.sequence);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      records: shown.map(shownRecord),
      notKept: this.#notKept,
      ...(last === undefined || shown.length === found.length ? {} : { next: last.sequence }),
    };
  }

  #isKept(status: ExecutionStatus, stopDate: EpochMs): boolean {
    const second = Math.floor(stopDate / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#keptInSecond = { succeeded: 0, other: 0 };
    }
    const outcome = status === "SUCCEEDED" ? "succeeded" : "other";
    return ++this.#keptInSecond[outcome] <= this.#limits.perSecond;
  }

  /** The oldest of those that have ended go. */
  #makeRoom(bytes: number): void {
    const { executions, bytes: most } = this.#limits;
    for (const [executionArn, trace] of this.#ended) {
      if (this.#ended.size <= executions && this.#bytes + bytes <= most) return;
      this.#ended.delete(executionArn);
      this.#bytes -= trace.bytes;
    }
  }
}

function shownRecord({ record, status, stopDate }: ExpressTrace): ExecutionRecord {
  return { ...record, status, ...(stopDate === undefined ? {} : { stopDate }) };
}
