import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { taskPrincipal } from "../../ports/caller.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { Job } from "../jobs/job.ts";
import { createJobLooks, type JobLooks } from "../jobs/job-looks.ts";
import { resumeJob, runJob } from "../jobs/run-job.ts";
import { callOutcome } from "./call-outcome.ts";
import { type DescribedAction, describedActions, isJob, isOffered } from "./described-action.ts";
import type { ServiceDescription } from "./description.ts";
import { parameterProblems } from "./parameter-problems.ts";
import type { Service, ServiceRequest } from "./service-call.ts";

/** Performs what a description says: the one interpreter of all of them. */
export function describedHandler(
  description: ServiceDescription,
  serviceIn: Service,
  options: IntegrationOptions,
): TaskHandler {
  const { service, wording, refuseNulls } = description;
  const actions = describedActions(description);
  const looks = new Map<string, JobLooks>();

  function actionOf(resource: TaskRequest["resource"]): DescribedAction {
    const action = resource.kind === "service" ? actions.get(resource.action) : undefined;
    if (action === undefined) throw new Error(`${service} has no ${resource.arn}`);
    return action;
  }

  function requestOf(
    { name, style }: DescribedAction,
    parameters: JsonObject,
    signal: AbortSignal,
  ): ServiceRequest {
    const request = { operation: name, parameters, style, signal };
    return refuseNulls === undefined ? request : { ...request, refuseNulls };
  }

  /** The job that the task is; `undefined` if it is none, or one whose end comes as a message. */
  function jobOf(request: TaskRequest, control: TaskControl): Job | undefined {
    const action = actionOf(request.resource);
    const { name, job } = action;
    if (!isJob(request.resource) || job?.ends !== "by look") return undefined;
    const { region } = scopeOfArn(request.executionArn);
    const call = serviceIn(region);
    const key = `${name} in ${region}`;
    const known = looks.get(key) ?? createJobLooks(job, call, options);
    looks.set(key, known);
    return {
      description: job,
      wording,
      call,
      submission: (parameters, signal) => requestOf(action, parameters, signal),
      looks: known,
      request,
      control,
      options,
    };
  }

  async function callOnce(
    action: DescribedAction,
    parameters: JsonObject,
    request: TaskRequest,
    control: TaskControl,
  ): Promise<TaskOutcome> {
    const parent = parentOf(request);
    const call = serviceIn(scopeOfArn(request.executionArn).region);
    const read = callOutcome(
      await call({
        ...requestOf(action, parameters, control.signal),
        principal: taskPrincipal(request),
        ...(parent === undefined ? {} : { parent }),
      }),
      wording,
      request,
    );
    if ("outcome" in read) return read.outcome;
    const output = Payload.ofValue(read.output);
    if (action.failure?.when(read.output) === true) {
      return { type: "failed", error: action.failure.error, cause: output.text };
    }
    if (parent === undefined) return { type: "succeeded", output };
    await control.submitted(output);
    return { type: "pending" };
  }

  return {
    handles: (resource) => {
      if (resource.kind !== "service" || resource.resourceType !== service) return false;
      const action = actions.get(resource.action);
      return action !== undefined && isOffered(action, resource);
    },
    refuseParameters(resource, parameters) {
      const problems = parameterProblems(actionOf(resource).parameters, parameters.value);
      return parametersRefusal(parameters, problems);
    },
    async run(request, control) {
      const action = actionOf(request.resource);
      const { value } = request.parameters;
      const problems = parameterProblems(action.parameters, value);
      if (problems.length > 0 || !isJsonObject(value)) {
        return invalidParameters(request.parameters, problems);
      }
      const parameters = action.complete?.(value, request) ?? value;
      const job = jobOf(request, control);
      return job === undefined
        ? callOnce(action, parameters, request, control)
        : runJob(job, parameters);
    },
    async resume(request, submission, control) {
      const job = jobOf(request, control);
      return job === undefined ? { type: "pending" } : resumeJob(job, submission);
    },
  };
}

/** Whom the service tells the end of what is submitted, if the task waits for that. */
function parentOf({ resource, executionArn, taskId }: TaskRequest): ServiceRequest["parent"] {
  if (resource.kind !== "service") return undefined;
  const { pattern } = resource;
  return pattern === "sync" || pattern === "sync:2" ? { executionArn, taskId, pattern } : undefined;
}
