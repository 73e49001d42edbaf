import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { type AuditedCall, type CallToAudit, hidden } from "../../ports/audit-trail.ts";
import type { Member, Members } from "../model/member.ts";
import { isOperationName, serviceModel } from "../model/service-model.ts";
import type { RequestContext } from "../operation.ts";

/** *Our choices*: as long as ARNs may be, and tags; what is longer is wrong anyway. */
const longestText = 2_048;
const longestItem = 256;
const mostItems = 50;

const eventSource = "states.amazonaws.com";

/** A call of the API as it is to be written down. */
export function callToAudit(
  operation: string,
  input: unknown,
  { caller, requestId, startedBy }: RequestContext,
): CallToAudit {
  return {
    eventSource,
    eventName: operation,
    caller,
    requestId,
    isReadOnly: isReadOnly(operation),
    requestParameters: shownInput(operation, input),
    ...(startedBy !== undefined && { additional: { startedBy: { ...startedBy } } }),
  };
}

/** *Our choice*: taking an activity's task, or calling a service to test a state, is no reading. */
function isReadOnly(operation: string): boolean {
  return /^(Describe|List|Get|Validate)/.test(operation) && operation !== "GetActivityTask";
}

/**
 * The input without what the service's model marks as sensitive: payloads, definitions, causes, task tokens. Members that the model does not
 * have are left out, since nobody knows what they are.
 */
export function shownInput(operation: string, input: unknown): JsonObject {
  if (!isOperationName(operation)) return {};
  return shownMembers(serviceModel[operation].input, input) ?? {};
}

function shownMembers(
  members: Members,
  value: unknown,
  longest = longestText,
): JsonObject | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const shown: Record<string, JsonValue> = {};
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === undefined || !Object.hasOwn(value, name)) continue;
    const given = (value as { readonly [name: string]: unknown })[name];
    const one = shownValue(member, given, longest);
    if (one !== undefined) shown[name] = one;
  }
  return shown;
}

function shownValue(member: Member, value: unknown, longest: number): JsonValue | undefined {
  switch (member.type) {
    case "string":
      if (member.sensitive === true) return hidden;
      return typeof value === "string" ? value.slice(0, longest) : undefined;
    case "integer":
    case "float":
      return typeof value === "number" ? value : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "structure":
      return shownMembers(member.members, value, longest);
    case "list":
      if (!Array.isArray(value)) return undefined;
      return value
        .slice(0, mostItems)
        .flatMap((item) => shownValue(member.of, item, longestItem) ?? []);
    // No input of this API has them.
    case "map":
    case "timestamp":
    case "document":
      return undefined;
  }
}

/** The members of outputs that name what was made or when; a task's token and its input are none of them. */
const elements = [
  "executionArn",
  "stateMachineArn",
  "stateMachineVersionArn",
  "stateMachineAliasArn",
  "activityArn",
  "startDate",
  "stopDate",
  "creationDate",
  "updateDate",
  "redriveDate",
  "revisionId",
] as const;

/** *Documented*: what is only read has no elements of its answer in the log. */
export function elementsOf(
  { isReadOnly }: Pick<AuditedCall, "isReadOnly">,
  output: JsonObject,
): JsonObject | undefined {
  if (isReadOnly) return undefined;
  let shown: Record<string, JsonValue> | undefined;
  for (const name of elements) {
    const value = output[name];
    if (value !== undefined) (shown ??= {})[name] = value;
  }
  return shown;
}
