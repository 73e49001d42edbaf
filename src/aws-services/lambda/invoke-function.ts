import type { LambdaAnswer } from "../../integrations/lambda/lambda-call.ts";
import { textOf } from "../members.ts";
import { functionsPath } from "./create-function.ts";
import { type LambdaContext, qualifiedArn } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, ofFunction } from "./lambda-operation.ts";
import { type JsonObject, isJsonObject } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";

const invocationTypes = ["RequestResponse", "Event", "DryRun"] as const;
/** *Documented*: of a call that waits for its answer, and of one that does not. */
const mostBytes = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 } as const;

/** Calls a function that runs here: one that was deployed, is configured, or is in the functions folder. AWS is not asked. */
export function invokeFunction({ options }: LambdaContext): LambdaOperations {
  return {
    Invoke: ofFunction("Invoke", {
      http: {
        method: "POST",
        path: `${functionsPath}/{FunctionName}/invocations`,
        headers: {
          InvocationType: "x-amz-invocation-type",
          LogType: "x-amz-log-type",
          ClientContext: "x-amz-client-context",
        },
        payload: "Payload",
      },
      action: "InvokeFunction",
      async answer({ members, place, input, caller, signal }) {
        const invocationType = typeOf(members);
        const { payload: bytes } = input;
        if ((bytes?.length ?? 0) > mostBytes[invocationType]) {
          throw new ServiceError(
            "RequestTooLargeException",
            `${bytes?.length} byte payload is too large for the ${invocationType} invocation type (limit ${mostBytes[invocationType]} bytes)`,
            413,
          );
        }
        const payload = bytes && bytes.length > 0 ? Buffer.from(bytes).toString() : undefined;
        const clientContext = clientContextOf(members);
        const arn = qualifiedArn(place);
        const reference = { name: place.name, qualifier: place.qualifier, arn };
        const answer = await options.lambda.invokeHere(reference, {
          scope: caller,
          functionName: arn,
          invocationType,
          payloadIsJson: false,
          signal,
          logType: textOf(members, "LogType") === "Tail" ? "Tail" : "None",
          ...(payload !== undefined && { payload }),
          ...(clientContext !== undefined && { clientContext }),
        });
        if (answer === undefined) throw lambdaErrors.functionNotFound(arn);
        if (answer.type === "refused") throw refusalOf(answer);
        const { executedVersion, functionError, logResult } = answer;
        return {
          status: answer.statusCode,
          payload: Buffer.from(answer.payload),
          headers: {
            ...(executedVersion !== undefined && { "X-Amz-Executed-Version": executedVersion }),
            ...(functionError !== undefined && { "X-Amz-Function-Error": functionError }),
            ...(logResult !== undefined && { "X-Amz-Log-Result": logResult }),
          },
        };
      },
    }),
  };
}

function refusalOf({ cause, refusal }: Extract<LambdaAnswer, { type: "refused" }>): ServiceError {
  return refusal === undefined
    ? new ServiceError("ServiceException", cause, 500)
    : new ServiceError(refusal.code, refusal.message, refusal.statusCode, { Type: "User" });
}

function typeOf(members: JsonObject): (typeof invocationTypes)[number] {
  const given = textOf(members, "InvocationType") ?? "RequestResponse";
  const found = invocationTypes.find((type) => type === given);
  if (found !== undefined) return found;
  throw lambdaErrors.constraint(
    "invocationType",
    given,
    `satisfy enum value set: [${invocationTypes.join(", ")}]`,
  );
}

/** *Documented*: base64 of a JSON object. */
function clientContextOf(members: JsonObject): string | undefined {
  const given = textOf(members, "ClientContext");
  if (given === undefined) return undefined;
  const text = Buffer.from(given, "base64").toString();
  try {
    if (isJsonObject(JSON.parse(text))) return text;
  } catch {
    // Said below.
  }
  throw new ServiceError(
    "InvalidRequestContentException",
    "Client context must be a valid Base64-encoded JSON object.",
  );
}
