import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import type { TaskRole } from "../aws/task-role.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { pause } from "../jobs/pause.ts";
import { type CallOutcome, callOutcome } from "./call-outcome.ts";
import type { DescribedAction } from "./described-action.ts";
import type { Wording } from "./description.ts";
import type { Service, ServiceAnswer, ServiceRequest } from "./service-call.ts";

/** The service behind a client, named as SDK integrations name it; `undefined`: the description's own. */
export type ServiceOf = (client: string | undefined) => Service;

/** One call of an action by a task, with all that its description says of it. */
export interface ActionCall {
  readonly action: DescribedAction;
  readonly wording: Wording;
  readonly request: TaskRequest;
  readonly role: TaskRole | undefined;
  readonly serviceOf: ServiceOf;
  readonly options: Pick<IntegrationOptions, "clock">;
}

/** What a request has beside the operation and its parameters. */
type More = Omit<ServiceRequest, "operation" | "parameters" | "style" | "signal">;

/** Pages that a call before an action's own goes through at most. Our choice: EMR has 2,000 instance groups on 40. */
const mostPages = 100;
/** How often a call is made whose answer may be another one a moment later, and the pauses between. Our choice. */
const mostCalls = 5;
const pauseMs = 2_000;

/** Calls the service once, and gives its answer in the form that the integration shows. */
export async function callAction(
  { action, request, role, serviceOf }: ActionCall,
  parameters: JsonObject,
  signal: AbortSignal,
  more: More,
): Promise<ServiceAnswer> {
  const { name, operation = name, style, client } = action;
  const call = serviceOf(client)(scopeOfArn(request.executionArn).region, role);
  const answer = await call({ operation, parameters, style, signal, ...more });
  if (answer.type !== "answered" || action.answer === undefined) return answer;
  return { ...answer, output: action.answer(answer.output, authored(request)) };
}

/** The calls before, its own as often as need be, and the one after. */
export async function performAction(
  acting: ActionCall,
  parameters: JsonObject,
  signal: AbortSignal,
  more: More,
): Promise<CallOutcome> {
  const { action, wording, request, options } = acting;
  const found = await findBefore(acting, parameters, signal);
  if ("outcome" in found) return found;
  for (let calls = 1; ; calls++) {
    const answer = await callAction(acting, found.parameters, signal, more);
    const isFinal = answer.type !== "answered" || action.again?.(answer.output) !== true;
    if (isFinal || calls === mostCalls || signal.aborted) {
      const taken = answer.type === "answered" ? await takeAfter(acting, answer, signal) : answer;
      return "outcome" in taken ? taken : callOutcome(taken, wording, request);
    }
    await pause(options.clock, pauseMs * calls, signal);
  }
}

async function findBefore(
  { action: { before }, wording, request, role, serviceOf }: ActionCall,
  parameters: JsonObject,
  signal: AbortSignal,
): Promise<{ readonly parameters: JsonObject } | { readonly outcome: TaskOutcome }> {
  let asked = before?.parameters(parameters);
  if (before === undefined || asked === undefined) return { parameters };
  const { operation, client, documents = [], mostBytes } = before;
  const call = serviceOf(client)(scopeOfArn(request.executionArn).region, role);
  const style = optimizedStyle(documents);
  for (let page = 1; ; page++) {
    const answer = await call({
      operation,
      parameters: asked,
      style,
      signal,
      ...(mostBytes === undefined ? {} : { mostBytes }),
    });
    if (answer.type !== "answered") {
      return failureOf(answer, client === undefined ? wording : { sdk: 2 }, request);
    }
    const found = before.found(answer.output, parameters);
    if ("parameters" in found) return found;
    if ("error" in found || page === mostPages) {
      const { error, cause } =
        "error" in found ? found : { error: "NotFound", cause: `${operation} has too many pages` };
      const prefix = wording.errorPrefix ?? answer.errorPrefix;
      return { outcome: { type: "failed", error: `${prefix}.${error}`, cause } };
    }
    asked = found.next;
  }
}

async function takeAfter(
  { action: { after }, wording, request, role, serviceOf }: ActionCall,
  answer: Extract<ServiceAnswer, { type: "answered" }>,
  signal: AbortSignal,
): Promise<ServiceAnswer | { readonly outcome: TaskOutcome }> {
  const parameters = after?.parameters(answer.output, authored(request));
  if (after === undefined || parameters === undefined) return answer;
  const { operation, client, documents = [] } = after;
  const call = serviceOf(client)(scopeOfArn(request.executionArn).region, role);
  const taken = await call({ operation, parameters, style: optimizedStyle(documents), signal });
  if (taken.type !== "answered") {
    return failureOf(taken, client === undefined ? wording : { sdk: 2 }, request);
  }
  return { ...answer, output: after.answer(answer.output, authored(request)) };
}

/** *Our choice*: what another service refuses has that service's name. */
function failureOf(
  answer: Exclude<ServiceAnswer, { type: "answered" }>,
  wording: Wording,
  request: TaskRequest,
): { readonly outcome: TaskOutcome } {
  const read = callOutcome(answer, wording, request);
  if (!("outcome" in read)) throw new Error("what is not answered has no result");
  return read;
}

function authored({ parameters: { value } }: TaskRequest): JsonObject {
  return isJsonObject(value) ? value : {};
}
