import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import type { IntegrationAction } from "../../asl/resources/integration-action.ts";
import { Payload } from "../../expression/payload.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { Job } from "../jobs/job.ts";
import { createJobLooks, type JobLooks } from "../jobs/job-looks.ts";
import { resumeJob, runJob } from "../jobs/run-job.ts";
import { callOutcome } from "./call-outcome.ts";
import type { ActionDescription, ServiceDescription } from "./description.ts";
import { parameterProblems } from "./parameter-problems.ts";
import type { ServiceCall, ServiceRequest } from "./service-call.ts";

type ServiceResource = Extract<TaskRequest["resource"], { kind: "service" }>;

/** What is known of one action: what a definition may say of it, and how it is performed. */
interface Action {
  readonly name: string;
  readonly language: IntegrationAction;
  readonly described: ActionDescription;
}

/** Performs what a description says: the one interpreter of all of them. */
export function describedHandler(
  description: ServiceDescription,
  call: ServiceCall,
  options: IntegrationOptions,
): TaskHandler {
  const looks = new Map<string, JobLooks>();

  async function run(
    action: Action,
    request: TaskRequest,
    control: TaskControl,
  ): Promise<TaskOutcome> {
    const { value } = request.parameters;
    const problems = problemsOf(action, value);
    if (problems.length > 0 || !isJsonObject(value)) {
      return invalidParameters(request.parameters, problems);
    }
    const parameters = action.described.complete?.(value, request) ?? value;
    const job = jobOf(action, request, control);
    if (job !== undefined) return runJob(job, parameters);
    const parent = parentOf(request);
    const read = callOutcome(
      await call({
        ...requestOf(action, parameters, control.signal),
        ...(parent === undefined ? {} : { parent }),
      }),
      description.wording,
      request,
    );
    if ("outcome" in read) return read.outcome;
    const output = Payload.ofValue(read.output);
    const { failure } = action.described;
    if (failure?.when(read.output) === true) {
      return { type: "failed", error: failure.error, cause: output.text };
    }
    if (parent === undefined) return { type: "succeeded", output };
    await control.submitted(output);
    return { type: "pending" };
  }

  function requestOf(action: Action, parameters: JsonObject, signal: AbortSignal): ServiceRequest {
    const { refuseNulls } = description;
    return {
      operation: action.name,
      parameters,
      style: optimizedStyle(documentsOf(action)),
      signal,
      ...(refuseNulls === undefined ? {} : { refuseNulls }),
    };
  }

  /** The job that the task is; `undefined` if it is none, or one whose end comes as a message. */
  function jobOf(action: Action, request: TaskRequest, control: TaskControl): Job | undefined {
    const { job } = action.described;
    if (!isSync(request.resource) || job?.ends !== "by look") return undefined;
    const known = looks.get(action.name) ?? createJobLooks(job, call, options);
    looks.set(action.name, known);
    return {
      description: job,
      wording: description.wording,
      call,
      submission: (parameters, signal) => requestOf(action, parameters, signal),
      looks: known,
      request,
      control,
      options,
    };
  }

  return {
    handles: (resource) => {
      const action = actionOf(description, resource);
      if (action === undefined) return false;
      const { pattern } = resource as ServiceResource;
      if (!action.language.patterns.includes(pattern)) return false;
      return action.described.job !== undefined || !isSync(resource);
    },
    refuseParameters: (resource, parameters) =>
      parametersRefusal(
        parameters,
        problemsOf(requireAction(description, resource), parameters.value),
      ),
    run: (request, control) => run(requireAction(description, request.resource), request, control),
    resume(request, submission, control) {
      const job = jobOf(requireAction(description, request.resource), request, control);
      if (job === undefined) return Promise.resolve({ type: "pending" });
      return resumeJob(job, submission);
    },
  };
}

function actionOf(
  description: ServiceDescription,
  resource: TaskRequest["resource"],
): Action | undefined {
  if (resource.kind !== "service" || resource.resourceType !== description.service)
    return undefined;
  const { action: name } = resource;
  const language = integrationAction(description.service, name);
  const described = Object.hasOwn(description.actions, name)
    ? description.actions[name]
    : undefined;
  if (language === undefined || described === undefined) return undefined;
  return { name, language, described };
}

function requireAction(description: ServiceDescription, resource: TaskRequest["resource"]): Action {
  const action = actionOf(description, resource);
  if (action === undefined) throw new Error(`${resource.arn} is another's`);
  return action;
}

function problemsOf({ language }: Action, parameters: Payload["value"]): string[] {
  return parameterProblems(language.parameters ?? {}, parameters);
}

function documentsOf({ language, described }: Action): string[] {
  const parameters = Object.entries(language.parameters ?? {}).flatMap(([name, kind]) =>
    kind.startsWith("json") ? [name] : [],
  );
  return [...parameters, ...(described.documents ?? [])];
}

function isSync(resource: TaskRequest["resource"]): boolean {
  return resource.kind === "service" && resource.pattern.startsWith("sync");
}

/** Whom a job's service tells its end, if it does. */
function parentOf({ resource, executionArn, taskId }: TaskRequest): ServiceRequest["parent"] {
  if (resource.kind !== "service") return undefined;
  const { pattern } = resource;
  return pattern === "sync" || pattern === "sync:2" ? { executionArn, taskId, pattern } : undefined;
}
