import { isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type { Fields } from "../fields/fields.ts";
import type { TaskResource } from "./resource.ts";
import { wording } from "../diagnostics/wording.ts";

/**
 * Parameters without which the call cannot be made. Observed for those actions of the service's own validator
 * that have been tried; what the others need is found out when they are called.
 */
const requiredParameters: { readonly [integration: string]: readonly string[] } = {
  "lambda:invoke": ["FunctionName"],
  "sqs:sendMessage": ["QueueUrl", "MessageBody"],
  "sns:publish": ["Message"],
  "dynamodb:putItem": ["TableName", "Item"],
  "dynamodb:getItem": ["TableName", "Key"],
  "states:startExecution": ["StateMachineArn"],
  "events:putEvents": ["Entries"],
  "ecs:runTask": ["TaskDefinition"],
  "glue:startJobRun": ["JobName"],
};

/** Reports parameters that the integration of a Task cannot do without. */
export function checkIntegrationParameters(fields: Fields, resource: TaskResource): void {
  if (resource.kind !== "service") return;
  const name = fields.language === "JSONata" ? "Arguments" : "Parameters";
  const value = fields.value(name);
  if (value === undefined) {
    const message = wording.parametersRequired(name, resource.arn);
    fields.context.diagnostics.error(message, fields.location);
    return;
  }
  const integration = `${resource.resourceType}:${resource.action}`;
  if (!isJsonObject(value) || !Object.hasOwn(requiredParameters, integration)) return;
  for (const parameter of requiredParameters[integration] as readonly string[]) {
    const given: JsonValue | undefined =
      ownMember(value, parameter) ??
      (fields.language === "JSONPath" ? ownMember(value, `${parameter}.$`) : undefined);
    if (given === undefined) fields.fail(name, wording.fieldMissing(parameter));
  }
}
