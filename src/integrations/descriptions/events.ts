import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { events as actions } from "../../asl/resources/integrations/events.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import type { ServiceDescription } from "../described/description.ts";

/** `arn:aws:states:::events:putEvents`, also with `.waitForTaskToken`. *Observed*: the result has no metadata. */
export const events: ServiceDescription<keyof typeof actions> = {
  service: "events",
  calls: { client: "eventbridge" },
  wording: { sdk: 2 },
  actions: {
    putEvents: {
      permission: {
        action: "events:PutEvents",
        resource: {
          parameters: ["Entries[].EventBusName"],
          as: "name",
          arn: "arn:{partition}:events:{region}:{account}:event-bus/{name}",
          otherwise: "default",
        },
      },
      documents: ["Detail"],
      complete: withResources,
      // Documented: the error, and that its cause is the answer; a retry sends all events again.
      failure: {
        when: (answer) => Number(answer["FailedEntryCount"] ?? 0) > 0,
        error: "EventBridge.FailedEntry",
      },
    },
  },
};

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
