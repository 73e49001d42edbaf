import type { JsonObject } from "../../expression/json.ts";
import type { TaskControl, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { ValueStyle } from "../aws/member-names.ts";
import type { Wording } from "../described/description.ts";
import type { ServiceAnswer, ServiceCall } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { LookedAtJob } from "./job-description.ts";
import type { JobLooks } from "./job-looks.ts";

/** One task whose job has to be looked at. */
export interface Job {
  readonly description: LookedAtJob;
  readonly wording: Wording;
  readonly call: ServiceCall;
  /** How its members and values are spelled. */
  readonly style: ValueStyle;
  readonly submit: (parameters: JsonObject, signal: AbortSignal) => Promise<ServiceAnswer>;
  /** How the task ends whose submission was answered so that there is no job. */
  readonly failure: (output: JsonObject) => TaskOutcome | undefined;
  readonly looks: JobLooks;
  readonly request: TaskRequest;
  readonly control: TaskControl;
  readonly options: Pick<IntegrationOptions, "clock" | "ids" | "logger">;
}

/** How often a call is made that may be repeated (a submission with a key, a cancel). Our choice. */
export const mostAttempts = 3;
/** The pause before the second; each is twice as long as the one before. Our choice. */
export const firstPauseMs = 1_000;
