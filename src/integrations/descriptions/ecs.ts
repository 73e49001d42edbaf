import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { ecs as actions } from "../../asl/resources/integrations/ecs.ts";
import { isJob } from "../described/described-action.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { JobStatus } from "../jobs/job-description.ts";
import { memberAt } from "../jobs/member-at.ts";
import { oldWording } from "./old-wording.ts";

/**
 * `arn:aws:states:::ecs:runTask`, also with `.sync` and `.waitForTaskToken`, for ECS and Fargate.
 *
 * *Observed*: the headers; lists that ECS does not send are shown as empty ones; the result of `.sync` is the task alone, and it is
 * started by "AWS Step Functions". *Documented*: an answer with `Failures` is an answer, but fails `.sync` and the token
 * pattern; that the answer is the cause is our choice.
 */
export const ecs: ServiceDescription<keyof typeof actions> = {
  service: "ecs",
  calls: { client: "ecs" },
  wording: {
    ...oldWording("ECS", "AmazonECS", "json"),
    headers: ["x-amzn-RequestId", "Content-Length", "Date", "Content-Type"],
    showsAbsentLists: true,
  },
  actions: {
    runTask: {
      permission: {
        action: "ecs:RunTask",
        resource: {
          parameters: ["TaskDefinition"],
          as: "name",
          arn: "arn:{partition}:ecs:{region}:{account}:task-definition/{name}",
        },
      },
      complete: (parameters, { resource }) =>
        isJob(resource) ? { ...parameters, StartedBy: "AWS Step Functions" } : parameters,
      failure: {
        when: (answer) => listAt(answer, "Failures").length > 0,
        error: "AmazonECS.Unknown",
        patterns: ["sync", "waitForTaskToken"],
      },
      job: {
        ends: "by look",
        idempotencyKey: "ClientToken",
        key: { Cluster: "submission.Tasks.0.ClusterArn", Task: "submission.Tasks.0.TaskArn" },
        look: {
          operation: "describeTasks",
          permission: "ecs:DescribeTasks",
          parameters: ({ Cluster = null, Task = null }) => ({ Cluster, Tasks: [Task] }),
        },
        lookAtMany: {
          operation: "describeTasks",
          permission: "ecs:DescribeTasks",
          // Documented: DescribeTasks, of one cluster.
          most: 100,
          group: ({ Cluster = null }) => JSON.stringify(Cluster),
          parameters: (keys) => ({
            Cluster: keys[0]?.["Cluster"] ?? null,
            Tasks: keys.map(({ Task = null }) => Task),
          }),
          described: (answer, { Task }) => {
            const found = listAt(answer, "Tasks").find(
              (one) => isJsonObject(one) && ownMember(one, "TaskArn") === Task,
            );
            return found === undefined ? undefined : { Failures: [], Tasks: [found] };
          },
        },
        status: (described) => {
          const task = taskOf(described);
          return task === undefined ? "missing" : statusOf(task);
        },
        result: (described) => taskOf(described) ?? described,
        cancel: {
          operation: "stopTask",
          permission: "ecs:StopTask",
          parameters: ({ Cluster = null, Task = null }) => ({
            Cluster,
            Task,
            Reason: "Aborted by Step Functions",
          }),
        },
      },
    },
  },
};

function listAt(object: JsonObject, name: string): readonly JsonValue[] {
  const found = ownMember(object, name);
  return isJsonArray(found) ? found : [];
}

function taskOf(described: JsonObject): JsonObject | undefined {
  const task = memberAt(described, "Tasks.0");
  return task !== undefined && isJsonObject(task) ? task : undefined;
}

/**
 * A task has failed that did not start, or of which a container ended with another code than 0. Which containers are essential is
 * not in what describes a task.
 */
function statusOf(task: JsonObject): JobStatus {
  if (ownMember(task, "LastStatus") !== "STOPPED") return "running";
  if (ownMember(task, "StopCode") === "TaskFailedToStart") return "failed";
  const codes = listAt(task, "Containers").flatMap((container) => {
    const code = isJsonObject(container) ? ownMember(container, "ExitCode") : undefined;
    return code === undefined || code === null ? [] : [code];
  });
  return codes.every((code) => code === 0) ? "succeeded" : "failed";
}
