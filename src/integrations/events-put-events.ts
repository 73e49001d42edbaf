import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../expression/json.ts";
import { Payload } from "../expression/payload.ts";
import type { TaskHandler, TaskRequest } from "../ports/task-handler.ts";
import { optimizedStyle } from "./aws/member-names.ts";
import { type ParameterTable, parameterProblems } from "./aws/parameter-table.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import { sdkIntegrationCall } from "./aws/sdk-integration-call.ts";
import type { IntegrationOptions } from "./integration-options.ts";
import { invalidParameters, parametersRefusal } from "./invalid-parameters.ts";

const table: ParameterTable = { Entries: "list!", EndpointId: "text" };
const style = optimizedStyle(["Detail"]);

/**
 * `arn:aws:states:::events:putEvents`, also with `.waitForTaskToken`. An event's detail may be any JSON, and each event
 * names the state machine and the execution among its resources. *Observed*: the result has no metadata.
 */
export function eventsPutEvents(clients: SdkClients, options: IntegrationOptions): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "events" &&
      resource.action === "putEvents",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, parameterProblems(table, parameters.value)),
    async run(request, control) {
      const { value } = request.parameters;
      const problems = parameterProblems(table, value);
      if (problems.length > 0 || !isJsonObject(value)) {
        return invalidParameters(request.parameters, problems);
      }
      const answer = await sdkIntegrationCall({
        service: "eventbridge",
        parameters: withResources(value, request),
        request,
        control,
        clients,
        options,
        style,
      });
      if ("outcome" in answer) return answer.outcome;
      const output = Payload.ofValue(answer.output);
      // Documented: the error, and that its cause is the answer; a retry sends all events again.
      return Number(answer.output["FailedEntryCount"] ?? 0) > 0
        ? { type: "failed", error: "EventBridge.FailedEntry", cause: output.text }
        : { type: "succeeded", output };
    },
  };
}

/** *Observed* order: the author's resources, the state machine, the execution. */
function withResources(parameters: JsonObject, request: TaskRequest): JsonObject {
  const own = [request.stateMachineArn, request.executionArn];
  const withOwn = (entry: JsonValue): JsonValue => {
    if (!isJsonObject(entry)) return entry;
    const given = ownMember(entry, "Resources") ?? [];
    return { ...entry, Resources: isJsonArray(given) ? [...given, ...own] : given };
  };
  const entries = ownMember(parameters, "Entries");
  return isJsonArray(entries) ? { ...parameters, Entries: entries.map(withOwn) } : parameters;
}
