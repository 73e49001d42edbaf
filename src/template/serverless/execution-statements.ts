import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

/**
 * What a state machine's role may do, as far as its Task states say: serverless-step-functions makes a role of them.
 *
 * Functions and machines are named by their ARNs where the definition has them; other services' actions are for every resource,
 * since which one is called is often data.
 */
export function executionStatements(definition: JsonObject): readonly JsonObject[] {
  const statements = new Map<string, JsonObject>();
  for (const task of tasksOf(definition)) {
    for (const statement of statementsOf(task))
      statements.set(JSON.stringify(statement), statement);
  }
  return [...statements.values()];
}

interface Task {
  readonly resource: JsonValue;
  readonly parameters: JsonObject;
}

function tasksOf(value: JsonValue): readonly Task[] {
  if (isJsonArray(value)) return value.flatMap(tasksOf);
  if (!isJsonObject(value)) return [];
  const own = ownMember(value, "Type") === "Task" ? [taskOf(value)] : [];
  return [...own, ...Object.values(value).flatMap(tasksOf)];
}

function taskOf(state: JsonObject): Task {
  const written = ownMember(state, "Parameters") ?? ownMember(state, "Arguments") ?? {};
  return {
    resource: ownMember(state, "Resource") ?? "",
    parameters: isJsonObject(written) ? written : {},
  };
}

function statementsOf({ resource, parameters }: Task): readonly JsonObject[] {
  const [, , service, , , ...rest] = typeof resource === "string" ? resource.split(":") : [];
  if (service !== "states" || typeof resource !== "string") {
    return service === "activity" ? [] : [invoke(resource)];
  }
  const [kind = "", action = ""] = rest;
  if (kind === "activity") return [];
  if (kind === "lambda") return [invoke(ownMember(parameters, "FunctionName") ?? "*")];
  if (kind === "states") return startStatements(parameters);
  if (kind === "aws-sdk") return [allow([sdkAction(rest)], "*")];
  return [allow(optimizedActions(kind, action.replace(/\..*$/, "")), "*")];
}

/** The function itself, and its versions and aliases. One that the state's input or an expression names may be any. */
function invoke(name: JsonValue): JsonObject {
  if (typeof name === "string" && (name === "*" || name.startsWith("{%"))) {
    return allow(["lambda:InvokeFunction"], "*");
  }
  const isName = typeof name === "string" && !name.includes(":");
  const arn = isName
    ? {
        "Fn::Sub": `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}`,
      }
    : name;
  return allow(
    ["lambda:InvokeFunction"],
    [arn, { "Fn::Sub": ["${Function}:*", { Function: arn }] }],
  );
}

/** Documented: a nested execution that is waited for is described, stopped and watched by a managed rule. */
function startStatements(parameters: JsonObject): readonly JsonObject[] {
  return [
    allow(["states:StartExecution"], ownMember(parameters, "StateMachineArn") ?? "*"),
    allow(["states:DescribeExecution", "states:StopExecution"], "*"),
    allow(["events:PutTargets", "events:PutRule", "events:DescribeRule"], "*"),
  ];
}

function sdkAction([, service = "", action = ""]: readonly string[]): string {
  const name = action.replace(/\..*$/, "");
  return `${iamPrefix(service)}:${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The actions that an optimized integration needs beside the one that it is named after. */
const alsoNeeded: { readonly [task: string]: readonly string[] } = {
  "batch:submitJob": ["DescribeJobs", "TerminateJob"],
  "codebuild:startBuild": ["StopBuild", "BatchGetBuilds"],
  "ecs:runTask": ["StopTask", "DescribeTasks"],
  "glue:startJobRun": ["GetJobRun", "GetJobRuns", "BatchStopJobRun"],
  "athena:startQueryExecution": ["GetQueryExecution", "GetDataCatalog"],
};

function optimizedActions(service: string, action: string): readonly string[] {
  const names = [action.charAt(0).toUpperCase() + action.slice(1)];
  const all = [...names, ...(alsoNeeded[`${service}:${action}`] ?? [])];
  return all.map((name) => `${iamPrefix(service)}:${name}`);
}

/** Services whose actions begin otherwise than their integrations. */
function iamPrefix(service: string): string {
  const prefixes: { readonly [service: string]: string } = {
    apigateway: "execute-api",
    sfn: "states",
    eventbridge: "events",
    cloudwatchlogs: "logs",
  };
  return prefixes[service] ?? service;
}

function allow(actions: readonly string[], resource: JsonValue): JsonObject {
  return { Effect: "Allow", Action: actions, Resource: resource };
}
