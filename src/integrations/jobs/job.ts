import { type JsonObject, ownMember } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import {
  ServerLeaves,
  type TaskControl,
  type TaskOutcome,
  type TaskRequest,
} from "../../ports/task-handler.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import { callOutcome } from "../described/call-outcome.ts";
import type { Wording } from "../described/description.ts";
import type { ServiceAnswer, ServiceCall, ServiceRequest } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { LookedAtJob, LookInterval } from "./job-description.ts";
import { jobKey } from "./job-key.ts";
import type { JobLooks } from "./job-looks.ts";
import { mayPass } from "./passing-trouble.ts";
import { pause, unlessAborted } from "./pause.ts";

/** One task whose job has to be looked at. */
export interface Job {
  readonly description: LookedAtJob;
  readonly wording: Wording;
  readonly call: ServiceCall;
  readonly submission: (parameters: JsonObject, signal: AbortSignal) => ServiceRequest;
  readonly looks: JobLooks;
  readonly request: TaskRequest;
  readonly control: TaskControl;
  readonly options: Pick<IntegrationOptions, "clock" | "ids" | "logger">;
}

/** Our choice: the service's own intervals are not known. */
const lookInterval: LookInterval = { firstMs: 2_000, mostMs: 60_000 };
/** Our choice. */
const backOff = 1.5;
/** Looks refused one after the other before the job is given up. Our choice: a job may be unknown for a moment at first. */
const refusedLooks = 5;
/** Our choice, for submissions that can be repeated and for cancelling: the first pause doubles. */
const attempts = 3;
const firstPauseMs = 1_000;
/** How long a submission may go on that nobody waits for any more. Our choice. */
const lastSubmissionMs = 30_000;

/** From submission to end: submitted, recorded, looked at until it ends, cancelled if its outcome no longer matters. */
export async function runJob(job: Job, parameters: JsonObject): Promise<TaskOutcome> {
  const { control, request, description } = job;
  const read = callOutcome(await submit(job, parameters), job.wording, request);
  if ("outcome" in read) return read.outcome;
  const key = jobKey(description, read.output, request.parameters.value);
  // One that nobody waits for any more is only there to be cancelled.
  if (!control.signal.aborted) await control.submitted(Payload.ofValue(read.output));
  return follow(job, key);
}

/** Takes up a job that was recorded as submitted: whatever happened since, it is not submitted again. */
export function resumeJob(job: Job, submission: Payload): Promise<TaskOutcome> {
  const { description, request } = job;
  return follow(job, jobKey(description, submission.value, request.parameters.value));
}

/** Where the service knows a repeated submission by its key, an answer that was lost is asked for again. */
async function submit(job: Job, parameters: JsonObject): Promise<ServiceAnswer> {
  const { call, control, description, options } = job;
  const { idempotencyKey: member } = description;
  const keyed =
    member === undefined || typeof ownMember(parameters, member) === "string"
      ? parameters
      : { ...parameters, [member]: options.ids.uuid() };
  const limit = submissionLimit(job);
  let pauseMs = firstPauseMs;
  for (let attempt = 1; ; attempt++) {
    const answer = await call(job.submission(keyed, limit.signal));
    const isLost = answer.type === "noAnswer" && member !== undefined;
    if (!isLost || attempt === attempts || control.signal.aborted) {
      limit.end();
      return answer;
    }
    await pause(options.clock, pauseMs, control.signal);
    pauseMs *= 2;
  }
}

/** Lets a submission that nobody waits for any more be answered, so that its job can be cancelled; not for ever. */
function submissionLimit({ control, options: { clock } }: Job): {
  readonly signal: AbortSignal;
  end(): void;
} {
  const limit = new AbortController();
  let cancelTimer = (): void => {};
  const abort = (): void => limit.abort();
  const aborted = (): void => {
    if (control.signal.reason instanceof ServerLeaves) abort();
    else cancelTimer = clock.schedule(clock.now() + lastSubmissionMs, abort);
  };
  control.signal.addEventListener("abort", aborted);
  return {
    signal: limit.signal,
    end() {
      control.signal.removeEventListener("abort", aborted);
      cancelTimer();
    },
  };
}

async function follow(job: Job, key: JsonObject): Promise<TaskOutcome> {
  const { signal } = job.control;
  const outcome = await watch(job, key);
  // A job that a leaving server waits for goes on: the next process takes it up.
  if (signal.aborted && !(signal.reason instanceof ServerLeaves)) await cancel(job, key);
  return outcome ?? { type: "pending" };
}

/** Looks at the job until it has ended; `undefined` if its outcome no longer matters. */
async function watch(job: Job, key: JsonObject): Promise<TaskOutcome | undefined> {
  const { description, control, options, looks, wording, request } = job;
  const { firstMs, mostMs } = description.lookEvery ?? lookInterval;
  let waitMs = firstMs;
  let refusals = 0;
  for (;;) {
    await pause(options.clock, jittered(waitMs, options), control.signal);
    if (control.signal.aborted) return undefined;
    const answer = await unlessAborted(looks.look(key), control.signal);
    if (answer === undefined) return undefined;
    waitMs = Math.min(waitMs * backOff, mostMs);
    if (answer.type === "answered") {
      refusals = 0;
      const outcome = ended(description, answer.output);
      if (outcome !== undefined) return outcome;
    } else if (!mayPass(answer) && ++refusals === refusedLooks) {
      const read = callOutcome(answer, wording, request);
      return "outcome" in read ? read.outcome : undefined;
    }
  }
}

/** *Documented*: a job that fails is `States.TaskFailed`, and what describes it is the cause. */
function ended(description: LookedAtJob, described: JsonObject): TaskOutcome | undefined {
  const status = description.status(described);
  if (status === "running") return undefined;
  const result = Payload.ofValue(description.result?.(described) ?? described);
  return status === "succeeded"
    ? { type: "succeeded", output: result }
    : { type: "failed", error: "States.TaskFailed", cause: result.text };
}

/** Jobs that were submitted together are not looked at together for ever. */
function jittered(ms: number, { ids }: Pick<IntegrationOptions, "ids">): number {
  return ms / 2 + (ms / 2) * (ids.seed() / 2 ** 32);
}

/** *Documented*: with best effort. What is in the way for longer is left to the log. */
async function cancel(job: Job, key: JsonObject): Promise<void> {
  const { call, options, request, description } = job;
  const { cancel: how } = description;
  if (how === undefined) return;
  const { signal } = new AbortController();
  let pauseMs = firstPauseMs;
  for (let attempt = 1; ; attempt++) {
    const parameters = how.parameters?.(key) ?? key;
    const { operation } = how;
    const answer = await call({ operation, parameters, style: optimizedStyle([]), signal });
    if (answer.type === "answered") return;
    if (attempt === attempts || !mayPass(answer)) {
      options.logger.warn("A job whose outcome no longer matters could not be cancelled", {
        resource: request.resource.arn,
        executionArn: request.executionArn,
        job: JSON.stringify(key),
        answer: answer.type === "refused" ? answer.refusal.message : answer.type,
      });
      return;
    }
    await pause(options.clock, pauseMs, signal);
    pauseMs *= 2;
  }
}
