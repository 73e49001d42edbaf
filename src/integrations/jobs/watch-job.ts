import type { JsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { TaskOutcome } from "../../ports/task-handler.ts";
import { callOutcome } from "../described/call-outcome.ts";
import type { ServiceAnswer } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { Job } from "./job.ts";
import type { JobStatus, LookedAtJob, LookInterval } from "./job-description.ts";
import { mayPass } from "./passing-trouble.ts";
import { pause, unlessAborted } from "./pause.ts";

/** Our choice: the service's own intervals are not known. */
const lookInterval: LookInterval = { firstMs: 2_000, mostMs: 60_000 };
/** Our choice. */
const backOff = 1.5;
/** Looks refused one after the other before the job is given up. Our choice: a job may be unknown for a moment at first. */
const refusedLooks = 5;

/** Looks at the job until it has ended; `undefined` if its outcome no longer matters. */
export async function watchJob(
  job: Job,
  key: JsonObject,
  submission: Payload,
): Promise<TaskOutcome | undefined> {
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
      const status = description.status(answer.output);
      refusals = status === "missing" ? refusals + 1 : 0;
      if (status === "running" || (status === "missing" && refusals < refusedLooks)) continue;
      return ended(status, description.result?.(answer.output, key) ?? answer.output);
    }
    if (isGone(answer, description)) return { type: "succeeded", output: submission };
    if (!mayPass(answer) && ++refusals === refusedLooks) {
      const read = callOutcome(answer, wording, request);
      return "outcome" in read ? read.outcome : undefined;
    }
  }
}

function isGone(answer: ServiceAnswer, { gone }: LookedAtJob): boolean {
  return gone !== undefined && answer.type === "refused" && answer.refusal.code === gone;
}

/** *Documented*: a job that fails is `States.TaskFailed`, and what describes it is the cause. */
function ended(status: JobStatus, described: JsonObject): TaskOutcome {
  const result = Payload.ofValue(described);
  return status === "succeeded"
    ? { type: "succeeded", output: result }
    : { type: "failed", error: "States.TaskFailed", cause: result.text };
}

/** Jobs that were submitted together are not looked at together for ever. */
function jittered(ms: number, { ids }: Pick<IntegrationOptions, "ids">): number {
  return ms / 2 + (ms / 2) * (ids.seed() / 2 ** 32);
}
