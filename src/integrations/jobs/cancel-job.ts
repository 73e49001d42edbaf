import type { JsonObject } from "../../expression/json.ts";
import { firstPauseMs, type Job, mostAttempts } from "./job.ts";
import { mayPass } from "./passing-trouble.ts";
import { pause } from "./pause.ts";

/** *Documented*: with best effort. What is in the way for longer is left to the log. */
export async function cancelJob(job: Job, key: JsonObject): Promise<void> {
  const { call, style, options, request, description } = job;
  const { cancel: how } = description;
  if (how === undefined) return;
  const { signal } = new AbortController();
  let pauseMs = firstPauseMs;
  for (let attempt = 1; ; attempt++) {
    const parameters = how.parameters?.(key) ?? key;
    const { operation } = how;
    const answer = await call({ operation, parameters, style, signal });
    if (answer.type === "answered") return;
    if (attempt === mostAttempts || !mayPass(answer)) {
      options.logger.warn("A job whose outcome no longer matters could not be cancelled", {
        resource: request.resource.arn,
        executionArn: request.executionArn,
        traceHeader: request.traceHeader,
        job: JSON.stringify(key),
        answer: answer.type === "refused" ? answer.refusal.message : answer.type,
      });
      return;
    }
    await pause(options.clock, pauseMs, signal);
    pauseMs *= 2;
  }
}
