import { randomUUID } from "node:crypto";
import { scopeOf, scopeOfArn } from "../../machine/arns.ts";
import { userArn } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Store } from "../../ports/store.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import type { ConsoleAccess } from "../access.ts";
import { indexed, type ExecutionIndex, type IndexedExecution } from "../index/execution-index.ts";
import type { JobDetail, JobPlanView, JobView, Unfit } from "../view-types.ts";
import type { JobLog } from "./job-log.ts";
import { isOpen, jobOf, newProgress, type JobHeader, type JobRecord } from "./job-record.ts";
import { jobChange, jobRequest, type JobRequest } from "./job-request.ts";
import { JobRunner } from "./job-runner.ts";
import { jobDetail, jobView } from "./job-views.ts";
import { unfitFor } from "./unfit.ts";

export interface JobDeskOptions {
  readonly access: Pick<ConsoleAccess, "may" | "mayList" | "exactly">;
  readonly service: Pick<Service, "call">;
  readonly store: Pick<Store, "execution">;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly index: Pick<ExecutionIndex, "find">;
  readonly logger?: Logger;
}

/** Our choice: jobs that have ended and are still shown. */
const keptEnded = 50;
/** Our choice: jobs that have not ended. Each holds its list of executions. */
const mostOpen = 20;

/** Stops or redrives many executions, as their list stands when it is asked. A process that starts goes on with them. */
export class JobDesk {
  readonly #options: JobDeskOptions;
  readonly #runner: JobRunner;
  readonly #jobs = new Map<string, JobRecord>();
  readonly #opened: Promise<void>;
  #isRunning = false;
  #isClosed = false;
  /** The one that has calls under way. */
  #stepping: JobRecord | undefined;

  constructor(options: JobDeskOptions) {
    this.#options = options;
    const calls = {
      ask: (job: JobRecord, index: number) => this.#ask(job, index),
      isDone: (job: JobRecord, index: number, since: number) => this.#isDone(job, index, since),
    };
    this.#runner = new JobRunner(calls, options.log, options.clock);
    this.#opened = this.#open();
    this.#opened.catch((error: unknown) => this.#complain("jobs could not be read", error));
  }

  /** What has begun goes on in the next process. */
  close(): void {
    this.#isClosed = true;
    this.#runner.close();
  }

  /**
   * Plans a job, and begins it unless it is only asked what it would do. Each of its calls asks for itself whether the caller
   * may.
   */
  async ask(given: unknown, request: RequestContext): Promise<JobPlanView | JobView> {
    await this.#options.access.mayList(request);
    await this.#opened;
    const asked = jobRequest(given);
    const { plan, executionArns } = await this.#plan(asked, request);
    if (asked.isDryRun) return plan;
    if ([...this.#jobs.values()].filter(isOpen).length >= mostOpen) {
      throw errors.validation(`At most ${mostOpen} jobs can be open at the same time`);
    }
    const { clock, log } = this.#options;
    const { action, matched, unfit } = plan;
    const header: JobHeader = {
      id: randomUUID(),
      action,
      ...("filter" in asked && { filter: asked.filter }),
      ...(asked.error !== undefined && { error: asked.error }),
      ...(asked.cause !== undefined && { cause: asked.cause }),
      created: clock.now(),
      by: byOf(request),
      ...(request.caller !== undefined && { caller: request.caller }),
      matched,
      unfit,
      total: executionArns.length,
    };
    const job: JobRecord = { header, executionArns, progress: newProgress() };
    await log.append(header.id, { type: "job", header, executionArns });
    this.#jobs.set(header.id, job);
    await this.#forgetOldest();
    this.#go();
    return jobView(job);
  }

  /** The newest first. */
  async list(request: RequestContext): Promise<readonly JobView[]> {
    await this.#options.access.mayList(request);
    await this.#opened;
    return [...this.#jobs.values()].map(jobView).sort((a, b) => b.created - a.created);
  }

  async find(id: string, request: RequestContext): Promise<JobDetail> {
    await this.#options.access.mayList(request);
    return jobDetail(await this.#found(id));
  }

  /** Pauses, resumes or cancels: what it asks of its calls, it asks of who made the job or may do all of it himself. */
  async change(id: string, given: unknown, request: RequestContext): Promise<JobView> {
    const { access, clock } = this.#options;
    await access.mayList(request);
    const job = await this.#found(id);
    const { action, by } = job.header;
    if (by !== byOf(request)) {
      const operation = action === "stop" ? "states:StopExecution" : "states:RedriveExecution";
      await access.may(operation, "*", request);
    }
    const change = jobChange(given);
    if (!isOpen(job)) throw errors.validation(`The job has ended: it is ${job.progress.state}`);
    const state = ({ pause: "paused", resume: "running", cancel: "cancelled" } as const)[change];
    if (job.progress.state === state) return jobView(job);
    await this.#runner.write(job, { type: "state", state, at: clock.now() });
    // What its calls come to is still to be written: it is put away behind that.
    if (!isOpen(job) && this.#stepping !== job) await this.#putAway(job);
    this.#go();
    return jobView(job);
  }

  async #found(id: string): Promise<JobRecord> {
    await this.#opened;
    const job = this.#jobs.get(id);
    if (job === undefined) {
      throw new ApiError("ResourceNotFound", `There is no job '${id}'`, undefined, 404);
    }
    return job;
  }

  async #open(): Promise<void> {
    const { log } = this.#options;
    for (const lines of await log.read()) {
      const job = jobOf(lines);
      if (job !== undefined) this.#jobs.set(job.header.id, job);
    }
    // It had ended, and was not put away.
    for (const job of this.#jobs.values()) {
      if (!isOpen(job) && job.executionArns.length > 0) await this.#putAway(job);
    }
    await this.#forgetOldest();
    this.#go();
  }

  async #forgetOldest(): Promise<void> {
    const ended = [...this.#jobs.values()]
      .filter((job) => !isOpen(job))
      .sort((a, b) => b.header.created - a.header.created);
    for (const { header } of ended.slice(keptEnded)) {
      this.#jobs.delete(header.id);
      await this.#options.log.remove(header.id);
    }
  }

  async #plan(
    asked: JobRequest,
    request: RequestContext,
  ): Promise<{ readonly plan: JobPlanView; readonly executionArns: readonly string[] }> {
    const { action } = asked;
    const now = this.#options.clock.now();
    const counts = new Map<Unfit, number>();
    const executionArns: string[] = [];
    const take = (executionArn: string, reason: Unfit | undefined): void => {
      if (reason === undefined) executionArns.push(executionArn);
      else counts.set(reason, (counts.get(reason) ?? 0) + 1);
    };
    let matched: number;
    if ("filter" in asked) {
      const rows = await this.#options.access.exactly(asked.filter, request);
      matched = rows.length;
      for (const row of rows) take(row.executionArn, unfitFor(action, row, now));
    } else {
      matched = asked.executionArns.length;
      for (const executionArn of asked.executionArns) {
        const row = await this.#rowOf(executionArn);
        take(executionArn, row === undefined ? "missing" : unfitFor(action, row, now));
      }
    }
    const unfit = Array.from(counts, ([reason, count]) => ({ reason, count }));
    return { plan: { action, matched, fit: executionArns.length, unfit }, executionArns };
  }

  async #rowOf(executionArn: string): Promise<IndexedExecution | undefined> {
    const known = this.#options.index.find(executionArn);
    if (known !== undefined) return known;
    const record = await this.#options.store.execution(executionArn);
    return record && indexed(record, "STANDARD");
  }

