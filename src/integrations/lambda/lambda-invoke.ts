import { lambda as actions } from "../../asl/resources/integrations/lambda.ts";
import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { TaskHandler, TaskOutcome } from "../../ports/task-handler.ts";
import { taskRole } from "../aws/task-role.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import {
  invalidField,
  invalidParameters,
  missingField,
  parametersRefusal,
  unsupportedField,
} from "../invalid-parameters.ts";
import type { LambdaAnswer, LambdaCall } from "./lambda-call.ts";
import { functionFailure } from "./lambda-failure.ts";
import type { LambdaService } from "./lambda-service.ts";

const fields: readonly string[] = Object.keys(actions.invoke.parameters);
const invocationTypes = ["RequestResponse", "Event", "DryRun"] as const;
const logTypes = ["None", "Tail"] as const;

/** `arn:aws:states:::lambda:invoke`, also with `.waitForTaskToken`: Lambda's API as it is, with its answer's metadata. */
export function lambdaInvoke(
  lambda: LambdaService,
  { aws }: Pick<IntegrationOptions, "aws">,
): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "lambda" &&
      resource.action === "invoke" &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    refuseParameters(_, parameters) {
      const call = readParameters(parameters.value);
      return parametersRefusal(parameters, Array.isArray(call) ? call : []);
    },
    async run(request, control): Promise<TaskOutcome> {
      const parameters = request.parameters.value;
      const call = readParameters(parameters);
      if (Array.isArray(call)) return invalidParameters(request.parameters, call);
      const payload = payloadText(parameters as JsonObject);
      const answer = await lambda.invoke({
        ...(call as ReadParameters),
        scope: scopeOfArn(request.executionArn),
        caller: request,
        role: taskRole(request, aws),
        signal: control.signal,
        ...(payload === undefined ? {} : { payload }),
      });
      if (answer.type === "refused")
        return { type: "failed", error: answer.error, cause: answer.cause };
      if (answer.functionError !== undefined) return functionFailure(answer.payload, "compact");
      return { type: "succeeded", output: Payload.ofText(resultText(answer)) };
    },
  };
}

type ReadParameters = Omit<LambdaCall, "scope" | "caller" | "role" | "payload" | "signal">;

/** The call without its payload, or what is wrong with the parameters. */
function readParameters(parameters: JsonValue): ReadParameters | string[] {
  if (!isJsonObject(parameters)) return [missingField("FunctionName")];
  const problems = Object.keys(parameters)
    .filter((name) => !fields.includes(name))
    .map(unsupportedField);
  const text = (name: string): string | undefined => {
    const value = ownMember(parameters, name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string") problems.push(invalidField(name));
    return typeof value === "string" ? value : undefined;
  };
  const choice = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const value = text(name);
    const found = allowed.find((known) => known === value);
    if (value !== undefined && found === undefined) problems.push(invalidField(name));
    return found;
  };
  const functionName = text("FunctionName");
  const qualifier = text("Qualifier");
  const invocationType = choice("InvocationType", invocationTypes) ?? "RequestResponse";
  const logType = choice("LogType", logTypes);
  const clientContext = readClientContext(parameters, problems);
  if (functionName === undefined && problems.length === 0)
    problems.push(missingField("FunctionName"));
  if (functionName === undefined || problems.length > 0) return problems;
  return {
    functionName,
    invocationType,
    payloadIsJson: typeof ownMember(parameters, "Payload") !== "string",
    ...(qualifier === undefined ? {} : { qualifier }),
    ...(logType === undefined ? {} : { logType }),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
}

/**
 * *Observed*: a string is sent as it stands, as the JSON text that it then has to be; null sends no body, so that the
 * function sees `{}`. Any other value is sent as JSON.
 */
function payloadText(parameters: JsonObject): string | undefined {
  const payload = ownMember(parameters, "Payload");
  if (payload === undefined || payload === null) return undefined;
  return typeof payload === "string" ? payload : JSON.stringify(payload);
}

/** *Documented*: base64 of a JSON text. *Our choice*: the JSON itself is taken as well. */
function readClientContext(parameters: JsonObject, problems: string[]): string | undefined {
  const value = ownMember(parameters, "ClientContext");
  if (value === undefined || value === null) return undefined;
  const text =
    typeof value === "string"
      ? Buffer.from(value, "base64").toString("utf8")
      : JSON.stringify(value);
  try {
    JSON.parse(text);
    return text;
  } catch {
    problems.push(invalidField("ClientContext"));
    return undefined;
  }
}

/** *Observed* members and order. */
function resultText(answer: Extract<LambdaAnswer, { type: "answered" }>): string {
  const version =
    answer.executedVersion === undefined
      ? ""
      : `"ExecutedVersion":${JSON.stringify(answer.executedVersion)},`;
  const log = answer.logResult === undefined ? "" : `"LogResult":"${answer.logResult}",`;
  const payload = answer.payload === "" ? '""' : answer.payload;
  return `{${version}${log}"Payload":${payload},${answer.metadata()},"StatusCode":${answer.statusCode}}`;
}
