import { isJsonObject, type JsonValue, ownMember } from "../expression/json.ts";
import { Payload } from "../expression/payload.ts";
import { parseFunctionReference } from "../integrations/lambda/function-name.ts";
import type { TaskHandlers } from "../integrations/task-handlers.ts";
import { scopeOfArn } from "../machine/arns.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../ports/task-handler.ts";
import { performed } from "./performed.ts";

/** What a function of this process knows of its task beside the event. */
export interface FunctionCall {
  readonly executionArn: string;
  readonly stateName: string;
  /** Aborted when nobody waits for the result any more: the task has timed out, or the execution was stopped. */
  readonly signal: AbortSignal;
}

/** A Lambda function in this process. What it throws fails its task: with the error's name, or that of a `TaskFailed`. */
export type InProcessFunction = (event: JsonValue, call: FunctionCall) => unknown;

/** Functions by the names that their ARNs have. */
export interface InProcessFunctions {
  readonly [name: string]: InProcessFunction;
}

/** Calls functions of this process where a task names one of them, as an ARN or by `lambda:invoke`; else what was found before. */
export function withFunctions(
  handlers: Pick<TaskHandlers, "find">,
  functions: InProcessFunctions,
): Pick<TaskHandlers, "find"> {
  if (Object.keys(functions).length === 0) return handlers;
  return {
    find(resource) {
      const usual = handlers.find(resource);
      return isOfLambda(resource) ? calling(functions, usual) : usual;
    },
  };
}

/** Whether the task calls one of these. */
export function callsOne(functions: InProcessFunctions, request: TaskRequest): boolean {
  if (!isOfLambda(request.resource)) return false;
  const name = functionNameOf(request);
  return name !== undefined && Object.hasOwn(functions, name);
}

function calling(functions: InProcessFunctions, usual: TaskHandler): TaskHandler {
  return {
    handles: () => true,
    ...(usual.refuseParameters && {
      refuseParameters: (...asked) => usual.refuseParameters?.(...asked),
    }),
    async run(request, control) {
      if (!callsOne(functions, request)) return await usual.run(request, control);
      const { executionArn, stateName } = request;
      const name = functionNameOf(request) ?? "";
      const call = { executionArn, stateName, signal: control.signal };
      return asAnswered(request, await performed(() => functions[name]?.(eventOf(request), call)));
    },
  };
}

export function isOfLambda(resource: TaskRequest["resource"]): boolean {
  if (resource.kind === "lambda") return true;
  return resource.resourceType === "lambda" && resource.action === "invoke";
}

function functionNameOf({ resource, parameters, executionArn }: TaskRequest): string | undefined {
  const given =
    resource.kind === "lambda" ? resource.arn : memberOf(parameters.value, "FunctionName");
  if (typeof given !== "string") return undefined;
  return parseFunctionReference(given, scopeOfArn(executionArn))?.name;
}

/** As Lambda's own call does (`lambda-invoke.ts`): a string is the JSON text of the event, and no payload is `{}`. */
function eventOf({ resource, parameters }: TaskRequest): JsonValue {
  if (resource.kind === "lambda") return parameters.value;
  const payload = memberOf(parameters.value, "Payload") ?? {};
  return typeof payload === "string" ? (JSON.parse(payload) as JsonValue) : payload;
}

/** `lambda:invoke` answers with Lambda's answer, in which the result is one member. */
function asAnswered({ resource }: TaskRequest, outcome: TaskOutcome): TaskOutcome {
  if (outcome.type !== "succeeded" || resource.kind === "lambda") return outcome;
  const text = `{"ExecutedVersion":"$LATEST","Payload":${outcome.output.text},"StatusCode":200}`;
  return { type: "succeeded", output: Payload.ofText(text) };
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  return isJsonObject(value) ? ownMember(value, name) : undefined;
}
