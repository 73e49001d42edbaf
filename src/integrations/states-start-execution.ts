import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
  setMember,
} from "../expression/json.ts";
import { Payload, utf8Length } from "../expression/payload.ts";
import type { TaskHandler, TaskOutcome } from "../ports/task-handler.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import {
  invalidField,
  invalidParameters,
  missingField,
  parametersRefusal,
  unsupportedField,
} from "./invalid-parameters.ts";
import { exceptionName, sdkErrorCause, sdkMetadataMembers } from "./sdk-metadata.ts";
import { isServiceError } from "./service-error.ts";

const fields = ["StateMachineArn", "Input", "Name", "TraceHeader"];

/**
 * `arn:aws:states:::states:startExecution`, plain, `.sync`, `.sync:2` and `.waitForTaskToken`.
 *
 * For `.sync` the child knows the task that waits for it, and the engine reports the child's end to that task, so after
 * a restart there is nothing to take up: `resume` waits as `run` did.
 */
export function statesStartExecution(options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "states" &&
      resource.action === "startExecution",
    refuseParameters(_, parameters) {
      const input = readParameters(parameters.value);
      return parametersRefusal(parameters, Array.isArray(input) ? input : []);
    },
    async run(request, control): Promise<TaskOutcome> {
      const input = readParameters(request.parameters.value);
      if (Array.isArray(input)) return invalidParameters(request.parameters, input);
      const pattern =
        request.resource.kind === "service" ? request.resource.pattern : "requestResponse";
      let answer: JsonObject;
      try {
        answer = await options.stepFunctions.call(
          "StartExecution",
          input as JsonObject,
          pattern === "sync" || pattern === "sync:2"
            ? { parent: { executionArn: request.executionArn, taskId: request.taskId, pattern } }
            : {},
        );
      } catch (error) {
        if (!isServiceError(error)) throw error;
        return {
          type: "failed",
          error: `StepFunctions.${exceptionName(error.code)}`,
          cause: sdkErrorCause({
            message: error.message,
            service: "AWSStepFunctions",
            statusCode: error.statusCode,
            code: error.code,
            requestId: options.ids.uuid(),
          }),
        };
      }
      const output = Payload.ofText(resultText(answer, options));
      if (pattern !== "sync" && pattern !== "sync:2") return { type: "succeeded", output };
      await control.submitted(output);
      return { type: "pending" };
    },
    resume: () => Promise.resolve({ type: "pending" }),
  };
}

/** The API's input, or what is wrong with the parameters. */
function readParameters(parameters: JsonValue): JsonObject | string[] {
  if (!isJsonObject(parameters)) return [missingField("StateMachineArn")];
  const problems = Object.keys(parameters)
    .filter((name) => !fields.includes(name))
    .map(unsupportedField);
  const input: Record<string, JsonValue> = {};
  for (const [name, member] of [
    ["StateMachineArn", "stateMachineArn"],
    ["Name", "name"],
    ["TraceHeader", "traceHeader"],
  ] as const) {
    const value = ownMember(parameters, name);
    if (value === undefined || value === null) continue;
    if (typeof value === "string") setMember(input, member, value);
    else problems.push(invalidField(name));
  }
  const value = ownMember(parameters, "Input");
  // *Observed*: null starts the child with `{}`, and a string is sent as it stands, as the JSON text that it has to be.
  if (value !== undefined && value !== null) {
    setMember(input, "input", typeof value === "string" ? value : JSON.stringify(value));
  }
  if (!Object.hasOwn(input, "stateMachineArn") && problems.length === 0) {
    problems.push(missingField("StateMachineArn"));
  }
  return problems.length > 0 ? problems : input;
}

/** *Observed* members and order; the start as milliseconds. */
function resultText(answer: JsonObject, options: IntegrationOptions): string {
  const startDate = Number(answer["startDate"]) * 1000;
  const body = JSON.stringify(answer);
  const requestId = options.ids.uuid();
  const metadata = sdkMetadataMembers({
    requestId,
    statusCode: 200,
    headers: [
      ["x-amzn-RequestId", requestId],
      ["connection", "keep-alive"],
      ["Content-Length", String(utf8Length(body))],
      ["Date", new Date(options.clock.now()).toUTCString()],
      ["Content-Type", "application/x-amz-json-1.0"],
    ],
  });
  return `{"ExecutionArn":${JSON.stringify(answer["executionArn"] ?? null)},${metadata},"StartDate":${Math.round(startDate)}}`;
}