  /** Jobs that run are given their batches in turn: together they keep to what one of them may ask. */
  #go(): void {
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    void this.#runAll().finally(() => {
      this.#isRunning = false;
      // One may have been begun while the last one ended.
      if (this.#running().length > 0) this.#go();
    });
  }

  #running(): readonly JobRecord[] {
    return [...this.#jobs.values()].filter(({ progress }) => progress.state === "running");
  }

  async #runAll(): Promise<void> {
    let running = this.#running();
    while (running.length > 0 && !this.#isClosed) {
      for (const job of running) {
        if (this.#isClosed) return;
        if (job.progress.state !== "running") continue;
        this.#stepping = job;
        try {
          await this.#runner.step(job);
          if (!isOpen(job) && !this.#isClosed) await this.#putAway(job);
        } catch (error) {
          // What cannot be written down must not be done. Whoever resumes it tries again.
          job.progress.state = "paused";
          this.#complain("a job was paused because it could not be written down", error);
        } finally {
          this.#stepping = undefined;
        }
      }
      running = this.#running();
    }
  }

  /** Of a job that has ended the list of its executions is kept no longer. */
  async #putAway(job: JobRecord): Promise<void> {
    const { header, progress } = job;
    await this.#options.log.replace(header.id, { type: "summary", header, progress });
    if (this.#jobs.has(header.id)) {
      this.#jobs.set(header.id, { header, progress, executionArns: [] });
    }
    await this.#forgetOldest();
  }

  #ask({ header, executionArns }: JobRecord, index: number): Promise<unknown> {
    const { id, action, error, cause, caller } = header;
    const executionArn = executionArns[index] ?? "";
    const request: RequestContext =
      caller === undefined
        ? {}
        : {
            caller: {
              ...scopeOf(scopeOfArn(executionArn).region, caller.accountId),
              principal: caller.principal,
            },
          };
    const { service } = this.#options;
    if (action === "redrive") {
      const clientToken = `${id}-${index}`;
      return service.call("RedriveExecution", { executionArn, clientToken }, request);
    }
    const reason = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    return service.call("StopExecution", { executionArn, ...reason }, request);
  }

  /**
   * An execution that was redriven after the job first asked is left alone: by the job, as its token says only for a
   * quarter of an hour, or by somebody else after the job had stopped it.
   */
  async #isDone({ executionArns }: JobRecord, index: number, since: number): Promise<boolean> {
    const record = await this.#options.store.execution(executionArns[index] ?? "");
    return (record?.redriveDate ?? -Infinity) >= since;
  }

  #complain(message: string, error: unknown): void {
    this.#options.logger?.error(message, { error: String(error) });
  }
}

function byOf({ caller }: RequestContext): string {
  return caller === undefined ? "" : userArn(caller);
}
