import { createHash } from "node:crypto";
import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { ServiceMembers } from "../../ports/service-api.ts";
import { asServiceRole, triggerService } from "../../ports/service-role.ts";
import type { ServiceError } from "../../ports/step-functions.ts";
import type { DestinationCall } from "../buses/destinations.ts";
import type { StartTarget, TargetOutcome, TargetRequest } from "./target.ts";
import { failed, refusedCall, taken, taskCall, type TaskCalls } from "./task-call.ts";

export interface TargetServices {
  /** Step Functions' API, as whoever starts. */
  readonly stepFunctions: (
    operation: string,
    input: JsonObject,
    caller: Caller,
  ) => Promise<JsonObject>;
  /** The services of this process: event buses, log groups. */
  readonly call: (
    service: string,
    operation: string,
    members: JsonObject,
    caller: Caller,
    signal: AbortSignal,
  ) => Promise<ServiceMembers>;
  readonly tasks: TaskCalls;
  /** What an API destination is called with. */
  readonly destination: (request: TargetRequest, caller: Caller) => Promise<DestinationCall>;
  /** Who may call functions that a target without a role names. */
  readonly authorizer: Pick<Authorizer, "mayAct">;
  /** Puts an event that a rule has matched on another bus. */
  readonly forward: (request: TargetRequest, caller: Caller) => Promise<TargetOutcome>;
  readonly now: () => number;
}

/** Gives something to a target: by its ARN, whatever kind it is. */
export function createStartTarget(services: TargetServices): StartTarget {
  return async (request, signal) => {
    try {
      return await start(services, request, signal);
    } catch (error) {
      const { code, statusCode, message } = error as Partial<ServiceError>;
      if (typeof code !== "string" || typeof statusCode !== "number") throw error;
      // The name is made of the cause: what has started under it is what was to be started.
      if (code === "ExecutionAlreadyExists") return taken(null);
      const isTransient = statusCode >= 500 || code.includes("Throttl") || statusCode === 429;
      return { type: "failed", code, message: message ?? "", isTransient };
    }
  };
}

/** The kinds of targets that there are, and whether this server knows an ARN's. */
export function isTargetArn(arn: string): boolean {
  return kindOf(arn) !== undefined;
}

type Kind =
  "stateMachine" | "bus" | "destination" | "queue" | "topic" | "function" | "logGroup" | "api";

const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^arn:[^:]+:states:[^:]+:[^:]*:stateMachine:.+$/, "stateMachine"],
  [/^arn:[^:]+:events:[^:]+:[^:]*:event-bus\/.+$/, "bus"],
  [/^arn:[^:]+:events:[^:]+:[^:]*:api-destination\/.+$/, "destination"],
  [/^arn:[^:]+:sqs:[^:]+:[^:]*:.+$/, "queue"],
  [/^arn:[^:]+:sns:[^:]+:[^:]*:.+$/, "topic"],
  [/^arn:[^:]+:lambda:[^:]+:[^:]*:function:.+$/, "function"],
  [/^arn:[^:]+:logs:[^:]+:[^:]*:log-group:.+$/, "logGroup"],
  [/^arn:[^:]+:scheduler:::aws-sdk:\w+:\w+$/, "api"],
];

function kindOf(arn: string): Kind | undefined {
  return kinds.find(([pattern]) => pattern.test(arn))?.[1];
}

export function isFunctionArn(arn: string): boolean {
  return kindOf(arn) === "function";
}

/** Whether one may not have the target without a role. *Documented*: queues, topics, functions and log groups have policies of their own. */
export function needsRole(arn: string): boolean {
  const kind = kindOf(arn);
  return kind === "stateMachine" || kind === "api" || kind === "destination";
}

/** What giving something to this target is called in policies. */
export function actionOfTarget(arn: string): string {
  switch (kindOf(arn)) {
    case "bus":
      return "events:PutEvents";
    case "destination":
      return "events:InvokeApiDestination";
    case "queue":
      return "sqs:SendMessage";
    case "topic":
      return "sns:Publish";
    case "function":
      return "lambda:InvokeFunction";
    case "logGroup":
      return "logs:PutLogEvents";
    case "stateMachine":
    case "api":
    case undefined:
      return "states:StartExecution";
  }
}

/** An execution's name of its cause, within the 80 characters that there are: readable, and another one for another target. */
export function startName(label: string, cause: string, ...of: readonly string[]): string {
  const digest = createHash("sha256")
    .update([label, cause, ...of].join("\n"))
    .digest("hex")
    .slice(0, 8);
  const rest = `-${cause}-${digest}`;
  return `${label.replaceAll(/[^\w-]/g, "_").slice(0, 80 - rest.length)}${rest}`;
}

function callerOf({ service, sourceArn, roleArn }: TargetRequest): Caller {
  if (roleArn !== undefined) return asServiceRole({ service, sourceArn, roleArn });
  // Whoever made the target was asked.
  return { ...scopeOfArn(sourceArn), principal: { type: "owner" } };
}

