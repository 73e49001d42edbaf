import { isJsonObject, ownMember } from "../../expression/json.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import type {
  DataFlow,
  DynamicField,
  ErrorHandling,
  StateBase,
  Transition,
} from "../definition.ts";
import { dynamicNumber } from "../fields/dynamic-field.ts";
import { requireFields, stringField, type Fields, type FieldTable } from "../fields/fields.ts";
import { checkIntegrationParameters } from "../resources/integration-parameters.ts";
import { jsonataField } from "../fields/jsonata-field.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { parseErrorHandling } from "../parse-error-handling.ts";
import { parseResource } from "../resources/parse-resource.ts";
import { parseTransition, transitionFields } from "../parse-transition.ts";
import { payloadTemplateField } from "../fields/payload-template-field.ts";
import { present } from "../fields/present.ts";
import type { TaskResource } from "../resources/resource.ts";
import { wording } from "../diagnostics/wording.ts";

export type TaskState = StateBase &
  DataFlow &
  Transition &
  ErrorHandling & {
    readonly Type: "Task";
    readonly Resource: TaskResource;
    readonly TimeoutSeconds?: DynamicField<number>;
    readonly HeartbeatSeconds?: DynamicField<number>;
    readonly Credentials?: PayloadTemplate | JsonataTemplate;
  };

/** What a Task state may have beside the fields of every state. */
export const taskFields: FieldTable = {
  both: [
    "Resource",
    "TimeoutSeconds",
    "HeartbeatSeconds",
    "Credentials",
    "Assign",
    "Retry",
    "Catch",
    ...transitionFields,
  ],
  JSONPath: [
    "InputPath",
    "Parameters",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
    "TimeoutSecondsPath",
    "HeartbeatSecondsPath",
  ],
  JSONata: ["Arguments", "Output"],
};

/** Documented: the longest timeout in seconds. */
const timeoutRange = { minimum: 1, maximum: 99_999_999 };

/** A Task state: `undefined` if its resource is not one, which has then been reported. */
export function parseTask(base: StateBase, fields: Fields): TaskState | undefined {
  requireFields(fields, ["Resource"]);
  const flow = parseDataFlow(fields, { scope: ["result"] });
  const transition = parseTransition(fields, base.Name);
  const handling = parseErrorHandling(fields, base.Name);
  const resource = parseTaskResource(fields);
  const TimeoutSeconds = dynamicNumber(fields, "TimeoutSeconds", timeoutRange);
  const HeartbeatSeconds = dynamicNumber(fields, "HeartbeatSeconds", timeoutRange);
  if (
    TimeoutSeconds?.kind === "constant" &&
    HeartbeatSeconds?.kind === "constant" &&
    HeartbeatSeconds.value >= TimeoutSeconds.value
  ) {
    fields.fail("HeartbeatSeconds", wording.heartbeat);
  }
  const Credentials = parseCredentials(fields, resource);
  if (resource === undefined) return undefined;
  return {
    ...base,
    Type: "Task",
    Resource: resource,
    ...present({ TimeoutSeconds, HeartbeatSeconds, Credentials }),
    ...flow,
    ...transition,
    ...handling,
  };
}

function parseTaskResource(fields: Fields): TaskResource | undefined {
  const text = stringField(fields, "Resource");
  if (text === undefined) return undefined;
  if (hasPlaceholder(fields.context, text)) {
    fields.context.assume();
    return undefined;
  }
  const parsed = parseResource(text);
  if (parsed.resource === undefined) {
    fields.fail("Resource", parsed.message);
    return undefined;
  }
  if (fields.context.type === "EXPRESS") checkExpress(fields, parsed.resource);
  checkIntegrationParameters(fields, parsed.resource);
  return parsed.resource;
}

/** Documented: an Express machine waits for nothing but the answer of the call. */
function checkExpress(fields: Fields, resource: TaskResource): void {
  if (resource.kind === "activity") fields.fail("Resource", wording.expressActivity);
  if (resource.kind === "service" && resource.pattern !== "requestResponse") {
    fields.fail("Resource", wording.expressPattern(resource.pattern));
  }
}

function parseCredentials(
  fields: Fields,
  resource: TaskResource | undefined,
): TaskState["Credentials"] {
  const value = fields.value("Credentials");
  if (value !== undefined && resource?.kind === "activity") {
    fields.fail("Credentials", wording.credentialsOfActivity);
  }
  if (isJsonObject(value)) {
    const names = fields.language === "JSONata" ? ["RoleArn"] : ["RoleArn", "RoleArn.$"];
    // Recorded: a field that does not belong there is not complained about, only the one that is missing.
    if (names.every((name) => ownMember(value, name) === undefined)) {
      fields.fail("Credentials", wording.fieldMissing("RoleArn"));
      return undefined;
    }
  } else if (value !== undefined && (fields.language === "JSONPath" || typeof value !== "string")) {
    fields.fail("Credentials", wording.type("Object"));
    return undefined;
  }
  return fields.language === "JSONata"
    ? jsonataField(fields, "Credentials")
    : payloadTemplateField(fields, "Credentials");
}
