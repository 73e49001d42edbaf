import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { triggerService } from "../../../ports/service-role.ts";
import { refusedCall, taskCall } from "../../targets/task-call.ts";
import type { ActingFor, BackEnds } from "./back-ends.ts";

export type FunctionOutcome =
  | { readonly type: "answered"; readonly value: JsonValue }
  /** The function has failed; `error` is what it says of that: `{ errorMessage, errorType }`. */
  | { readonly type: "failed"; readonly error: JsonObject }
  /** It was not called. */
  | { readonly type: "refused"; readonly reason: string };

/** Calls a function and waits for what it answers. *Documented*: without a role API Gateway calls it, which the function's own policy has to allow. */
export async function callFunction(
  { tasks, authorizer }: Pick<BackEnds, "tasks" | "authorizer">,
  functionArn: string,
  payload: JsonValue,
  { sourceArn, roleArn, signal }: ActingFor,
): Promise<FunctionOutcome> {
  const service = "apigateway.amazonaws.com";
  if (roleArn === undefined) {
    const caller = triggerService({ service, sourceArn });
    const asked = { caller, action: "lambda:InvokeFunction", resource: functionArn };
    const refused = await refusedCall(authorizer, asked);
    if (refused !== undefined) {
      return { type: "refused", reason: `${refused.code}: ${refused.message}` };
    }
  }
  const outcome = await taskCall(
    tasks,
    "arn:aws:states:::lambda:invoke",
    { FunctionName: functionArn, Payload: payload },
    {
      arn: functionArn,
      service,
      sourceArn,
      roleArn,
      input: "",
      name: "",
    },
    signal,
  );
  if (outcome.type === "failed") {
    const error = errorDocument(outcome.message);
    return error === undefined
      ? { type: "refused", reason: `${outcome.code}: ${outcome.message}` }
      : { type: "failed", error };
  }
  const { output } = outcome;
  return {
    type: "answered",
    value: isJsonObject(output) ? (ownMember(output, "Payload") ?? null) : null,
  };
}

function errorDocument(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) && Object.hasOwn(value, "errorMessage") ? value : undefined;
  } catch {
    return undefined;
  }
}
