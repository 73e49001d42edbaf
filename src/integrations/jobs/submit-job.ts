import { type JsonObject, ownMember } from "../../expression/json.ts";
import { ServerLeaves } from "../../ports/task-handler.ts";
import type { ServiceAnswer } from "../described/service-call.ts";
import { firstPauseMs, type Job, mostAttempts } from "./job.ts";
import { pause } from "./pause.ts";

/** How long a submission may go on that nobody waits for any more. Our choice. */
const lastSubmissionMs = 30_000;

/** Where the service knows a repeated submission by its key, an answer that was lost is asked for again. */
export async function submitJob(job: Job, parameters: JsonObject): Promise<ServiceAnswer> {
  const { control, description, options } = job;
  const { idempotencyKey: member } = description;
  const keyed =
    member === undefined || typeof ownMember(parameters, member) === "string"
      ? parameters
      : { ...parameters, [member]: options.ids.uuid() };
  const limit = submissionLimit(job);
  let pauseMs = firstPauseMs;
  for (let attempt = 1; ; attempt++) {
    const answer = await job.submit(keyed, limit.signal);
    const isLost = answer.type === "noAnswer" && member !== undefined;
    if (!isLost || attempt === mostAttempts || control.signal.aborted) {
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