async function start(
  services: TargetServices,
  request: TargetRequest,
  signal: AbortSignal,
): Promise<TargetOutcome> {
  const { arn, input, name } = request;
  const { region } = scopeOfArn(arn);
  const asTask = (resource: string, parameters: JsonObject): Promise<TargetOutcome> =>
    taskCall(services.tasks, `arn:aws:states:::${resource}`, parameters, request, signal);
  switch (kindOf(arn)) {
    case "stateMachine": {
      const started = { stateMachineArn: arn, input, name };
      return taken(await services.stepFunctions("StartExecution", started, callerOf(request)));
    }
    case "bus":
      return putEvent(services, request, signal);
    case "destination": {
      const found = await services.destination(request, callerOf(request));
      return found.type === "call" ? asTask("http:invoke", found.parameters) : found;
    }
    case "queue": {
      const queue = arn.split(":").slice(4);
      return asTask("aws-sdk:sqs:sendMessage", {
        QueueUrl: `https://sqs.${region}.amazonaws.com/${queue.join("/")}`,
        MessageBody: input,
        ...(arn.endsWith(".fifo") && {
          MessageGroupId: request.messageGroupId ?? name,
          MessageDeduplicationId: name,
        }),
        ...(request.messageAttributes && { MessageAttributes: request.messageAttributes }),
      });
    }
    case "topic":
      return asTask("aws-sdk:sns:publish", { TopicArn: arn, Message: input });
    case "function": {
      const refused = await refusedFunction(services, request);
      if (refused !== undefined) return refused;
      return asTask("lambda:invoke", {
        FunctionName: arn,
        InvocationType: "Event",
        Payload: valueOf(input),
      });
    }
    case "logGroup":
      return putLogEvent(services, request, signal);
    case "api":
      return callApi(services, request, asTask);
    case undefined:
      return failed("ValidationException", `Stepwell cannot give events to ${arn}`);
  }
}

/** *Documented*: a rule without a role calls a function as EventBridge, which the function's own policy has to allow for the rule. */
async function refusedFunction(
  { authorizer }: TargetServices,
  { arn, roleArn, service, sourceArn }: TargetRequest,
): Promise<TargetOutcome | undefined> {
  if (roleArn !== undefined || service !== "events.amazonaws.com") return undefined;
  const caller = triggerService({ service, sourceArn });
  return refusedCall(authorizer, { caller, action: "lambda:InvokeFunction", resource: arn });
}

/** A text that a transformer made may be no JSON: then it is a JSON text. */
function valueOf(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** *Documented*: EventBridge writes the whole event, or what a transformer makes of it, as one message. *Our choice*: a stream for each rule. */
async function putLogEvent(
  { call, now }: TargetServices,
  request: TargetRequest,
  signal: AbortSignal,
): Promise<TargetOutcome> {
  const { arn, input, sourceArn } = request;
  const logGroupName = arn.split(":").slice(6).join(":").replace(/:\*$/, "");
  const stream = { logGroupName, logStreamName: sourceArn.slice(sourceArn.lastIndexOf("/") + 1) };
  const caller = { ...callerOf(request), region: scopeOfArn(arn).region };
  try {
    await call("logs", "CreateLogStream", stream, caller, signal);
  } catch (error) {
    if ((error as Partial<ServiceError>).code !== "ResourceAlreadyExistsException") throw error;
  }
  const logEvents = [{ timestamp: now(), message: input }];
  await call("logs", "PutLogEvents", { ...stream, logEvents }, caller, signal);
  return taken(null);
}

/** A bus gets of a schedule the detail of an event; of a rule the whole event, which keeps its id, source and type. */
async function putEvent(
  { call, forward }: TargetServices,
  request: TargetRequest,
  signal: AbortSignal,
): Promise<TargetOutcome> {
  const { arn, input, event } = request;
  if (event === undefined) return forward(request, callerOf(request));
  const { source, detailType } = event;
  const entry = { EventBusName: arn, Source: source, DetailType: detailType, Detail: input };
  const answer = await call("events", "PutEvents", { Entries: [entry] }, callerOf(request), signal);
  const [result] = answer["Entries"] as readonly ServiceMembers[];
  const { ErrorCode: code, ErrorMessage: message } = result ?? {};
  return typeof code === "string"
    ? failed(code, typeof message === "string" ? message : "")
    : taken(null);
}

/** *Documented*: Scheduler's universal targets: `arn:aws:scheduler:::aws-sdk:service:operation`, with the operation's input. */
async function callApi(
  services: TargetServices,
  request: TargetRequest,
  asTask: (resource: string, parameters: JsonObject) => Promise<TargetOutcome>,
): Promise<TargetOutcome> {
  const [, api = ""] = request.arn.split(":::");
  const [, service, operation = ""] = api.split(":");
  const parameters = valueOf(request.input);
  if (!isJsonObject(parameters)) {
    return failed("ValidationException", "The input of a universal target has to be an object");
  }
  if (service !== "sfn") return asTask(api, parameters);
  const input = Object.fromEntries(
    Object.entries(parameters).map(([member, value]) => [
      member.charAt(0).toLowerCase() + member.slice(1),
      value,
    ]),
  );
  const named = operation === "startExecution" && input["name"] === undefined;
  return taken(
    await services.stepFunctions(
      operation.charAt(0).toUpperCase() + operation.slice(1),
      named ? { ...input, name: request.name } : input,
      callerOf(request),
    ),
  );
}
