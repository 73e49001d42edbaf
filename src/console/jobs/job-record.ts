import type { Caller } from "../../ports/caller.ts";
import type { JobAction, JobRefusal, JobState, Unfit } from "../view-types.ts";

/** What a job was made with, and does not change. */
export interface JobHeader {
  readonly id: string;
  readonly action: JobAction;
  readonly filter?: string;
  /** What a stopped execution says of why. */
  readonly error?: string;
  readonly cause?: string;
  readonly created: number;
  readonly by: string;
  /** Who each call is made for. */
  readonly caller?: Caller;
  readonly matched: number;
  readonly unfit: readonly { readonly reason: Unfit; readonly count: number }[];
  readonly total: number;
}

/** A line of a job's file. Its first one is `job`; one that has ended is nothing but `summary`. */
export type JobLine =
  | { readonly type: "job"; readonly header: JobHeader; readonly executionArns: readonly string[] }
  /** Executions from `from` on, `to` not among them, are about to be asked for. */
  | { readonly type: "begin"; readonly from: number; readonly to: number; readonly at: number }
  /** What became of them; `null`: it was done. */
  | {
      readonly type: "end";
      readonly from: number;
      readonly results: readonly (null | Omit<JobRefusal, "executionArn">)[];
    }
  | { readonly type: "state"; readonly state: JobState; readonly at: number }
  | { readonly type: "summary"; readonly header: JobHeader; readonly progress: JobProgress };

/** How far it has come. */
export interface JobProgress {
  state: JobState;
  ended?: number;
  done: number;
  succeeded: number;
  failed: number;
  refusals: { [code: string]: number };
  /** The first {@link mostRefused} of them. */
  refused: JobRefusal[];
}

export interface JobRecord {
  readonly header: JobHeader;
  /** Fixed when it starts; empty once it has ended. */
  readonly executionArns: readonly string[];
  readonly progress: JobProgress;
  /** A batch that was begun, and of which it is not known what became: since when. */
  begun?: { readonly to: number; readonly at: number };
}

/** Our choice: refusals that are told one by one. */
export const mostRefused = 500;

export function newProgress(): JobProgress {
  return { state: "running", done: 0, succeeded: 0, failed: 0, refusals: {}, refused: [] };
}

export function isOpen({ progress }: JobRecord): boolean {
  return progress.state === "running" || progress.state === "paused";
}

/** The job that these lines tell of; `undefined` where its first one is not there: it was never begun. */
export function jobOf(lines: readonly JobLine[]): JobRecord | undefined {
  const [first, ...rest] = lines;
  if (first?.type === "summary") {
    return { header: first.header, executionArns: [], progress: first.progress };
  }
  if (first?.type !== "job") return undefined;
  const { header, executionArns } = first;
  const job: JobRecord = { header, executionArns, progress: newProgress() };
  for (const line of rest) applyLine(job, line);
  return job;
}

export function applyLine(job: JobRecord, line: JobLine): void {
  const { progress } = job;
  switch (line.type) {
    case "begin":
      // Begun a second time, it was first begun when it was.
      job.begun ??= { to: line.to, at: line.at };
      return;
    case "end":
      delete job.begun;
      for (const [offset, result] of line.results.entries()) {
        progress.done++;
        if (result === null) {
          progress.succeeded++;
          continue;
        }
        progress.failed++;
        progress.refusals[result.code] = (progress.refusals[result.code] ?? 0) + 1;
        if (progress.refused.length < mostRefused) {
          const executionArn = job.executionArns[line.from + offset] ?? "";
          progress.refused.push({ executionArn, ...result });
        }
      }
      return;
    case "state":
      progress.state = line.state;
      if (!isOpen(job)) progress.ended = line.at;
      return;
    case "job":
    case "summary":
      return;
  }
}
