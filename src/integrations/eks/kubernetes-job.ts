import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { Payload } from "../../expression/payload.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import { parameterProblems } from "../described/parameter-problems.ts";
import type { ServiceAnswer, ServiceCall } from "../described/service-call.ts";
import type { HttpOutcome } from "../http/http-client.ts";
import { bodyValue, isSuccess, readBody } from "../http/http-result.ts";
import { serviceResult } from "../http/service-result.ts";
import { textLists } from "../http/text-lists.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { Job } from "../jobs/job.ts";
import type { JobStatus, LookedAtJob } from "../jobs/job-description.ts";
import { createJobLooks } from "../jobs/job-looks.ts";
import { memberAt } from "../jobs/member-at.ts";
import { resumeJob, runJob } from "../jobs/run-job.ts";
import type { Clusters, KubernetesApi } from "./clusters.ts";
import { textOf } from "./kubernetes-call.ts";
import { type LogOptions, podLogs } from "./pod-logs.ts";

type Options = Pick<IntegrationOptions, "clock" | "ids" | "logger">;

const style = optimizedStyle([]);

/** The life of a job of Kubernetes. Its uid tells it from a later one of its name. */
const description: LookedAtJob = {
  ends: "by look",
  key: {
    name: "submission.ResponseBody.metadata.name",
    namespace: "submission.ResponseBody.metadata.namespace",
    uid: "submission.ResponseBody.metadata.uid",
  },
  look: { operation: "readJob", permission: "eks:call" },
  status: statusOf,
  cancel: { operation: "deleteJob", permission: "eks:call" },
};

/** `arn:aws:states:::eks:runJob`, also with `.sync` and `.waitForTaskToken`: runs a job of Kubernetes. */
export function kubernetesJob(clusters: Clusters, options: Options): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "eks" &&
      resource.action === "runJob",
    refuseParameters: (_, parameters) => parametersRefusal(parameters, problemsOf(parameters)),
    async run(request, control) {
      const { parameters } = request;
      const problems = problemsOf(parameters);
      if (problems.length > 0 || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, problems);
      }
      const api = await clusters.find(request, parameters.value);
      if ("type" in api) return api;
      if (request.resource.kind === "service" && request.resource.pattern === "sync") {
        const task = { clusters, parameters: parameters.value, request, control, options };
        return runToItsEnd(api, task);
      }
      const created = await create(api, parameters.value, control.signal);
      return serviceResult(created, "EKS", request, api.mask);
    },
    async resume(request, submission, control) {
      const { value } = request.parameters;
      if (!isJsonObject(value)) return { type: "pending" };
      const task = { clusters, parameters: value, request, control, options };
      return resumeJob(jobOf(task), submission);
    },
  };
}

interface Task {
  readonly clusters: Clusters;
  readonly parameters: JsonObject;
  readonly request: TaskRequest;
  readonly control: TaskControl;
  readonly options: Options;
}

async function runToItsEnd(api: KubernetesApi, task: Task): Promise<TaskOutcome> {
  const { parameters } = task;
  // A submission that is refused has the name and the cause of any call's refusal.
  let refusal: TaskOutcome | undefined;
  const submit = async (_: JsonObject, signal: AbortSignal): Promise<ServiceAnswer> => {
    const created = await create(api, parameters, signal);
    const outcome = serviceResult(created, "EKS", task.request, api.mask);
    if (outcome.type === "succeeded" && created.type === "answered") {
      return answered(outcome.output.value as JsonObject, created.statusCode);
    }
    refusal = outcome;
    return { type: "noAnswer", message: "", errorPrefix };
  };
  const outcome = await runJob({ ...jobOf(task), submit }, parameters);
  return refusal ?? outcome;
}

const errorPrefix = "EKS";

function jobOf(task: Task): Job {
  const { request, control, options } = task;
  const call = jobCalls(task);
  return {
    description,
    wording: { sdk: 2, errorPrefix },
    call,
    style,
    submit: () => Promise.reject(new Error("a job that is taken up is not submitted")),
    failure: () => undefined,
    looks: createJobLooks(description, call, style, options),
    request,
    control,
    options,
  };
}

function create(
  api: KubernetesApi,
  parameters: JsonObject,
  signal: AbortSignal,
): Promise<HttpOutcome> {
  const { Namespace, Job: job } = parameters;
  const namespace = typeof Namespace === "string" ? Namespace : "default";
  return api.send({
    method: "POST",
    path: `${jobsOf(namespace)}`,
    body: textOf(job as JsonValue),
    signal,
  });
}

function jobsOf(namespace: string): string {
  return `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/jobs`;
}

