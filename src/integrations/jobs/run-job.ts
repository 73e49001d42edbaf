import type { JsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { ServerLeaves, type TaskOutcome } from "../../ports/task-handler.ts";
import { callOutcome } from "../described/call-outcome.ts";
import { cancelJob } from "./cancel-job.ts";
import type { Job } from "./job.ts";
import { jobKey } from "./job-key.ts";
import { submitJob } from "./submit-job.ts";
import { watchJob } from "./watch-job.ts";

/** From submission to end: submitted, recorded, looked at until it ends, cancelled if its outcome no longer matters. */
export async function runJob(job: Job, parameters: JsonObject): Promise<TaskOutcome> {
  const { control, request, description } = job;
  const read = callOutcome(await submitJob(job, parameters), job.wording, request);
  if ("outcome" in read) return read.outcome;
  const failure = job.failure(read.output);
  if (failure !== undefined) return failure;
  const key = jobKey(description, read.output, request.parameters.value);
  // One that nobody waits for any more is only there to be cancelled.
  const submission = Payload.ofValue(read.output);
  if (!control.signal.aborted) await control.submitted(submission);
  return follow(job, key, submission);
}

/** Takes up a job that was recorded as submitted: whatever happened since, it is not submitted again. */
export function resumeJob(job: Job, submission: Payload): Promise<TaskOutcome> {
  const { description, request } = job;
  const key = jobKey(description, submission.value, request.parameters.value);
  return follow(job, key, submission);
}

async function follow(job: Job, key: JsonObject, submission: Payload): Promise<TaskOutcome> {
  const { signal } = job.control;
  const outcome = await watchJob(job, key, submission);
  if (outcome !== undefined) return outcome;
  // A job that a leaving server waits for goes on: the next process takes it up.
  if (!(signal.reason instanceof ServerLeaves)) await cancelJob(job, key);
  return { type: "pending" };
}
