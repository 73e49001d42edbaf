import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { taskPrincipal } from "../../ports/caller.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import { taskRole } from "../aws/task-role.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { Job } from "../jobs/job.ts";
import { createJobLooks, type JobLooks } from "../jobs/job-looks.ts";
import { resumeJob, runJob } from "../jobs/run-job.ts";
import { callAction, performAction, type ServiceOf } from "./action-call.ts";
import {
  type DescribedAction,
  describedActions,
  isJob,
  isOffered,
  shownValues,
} from "./described-action.ts";
import type { ServiceDescription } from "./description.ts";
import { parameterProblems } from "./parameter-problems.ts";
import type { ServiceRequest } from "./service-call.ts";

/** Kinds of jobs (of one action, Region and role) whose looks are gathered. Our choice. */
const mostKinds = 1_000;

/** Performs what a description says: the one interpreter of all of them. */
export function describedHandler(
  description: ServiceDescription,
  serviceOf: ServiceOf,
  options: IntegrationOptions,
): TaskHandler {
  const { service, wording, refuseNulls } = description;
  const actions = describedActions(description);
  // One that is forgotten still answers who waits for it.
  const looks = new BoundedMap<string, JobLooks>(mostKinds);

  function actionOf(resource: TaskRequest["resource"]): DescribedAction {
    const action = resource.kind === "service" ? actions.get(resource.action) : undefined;
    if (action === undefined) throw new Error(`${service} has no ${resource.arn}`);
    return action;
  }

  const nulls = refuseNulls === undefined ? {} : { refuseNulls };

  function problemsOf(action: DescribedAction, value: JsonValue): readonly string[] {
    const problems = parameterProblems(action.parameters, value);
    return problems.length > 0 || !isJsonObject(value) ? problems : (action.refuse?.(value) ?? []);
  }

  /** Whether what the service answered is a failure for a task of this kind. */
  function failureOf(
    { failure }: DescribedAction,
    { resource }: TaskRequest,
    output: JsonObject,
  ): TaskOutcome | undefined {
    if (failure?.when(output) !== true || resource.kind !== "service") return undefined;
    if (failure.patterns?.includes(resource.pattern) === false) return undefined;
    return { type: "failed", error: failure.error, cause: JSON.stringify(output) };
  }

  /** The job that the task is; `undefined` if it is none, or one whose end comes as a message. */
  function jobOf(request: TaskRequest, control: TaskControl): Job | undefined {
    const action = actionOf(request.resource);
    const { name, job, client } = action;
    if (!isJob(request.resource) || job?.ends !== "by look") return undefined;
    const { region } = scopeOfArn(request.executionArn);
    const role = taskRole(request, options.aws);
    const call = serviceOf(client)(region, role);
    const style = optimizedStyle([], shownValues(wording));
    const key = `${name} in ${region}${role === undefined ? "" : ` as ${role.chain.join(" ")}`}`;
    const known = looks.get(key) ?? createJobLooks(job, call, style, options);
    looks.set(key, known);
    const acting = { action, wording, request, role, serviceOf, options };
    return {
      description: job,
      wording,
      call,
      style,
      submit: (parameters, signal) => callAction(acting, parameters, signal, nulls),
      failure: (output) => failureOf(action, request, output),
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
    const read = await performAction(
      { action, wording, request, role: taskRole(request, options.aws), serviceOf, options },
      parameters,
      control.signal,
      {
        ...nulls,
        principal: taskPrincipal(request),
        ...(parent === undefined ? {} : { parent }),
      },
    );
    if ("outcome" in read) return read.outcome;
    const failure = failureOf(action, request, read.output);
    if (failure !== undefined) return failure;
    const output = Payload.ofValue(read.output);
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
      const problems = problemsOf(actionOf(resource), parameters.value);
      return parametersRefusal(parameters, problems);
    },
    async run(request, control) {
      const action = actionOf(request.resource);
      const { value } = request.parameters;
      const problems = problemsOf(action, value);
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
