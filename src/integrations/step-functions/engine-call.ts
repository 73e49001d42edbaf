import { type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import { utf8Length } from "../../expression/payload.ts";
import { isDocument, type ValueStyle } from "../aws/member-names.ts";
import type { ServiceCall } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { toCamelCase, toPascalCase } from "./member-case.ts";
import { isServiceError } from "./service-error.ts";

/** What the errors of SDK integrations with this service are named after. */
const errorPrefix = "Sfn";

/** Errors that the service answers with and its model does not list. */
const unmodelled = new Set([
  "AccessDeniedException",
  "InternalFailure",
  "InternalServerError",
  "SerializationException",
  "ThrottlingException",
  "UnknownOperationException",
]);

/** Calls this engine's own API, in its process: no request is sent. Answers look as if one had been. */
export function engineCall(
  options: Pick<IntegrationOptions, "stepFunctions" | "ids" | "clock">,
): ServiceCall {
  return async ({ operation, parameters, style, principal, parent }) => {
    if (principal === undefined) throw new Error(`nobody is said to call ${operation}`);
    const name = operation.charAt(0).toUpperCase() + operation.slice(1);
    const requestId = options.ids.uuid();
    try {
      const answer = await options.stepFunctions.call(name, apiInput(parameters, style), {
        principal,
        ...(parent === undefined ? {} : { parent }),
      });
      return {
        type: "answered",
        output: toPascalCase(answer, (member, value) => timeOf(member, value, style)) as JsonObject,
        requestId,
        statusCode: 200,
        headers: {
          "x-amzn-requestid": requestId,
          connection: "keep-alive",
          "content-length": String(utf8Length(JSON.stringify(answer))),
          date: new Date(options.clock.now()).toUTCString(),
          "content-type": "application/x-amz-json-1.0",
        },
        errorPrefix,
      };
    } catch (error) {
      if (!isServiceError(error)) throw error;
      const { message, code, statusCode } = error;
      const exception = unmodelled.has(code) ? undefined : code;
      return {
        type: "refused",
        refusal: { message, code, exception, statusCode, requestId },
        errorPrefix,
      };
    }
  };
}

/** *Observed*: a null is not sent; a document that is a text stands for the JSON text that it then has to be. */
function apiInput(parameters: JsonObject, style: ValueStyle): JsonObject {
  const input: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null) continue;
    const isText = !isDocument(style, name) || typeof value === "string";
    setMember(input, name, isText ? value : JSON.stringify(value));
  }
  return toCamelCase(input) as JsonObject;
}

/** The API's times are seconds since the epoch. */
function timeOf(name: string, value: JsonValue, style: ValueStyle): JsonValue {
  const isTime = typeof value === "number" && (name.endsWith("Date") || name === "timestamp");
  if (!isTime) return value;
  const milliseconds = Math.round(value * 1000);
  return style.times === "milliseconds" ? milliseconds : new Date(milliseconds).toISOString();
}
