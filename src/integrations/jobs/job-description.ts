import type { JsonObject } from "../../expression/json.ts";

/** How a job that a task has submitted (`.sync`) goes on, and how its end is known. */
export type JobDescription = MessageJob | LookedAtJob;

/** The service tells its end by a message to the task; nothing has to be done here. */
export interface MessageJob {
  readonly ends: "by message";
}

/** The service has to be asked how the job is doing, again and again. */
export interface LookedAtJob {
  readonly ends: "by look";
  /** The parameter by which the service knows a submission that comes twice; absent: it knows none. */
  readonly idempotencyKey?: string;
  /**
   * What names the job in later calls: members, and where their values are in the recorded answer to its submission or in
   * the task's parameters (`submission.JobRunId`, `parameters.JobName`).
   */
  readonly key: { readonly [member: string]: `${"submission" | "parameters"}.${string}` };
  readonly look: JobCall;
  /** A call that looks at many jobs at once. */
  readonly lookAtMany?: ManyLooks;
  /** What the job described by a look has come to. */
  readonly status: (described: JsonObject) => JobStatus;
  /**
   * The code of the refusal by which a look is told that what the job deletes is no longer there: it has succeeded. The result is
   * then what was answered to the submission, because nothing is left that could be described: *our choice*.
   */
  readonly gone?: string;
  /** The task's result, or the cause of its failure; absent: all that the look describes. *Observed*: it is so shaped. */
  readonly result?: (described: JsonObject, key: JsonObject) => JsonObject;
  /** Ends the job where its outcome no longer matters; absent: the service cannot. */
  readonly cancel?: JobCall;
  readonly lookEvery?: LookInterval;
}

/** `missing`: the look was answered, but without the job, as if it had been refused. */
export type JobStatus = "running" | "succeeded" | "failed" | "missing";

/** A call about one job. */
export interface JobCall {
  /** `getQueryExecution`. */
  readonly operation: string;
  /** The IAM action. */
  readonly permission: string;
  /** Absent: the job's key. */
  readonly parameters?: (key: JsonObject) => JsonObject;
}

/** A call about many jobs. */
export interface ManyLooks {
  readonly operation: string;
  readonly permission: string;
  /** Jobs that it takes at most. */
  readonly most: number;
  /** Jobs go in one call only if this is the same of them; absent: all do. */
  readonly group?: (key: JsonObject) => string;
  readonly parameters: (keys: readonly JsonObject[]) => JsonObject;
  /** What a look at the one job would have answered; `undefined` if the answer does not have it. */
  readonly described: (answer: JsonObject, key: JsonObject) => JsonObject | undefined;
}

/** How long the first look waits, and how long one waits at most; each wait is half as long again as the one before. */
export interface LookInterval {
  readonly firstMs: number;
  readonly mostMs: number;
}
