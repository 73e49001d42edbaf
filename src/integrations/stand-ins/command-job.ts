import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { resultTooLong } from "../aws/call-failures.ts";
import { isJob } from "../described/described-action.ts";
import { maxResponseBytes } from "../functions/invocation.ts";
import type { LocalJob, LocalJobs } from "../local-jobs/local-jobs.ts";
import { answerToken, requestDocument } from "./request-document.ts";
import { type CommandStandIn, usualTimeoutSeconds } from "./stand-in.ts";
import { failedWith, succeededWith } from "./stand-in-answer.ts";

/** Our choice: how much of its standard error goes into the cause of a command that failed. */
const causeCharacters = 4_096;

/** The command as a job of its own process group. A text is a line for the shell. */
export function commandJob(
  standIn: CommandStandIn,
  request: TaskRequest,
  id: string,
  workingFolder: string,
  more: {
    /** Instead of the request. */
    readonly input?: string;
    readonly arguments?: readonly string[];
  } = {},
): LocalJob {
  const { command, environment, timeoutSeconds } = standIn;
  const program = typeof command === "string" ? ["/bin/sh", "-c", command, "sh"] : command;
  const usual = usualTimeoutSeconds[isJob(request.resource) ? "job" : "call"];
  return {
    id,
    command: () => [...program, ...(more.arguments ?? [])],
    workingFolder,
    environment: { ...process.env, ...taskEnvironment(request), ...environment },
    input: more.input ?? requestDocument(request),
    timeLimitSeconds: timeoutSeconds ?? usual,
  };
}

/** What a program finds in its environment, for those that read no JSON. */
export function taskEnvironment(request: TaskRequest): { readonly [name: string]: string } {
  const token = answerToken(request);
  return {
    STEPWELL_RESOURCE: request.resource.arn,
    STEPWELL_EXECUTION_ARN: request.executionArn,
    STEPWELL_STATE_NAME: request.stateName,
    ...(token !== undefined && { STEPWELL_TASK_TOKEN: token }),
  };
}

/** What a command that ended by itself comes to: status 0 is success, and what it printed the result. */
export function commandOutcome(
  jobs: Pick<LocalJobs, "output" | "errorTail">,
  id: string,
  status: number,
  request: TaskRequest,
): TaskOutcome {
  const output = jobs.output(id, maxResponseBytes);
  if (output === undefined) return resultTooLong(request);
  if (status === 0) return succeededWith(output);
  const said = jobs.errorTail(id, causeCharacters).trim();
  return failedWith(output, `The command ended with status ${status}${said && `: ${said}`}`);
}
