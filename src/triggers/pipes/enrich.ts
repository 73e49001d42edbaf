import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { isStateMachine } from "./pipe-arns.ts";
import { calledAsTask, pipeCaller, type PipeServices } from "./pipe-caller.ts";
import type { PipeRecord } from "./pipe-record.ts";
import { PipeFailure } from "./pipe-source.ts";

/** Runs an Express workflow to its end, and answers its output. Rejects with a {@link PipeFailure} where it fails. */
export async function syncOutput(
  { stepFunctions }: Pick<PipeServices, "stepFunctions">,
  pipe: PipeRecord,
  input: { readonly stateMachineArn: string; readonly input: string; readonly name: string },
): Promise<string> {
  const {
    status,
    output,
    error = "",
    cause = "",
  } = await stepFunctions("StartSyncExecution", input, pipeCaller(pipe));
  if (status !== "SUCCEEDED") {
    throw new PipeFailure(
      [status, error, cause].filter((text) => typeof text === "string" && text !== "").join(" "),
    );
  }
  return typeof output === "string" ? output : "null";
}

/** Calls a function and waits for what it answers. */
export function functionOutput(
  services: PipeServices,
  pipe: PipeRecord,
  functionArn: string,
  input: string,
  signal: AbortSignal,
): Promise<JsonValue> {
  // As a Lambda ARN: the payload is the output itself.
  const { tasks } = services;
  return calledAsTask(
    { tasks },
    pipe,
    "lambda:invoke",
    { FunctionName: functionArn, Payload: parseJson(input) },
    signal,
  ).then((answer) => (isJsonObject(answer) ? (answer["Payload"] ?? null) : null));
}

/**
 * The events that an enrichment makes of a list of events. *Documented*: what it answers is what the target gets; a list is several events,
 * an empty one, or nothing, none.
 */
export async function enriched(
  services: PipeServices,
  pipe: PipeRecord,
  { input, name }: { readonly input: string; readonly name: string },
  signal: AbortSignal,
): Promise<readonly JsonValue[]> {
  const { Enrichment: arn = "" } = pipe;
  const answer = isStateMachine(arn)
    ? parseJson(await syncOutput(services, pipe, { stateMachineArn: arn, input, name }))
    : await functionOutput(services, pipe, arn, input, signal);
  if (isJsonArray(answer)) return answer;
  return isNothing(answer) ? [] : [answer];
}

function isNothing(answer: JsonValue): boolean {
  return answer === null || answer === "" || (isJsonObject(answer) && isEmpty(answer));
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0;
}
