import type { Clock } from "../../ports/clock.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { JobRefusal } from "../view-types.ts";
import type { JobLog } from "./job-log.ts";
import { applyLine, type JobLine, type JobRecord } from "./job-record.ts";

/** Our choice: calls of a job at the same time, and in a second. They must not be in the way of the executions' own. */
export const callsAtOnce = 8;
export const callsPerSecond = 50;
const longestMessage = 300;

export interface JobCalls {
  /** Asks for what the job does with its execution `index`. The same index is the same request, however often. */
  ask(job: JobRecord, index: number): Promise<unknown>;
  /** Whether it has been done since then: an earlier process may have asked. */
  isDone(job: JobRecord, index: number, since: number): Promise<boolean>;
}

/**
 * Performs jobs batch by batch. Each is written down before its first call and after its last: a process that goes on
 * with it knows which calls may have been made.
 */
export class JobRunner {
  readonly #calls: JobCalls;
  readonly #log: JobLog;
  readonly #clock: Clock;
  #isClosed = false;

  constructor(calls: JobCalls, log: JobLog, clock: Clock) {
    this.#calls = calls;
    this.#log = log;
    this.#clock = clock;
  }

  /** Begins no further batch, of no job. */
  close(): void {
    this.#isClosed = true;
  }

  /** Performs the next batch of a job, and takes the time that it may take; behind the last one the job is done. */
  async step(job: JobRecord): Promise<void> {
    const startedAt = this.#clock.now();
    const count = await this.#runBatch(job);
    if (this.#isClosed) return;
    if (job.progress.done >= job.header.total && job.progress.state === "running") {
      await this.write(job, { type: "state", state: "done", at: this.#clock.now() });
    }
    await this.#until(startedAt + (count * 1_000) / callsPerSecond);
  }

  async write(job: JobRecord, line: JobLine): Promise<void> {
    await this.#log.append(job.header.id, line);
    applyLine(job, line);
  }

  async #runBatch(job: JobRecord): Promise<number> {
    const from = job.progress.done;
    // What was begun before is finished as it was begun.
    const repeated = job.begun;
    const to = repeated?.to ?? Math.min(from + callsAtOnce, job.header.total);
    await this.write(job, { type: "begin", from, to, at: this.#clock.now() });
    const results = await Promise.all(
      Array.from({ length: to - from }, (_, offset) => this.#ask(job, from + offset, repeated?.at)),
    );
    // Calls fail while the process ends: the next one asks again.
    if (!this.#isClosed) await this.write(job, { type: "end", from, results });
    return to - from;
  }

  async #ask(
    job: JobRecord,
    index: number,
    askedSince: number | undefined,
  ): Promise<null | Omit<JobRefusal, "executionArn">> {
    try {
      if (askedSince !== undefined && (await this.#calls.isDone(job, index, askedSince))) {
        return null;
      }
      await this.#calls.ask(job, index);
      return null;
    } catch (thrown) {
      const code = thrown instanceof ApiError ? thrown.code : "InternalFailure";
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      return { code, message: message.slice(0, longestMessage) };
    }
  }

  #until(at: number): Promise<void> {
    if (at <= this.#clock.now()) return Promise.resolve();
    return new Promise((resolve) => void this.#clock.schedule(at, resolve));
  }
}
