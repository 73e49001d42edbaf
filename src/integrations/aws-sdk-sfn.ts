import { isJsonObject, type JsonObject, type JsonValue, setMember } from "../expression/json.ts";
import { Payload } from "../expression/payload.ts";
import type { TaskHandler, TaskOutcome } from "../ports/task-handler.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { invalidParameters } from "./invalid-parameters.ts";
import { toCamelCase, toPascalCase } from "./member-case.ts";
import { exceptionName } from "./sdk-metadata.ts";
import { isServiceError } from "./service-error.ts";

/** Members that the API takes as JSON text; a task may give the value instead. *Observed* for `Input`. */
const jsonTexts = ["Input", "Output", "Definition"];

/** Errors that the service answers with and its model does not list: they have the name of the SDK's base class. */
const unmodelled = new Set([
  "AccessDeniedException",
  "InternalFailure",
  "InternalServerError",
  "SerializationException",
  "ThrottlingException",
  "UnknownOperationException",
]);

/**
 * `arn:aws:states:::aws-sdk:sfn:<action>`: any operation of this service's own API, called within the engine.
 * Parameters and results are PascalCase, times are ISO 8601.
 */
export function awsSdkSfn(options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "aws-sdk:sfn" &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    async run(request): Promise<TaskOutcome> {
      const action = request.resource.kind === "service" ? request.resource.action : "";
      const parameters = request.parameters.value;
      if (!isJsonObject(parameters)) {
        return invalidParameters(request.parameters, ["The parameters must be an object"]);
      }
      const operation = action.charAt(0).toUpperCase() + action.slice(1);
      try {
        const answer = await options.stepFunctions.call(operation, apiInput(parameters));
        return { type: "succeeded", output: Payload.ofValue(toPascalCase(answer, isoTime)) };
      } catch (error) {
        if (!isServiceError(error)) throw error;
        const name = unmodelled.has(error.code) ? "SfnException" : exceptionName(error.code);
        return {
          type: "failed",
          error: `Sfn.${name}`,
          // *Observed* shape: what the AWS SDK for Java, version 2, prints.
          cause: `${error.message} (Service: Sfn, Status Code: ${error.statusCode}, Request ID: ${options.ids.uuid()}) (SDK Attempt Count: 1)`,
        };
      }
    },
  };
}

function apiInput(parameters: JsonObject): JsonObject {
  const texts: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const isText = !jsonTexts.includes(name) || typeof value === "string" || value === null;
    setMember(texts, name, isText ? value : JSON.stringify(value));
  }
  return toCamelCase(texts) as JsonObject;
}

/** The API's times are seconds since the epoch. */
function isoTime(name: string, value: JsonValue): JsonValue {
  const isTime = typeof value === "number" && (name.endsWith("Date") || name === "timestamp");
  return isTime ? new Date(Math.round(value * 1000)).toISOString() : value;
}
