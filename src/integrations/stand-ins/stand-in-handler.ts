import { resolve } from "node:path";
import { isJsonObject, ownMember } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { ServerLeaves } from "../../ports/task-handler.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { isJob } from "../described/described-action.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import type { LocalJob, LocalJobs } from "../local-jobs/local-jobs.ts";
import { callFolder } from "./call-folder.ts";
import { callFunction } from "./call-function.ts";
import { callHttp } from "./call-http.ts";
import { jobOutcome } from "../local-jobs/job-outcome.ts";
import { commandJob, commandOutcome } from "./command-job.ts";
import { containerEngine } from "./container-engine.ts";
import { containerJob } from "./container-job.ts";
import { containerOverrides } from "./container-overrides.ts";
import { containerResult, type ContainerRun } from "./container-result.ts";
import { standInFinder } from "./match-resource.ts";
import type { CommandStandIn, ContainerStandIn, StandIn } from "./stand-in.ts";
import { taskFailed } from "./stand-in-answer.ts";

export interface StandInServices {
  readonly lambda: Pick<LambdaService, "invoke" | "printed">;
  readonly jobs: LocalJobs;
  /** What serves the resource where nothing stands in for it: it checks parameters as AWS does. */
  readonly original: (resource: TaskRequest["resource"]) => TaskHandler;
}

/**
 * Calls what the configuration says stands in for a service. Parameters are checked as the service's own integration
 * checks them, so that a definition which runs here runs in AWS.
 */
export function standInHandler(
  options: IntegrationOptions,
  services: StandInServices,
): TaskHandler {
  const { standIns = {}, configurationFolder = process.cwd(), ids } = options;
  const find = standInFinder(standIns);
  const { jobs } = services;
  const { printed } = services.lambda;
  /** Ends what is waited for in the background when the server leaves. */
  const leaving = new AbortController();

  function standInOf(resource: TaskRequest["resource"]): StandIn {
    const found = find(resource);
    if (found === undefined) throw new Error(`nothing stands in for ${resource.arn}`);
    return found;
  }

  async function call(
    standIn: Exclude<StandIn, Program>,
    request: TaskRequest,
    control: TaskControl,
  ): Promise<TaskOutcome> {
    if ("function" in standIn) return callFunction(standIn, services.lambda, request, control);
    if ("http" in standIn) return callHttp(standIn, request, control);
    if ("folder" in standIn) {
      return callFolder(resolve(configurationFolder, standIn.folder), request, ids.uuid());
    }
    return { type: "succeeded", output: Payload.ofValue(standIn.result) };
  }

  function runCommand(
    standIn: CommandStandIn,
    id: string,
    request: TaskRequest,
    signal: AbortSignal,
  ): Promise<TaskOutcome> {
    const job = commandJob(standIn, request, id, configurationFolder);
    return ended(job, request, signal, (status) => commandOutcome(jobs, id, status, request));
  }

  async function runContainer(
    standIn: ContainerStandIn,
    id: string,
    request: TaskRequest,
    signal: AbortSignal,
  ): Promise<TaskOutcome> {
    const engine = containerEngine(options.containerEngine);
    if (engine === undefined) return taskFailed(noEngine(options.containerEngine));
    const overrides = containerOverrides(request);
    const job = containerJob(engine, standIn, overrides, request, id, configurationFolder);
    const run = { id, standIn, overrides, request } as const;
    if (isJob(request.resource)) {
      return ended(job, request, signal, (status) => containerOutcome(jobs, run, status));
    }
    // It goes on by itself: the task has what the service answers when it has taken the job.
    void ended(job, request, leaving.signal, () => ({ type: "pending" }));
    const output = Payload.ofValue(containerResult({ ...run, startedAt: options.clock.now() }));
    return { type: "succeeded", output };
  }

  function ended(
    job: LocalJob,
    request: TaskRequest,
    signal: AbortSignal,
    outcomeOf: (status: number) => TaskOutcome,
  ): Promise<TaskOutcome> {
    const outlives = isJob(request.resource) || signal === leaving.signal;
    return jobOutcome(jobs, job, signal, { outlives, printed, outcomeOf }, request);
  }

  const runJob = (
    standIn: Program,
    id: string,
    request: TaskRequest,
    signal: AbortSignal,
  ): Promise<TaskOutcome> =>
    "command" in standIn
      ? runCommand(standIn, id, request, signal)
      : runContainer(standIn, id, request, signal);

  return {
    handles: (resource) => find(resource) !== undefined,
    refuseParameters: (resource, parameters) =>
      services.original(resource).refuseParameters?.(resource, parameters),
    async run(request, control) {
      const standIn = standInOf(request.resource);
      if (isProgram(standIn)) {
        const id = jobs.idOf(ids.uuid());
        // Recorded before it begins: a server that dies in between finds that nothing has begun, and begins it.
        if (isJob(request.resource)) await control.submitted(Payload.ofValue({ JobId: id }));
        return runJob(standIn, id, request, control.signal);
      }
      const outcome = await call(standIn, request, control);
      if (isJob(request.resource) && outcome.type === "succeeded") {
        await control.submitted(outcome.output);
      }
      return outcome;
    },
    async resume(request, submission, control) {
      const standIn = standInOf(request.resource);
      const id = isJsonObject(submission.value) ? ownMember(submission.value, "JobId") : undefined;
      // A call that had its answer, which was recorded as what was submitted.
      if (!isProgram(standIn) || typeof id !== "string") {
        return { type: "succeeded", output: submission };
      }
      return runJob(standIn, id, request, control.signal);
    },
    close() {
      leaving.abort(new ServerLeaves());
      return Promise.resolve();
    },
  };
}

type Program = CommandStandIn | ContainerStandIn;

function isProgram(standIn: StandIn): standIn is Program {
  return "command" in standIn || "container" in standIn;
}

/** *Documented*: a container that ends with a status other than 0 fails the task, and what describes it is the cause. */
function containerOutcome(
  jobs: LocalJobs,
  run: Omit<ContainerRun, "startedAt" | "ended">,
  exitCode: number,
): TaskOutcome {
  const { startedAt = 0, endedAt = 0 } = jobs.times(run.id);
  const times = { startedAt: Math.round(startedAt), ended: { at: Math.round(endedAt), exitCode } };
  const result = Payload.ofValue(containerResult({ ...run, ...times }));
  return exitCode === 0 ? { type: "succeeded", output: result } : taskFailed(result.text);
}

function noEngine(configured: string | undefined): string {
  return configured === undefined
    ? "A container stands in for this resource, and neither podman nor docker is installed. Install one of them, or name its program under containerEngine of the configuration."
    : `A container stands in for this resource, and '${configured}', which containerEngine of the configuration names, is not installed.`;
}
