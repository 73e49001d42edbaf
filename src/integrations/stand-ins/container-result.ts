import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import { bareId } from "../local-jobs/local-jobs.ts";
import type { ContainerStandIn } from "./stand-in.ts";
import type { ContainerOverrides } from "./container-overrides.ts";

/** How a container went. */
export interface ContainerRun {
  readonly id: string;
  readonly standIn: ContainerStandIn;
  readonly overrides: ContainerOverrides;
  readonly request: TaskRequest;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Absent while it runs. */
  readonly ended?: { readonly at: number; readonly exitCode: number };
}

/**
 * A container's run as the service describes it that the task names, so that the states that come after find what they
 * look for. *Documented*: DescribeTasks of ECS, DescribeJobs of Batch; members that only AWS's machines have are left out.
 */
export function containerResult(container: ContainerRun): JsonObject {
  const run = { ...container, id: bareId(container.id) };
  const { resource } = run.request;
  switch (resource.kind === "service" ? resource.resourceType : "") {
    case "ecs":
      return run.ended === undefined ? { Tasks: [ecsTask(run)], Failures: [] } : ecsTask(run);
    case "batch":
      return batchJob(run);
    default:
      return {
        JobId: run.id,
        StartedAt: run.startedAt,
        ...(run.ended !== undefined && { StoppedAt: run.ended.at, ExitCode: run.ended.exitCode }),
      };
  }
}

function ecsTask({ id, standIn, request, startedAt, ended }: ContainerRun): JsonObject {
  const { partition, region, accountId } = scopeOfArn(request.executionArn);
  const prefix = `arn:${partition}:ecs:${region}:${accountId}`;
  const cluster = lastPart(parameter(request, "Cluster") ?? "default");
  const family = lastPart(parameter(request, "TaskDefinition") ?? "task");
  const arn = `${prefix}:task/${cluster}/${id.replaceAll("-", "")}`;
  const status = ended === undefined ? "RUNNING" : "STOPPED";
  return {
    ClusterArn: `${prefix}:cluster/${cluster}`,
    Containers: [
      {
        ContainerArn: `${prefix}:container/${cluster}/${id}`,
        ...(ended !== undefined && { ExitCode: ended.exitCode }),
        Image: standIn.container,
        LastStatus: status,
        Name: containerName(request) ?? family.replace(/:\d+$/, ""),
        TaskArn: arn,
      },
    ],
    CreatedAt: startedAt,
    DesiredStatus: status,
    LastStatus: status,
    LaunchType: parameter(request, "LaunchType") ?? "EXTERNAL",
    Overrides: member(request, "Overrides") ?? {},
    StartedAt: startedAt,
    ...(ended !== undefined && {
      StopCode: "EssentialContainerExited",
      StoppedAt: ended.at,
      StoppedReason: "Essential container in task exited",
    }),
    TaskArn: arn,
    TaskDefinitionArn: `${prefix}:task-definition/${family.includes(":") ? family : `${family}:1`}`,
  };
}

function batchJob({ id, standIn, overrides, request, startedAt, ended }: ContainerRun): JsonObject {
  const { partition, region, accountId } = scopeOfArn(request.executionArn);
  const named = {
    JobArn: `arn:${partition}:batch:${region}:${accountId}:job/${id}`,
    JobId: id,
    JobName: parameter(request, "JobName") ?? "",
  };
  if (ended === undefined) return named;
  return {
    ...named,
    Attempts: [],
    Container: {
      Command: [...overrides.command],
      Environment: Object.entries(overrides.environment).map(([Name, Value]) => ({ Name, Value })),
      ExitCode: ended.exitCode,
      Image: standIn.container,
    },
    CreatedAt: startedAt,
    JobDefinition: parameter(request, "JobDefinition") ?? "",
    JobQueue: parameter(request, "JobQueue") ?? "",
    StartedAt: startedAt,
    Status: ended.exitCode === 0 ? "SUCCEEDED" : "FAILED",
    StoppedAt: ended.at,
  };
}

function member({ parameters }: TaskRequest, name: string): JsonValue | undefined {
  return isJsonObject(parameters.value) ? ownMember(parameters.value, name) : undefined;
}

function parameter(request: TaskRequest, name: string): string | undefined {
  const value = member(request, name);
  return typeof value === "string" ? value : undefined;
}

function containerName(request: TaskRequest): string | undefined {
  const overrides = member(request, "Overrides");
  if (!isJsonObject(overrides)) return undefined;
  const [first] = (ownMember(overrides, "ContainerOverrides") ?? []) as readonly JsonValue[];
  const name = isJsonObject(first) ? ownMember(first, "Name") : undefined;
  return typeof name === "string" ? name : undefined;
}

/** The name in an ARN, or the name itself. */
function lastPart(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