/** The calls about a job that was submitted. The cluster is found anew for each: what it is called with does not last. */
function jobCalls({ clusters, request, parameters }: Task): ServiceCall {
  const logs = logOptions(parameters);
  return async ({ operation, parameters: key, signal }) => {
    const api = await clusters.find(request, parameters);
    if ("type" in api) return { type: "noAnswer", message: "no cluster to ask", errorPrefix };
    const [name, namespace] = [key["name"] as string, key["namespace"] as string];
    const { uid = null } = key;
    const path = `${jobsOf(namespace)}/${encodeURIComponent(name)}`;
    if (operation === "deleteJob") {
      const preconditions = uid === null ? {} : { preconditions: { uid } };
      const body = JSON.stringify({
        kind: "DeleteOptions",
        apiVersion: "v1",
        propagationPolicy: "Background",
        ...preconditions,
      });
      const deleted = await api.send({ method: "DELETE", path, body, signal });
      // One that is gone, or another by now, needs no end.
      if (deleted.type === "answered" && [404, 409].includes(deleted.statusCode)) {
        return answered({}, deleted.statusCode);
      }
      return answerOf(deleted);
    }
    const answer = answerOf(await api.send({ method: "GET", path, signal }));
    if (answer.type !== "answered") return answer;
    const { output } = answer;
    const found = memberAt(output, "metadata.uid");
    if (uid !== null && found !== undefined && found !== uid) {
      return answered(
        {
          kind: "Status",
          status: "Failure",
          code: 404,
          message: `the job "${name}" is gone, and another has its name`,
        },
        404,
      );
    }
    if (logs === undefined || !["succeeded", "failed"].includes(statusOf(output))) return answer;
    const retrieved = await podLogs(api, { namespace, name }, logs, signal);
    return { ...answer, output: { ...output, logs: retrieved } };
  };
}

/** What Kubernetes says of a job; that there is none is an answer, too. */
function answerOf(outcome: HttpOutcome): ServiceAnswer {
  if (outcome.type !== "answered") {
    return outcome.type === "tooLong"
      ? { type: "tooLong", errorPrefix }
      : { type: "noAnswer", message: "the cluster did not answer", errorPrefix };
  }
  const { statusCode } = outcome;
  const read = readBody(outcome);
  const body = read === "unsupported" ? "" : bodyValue(read);
  if (isJsonObject(body) && (isSuccess(outcome) || statusCode === 404))
    return answered(body, statusCode);
  return {
    type: "refused",
    refusal: {
      message: read === "unsupported" ? "" : read.text,
      code: String(statusCode),
      exception: undefined,
      // Whoever is not known is like one who is not allowed: a job is not given up for that.
      statusCode: statusCode === 401 ? 403 : statusCode,
      requestId: "",
    },
    errorPrefix,
  };
}

function answered(output: JsonObject, statusCode: number): ServiceAnswer {
  return { type: "answered", output, requestId: "", statusCode, headers: {}, errorPrefix };
}

/** *Documented*: Kubernetes, a job has ended when its condition Complete or Failed is true. */
function statusOf(job: JsonObject): JobStatus {
  if (ownMember(job, "kind") === "Status") return "missing";
  const conditions = memberAt(job, "status.conditions");
  if (!isJsonArray(conditions)) return "running";
  const isTrue = (type: string): boolean =>
    conditions.some((one) => memberAt(one, "type") === type && memberAt(one, "status") === "True");
  if (isTrue("Complete")) return "succeeded";
  return isTrue("Failed") ? "failed" : "running";
}

function logOptions({ LogOptions: options }: JsonObject): LogOptions | undefined {
  if (!isJsonObject(options) || !isYes(options["RetrieveLogs"])) return undefined;
  return {
    isRaw: isYes(options["RawLogs"]),
    parameters: textLists(options["LogParameters"]) ?? [],
  };
}

function isYes(value: JsonValue | undefined): boolean {
  return value === true || value === "true";
}

function problemsOf({ value }: Payload): readonly string[] {
  const table = integrationAction("eks", "runJob")?.parameters ?? {};
  const problems = parameterProblems(table, value);
  if (problems.length > 0) return problems;
  if (!isJsonObject(value)) return ["The parameters must be an object"];
  const { Job: job, LogOptions: options } = value;
  const invalid: string[] = [];
  if (!isJsonObject(typeof job === "string" ? parsed(job) : job)) invalid.push(invalidField("Job"));
  const lists = isJsonObject(options) ? textLists(options["LogParameters"]) : [];
  if (lists === undefined) invalid.push(invalidField("LogParameters"));
  return invalid;
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
