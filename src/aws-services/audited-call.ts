import { isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import { type CallToAudit, hidden } from "../ports/audit-trail.ts";
import type { ServiceCall } from "../ports/service-api.ts";

/** *Our choices*: as much of a text as most policies have, and of all of a request. */
const longestText = 1_024;
const longestParameters = 32 * 1_024;

/** *Our choice*: what a name says to be a read is one. */
const reads = /^(?:Get|List|Describe|Head|Filter|Lookup|Validate|Estimate|Test)/;

/** What may be secret by its name, or is data of whoever calls, which CloudTrail's management events have nothing of. */
const secret =
  /token|secret|password|credential|^(?:value|parametervalue|message|messagebody|messageattributes|logevents|detail|payload|zipfile|environment|entries|apikey)$/i;

/** A call of a service's API as it is to be written down. */
export function auditedCall(
  service: string,
  operation: string,
  members: JsonObject,
  { caller, requestId }: Pick<ServiceCall, "caller" | "requestId">,
): CallToAudit {
  const shown = shownMembers(members);
  const isTooLong = JSON.stringify(shown).length > longestParameters;
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    caller,
    requestId,
    isReadOnly: reads.test(operation),
    requestParameters: isTooLong ? { isTooLong } : shown,
  };
}

function shownMembers(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      // *Documented*: members have a small first letter in CloudTrail's records.
      name.charAt(0).toLowerCase() + name.slice(1),
      secret.test(name) ? hidden : shownValue(value),
    ]),
  );
}

function shownValue(value: JsonValue): JsonValue {
  if (typeof value === "string") return value.slice(0, longestText);
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(shownValue);
  return isJsonObject(value) ? shownMembers(value) : value;
}
