export type JobAction = "stop" | "redrive";

/** Why an action does nothing for an execution. */
export type Unfit =
  "ended" | "running" | "succeeded" | "express" | "pending" | "expired" | "missing";

/** What a job would do. */
export interface JobPlanView {
  readonly action: JobAction;
  /** Executions that are meant. */
  readonly matched: number;
  /** Those of them for which the action can be asked. */
  readonly fit: number;
  readonly unfit: readonly { readonly reason: Unfit; readonly count: number }[];
}

export type JobState = "running" | "paused" | "done" | "cancelled";

/** An action on many executions, which the server performs one after another. */
export interface JobView extends Omit<JobPlanView, "fit"> {
  readonly id: string;
  readonly state: JobState;
  /** What picked them; absent: they were named. */
  readonly filter?: string;
  readonly created: number;
  readonly ended?: number;
  /** The caller's ARN, as refusals name it. */
  readonly by: string;
  readonly total: number;
  readonly done: number;
  readonly succeeded: number;
  readonly failed: number;
  /** What refused, by the name of its error, the most frequent first. */
  readonly refusals: readonly { readonly code: string; readonly count: number }[];
}

/** An execution that the action was refused for. */
export interface JobRefusal {
  readonly executionArn: string;
  readonly code: string;
  readonly message: string;
}

export interface JobDetail extends JobView {
  /** The first of them: there may be more. */
  readonly refused: readonly JobRefusal[];
}
