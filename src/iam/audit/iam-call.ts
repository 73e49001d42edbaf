import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { type CallToAudit, hidden } from "../../ports/audit-trail.ts";
import type { FormStructure, FormValue } from "../operations/members.ts";
import type { Answer, AnswerValue } from "../operations/operation.ts";

/** *Our choices*: as much of a text as most policies have, and of all of a request. */
const longestText = 10_240;
const longestParameters = 32 * 1_024;

/** A call of IAM or STS as it is to be written down. */
export function iamCallToAudit(
  service: "iam" | "sts",
  operation: string,
  input: FormStructure,
): CallToAudit {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    isReadOnly: /^(Get|List|Simulate)/.test(operation) && service === "iam",
    requestParameters: bounded(shownStructure(input)),
  };
}

function bounded(shown: JsonObject): JsonObject {
  return JSON.stringify(shown).length > longestParameters ? { isTooLong: true } : shown;
}

/** What clients give is no secret, but for a role's external id and what a client has put where nothing belongs. */
const secret = /token|secret|password|externalid/i;

function shownStructure(structure: FormStructure): JsonObject {
  return Object.fromEntries(
    Object.entries(structure).map(([name, value]) => [
      lowerFirst(name),
      secret.test(name) ? hidden : shownValue(value),
    ]),
  );
}

function shownValue(value: FormValue): JsonValue {
  if (typeof value === "string") return value.slice(0, longestText);
  if (Array.isArray(value)) return value.map(shownValue);
  return shownStructure(value as FormStructure);
}

/** Ids of what was made. The secret of a key is in no log, and neither is a session's, whose token CloudTrail would show. */
const elements: ReadonlySet<string> = new Set([
  "Arn",
  "UserId",
  "UserName",
  "RoleId",
  "RoleName",
  "GroupId",
  "GroupName",
  "PolicyId",
  "PolicyName",
  "VersionId",
  "AccessKeyId",
  "AssumedRoleId",
  "CreateDate",
  "Expiration",
  "Status",
]);

export function iamElementsOf(
  { isReadOnly }: Pick<CallToAudit, "isReadOnly">,
  answer: Answer,
): JsonObject | undefined {
  const shown = isReadOnly ? undefined : shownElements(answer);
  return shown === undefined || Object.keys(shown).length === 0 ? undefined : shown;
}

function shownElements(answer: Answer): JsonObject {
  return Object.fromEntries(
    Object.entries(answer).flatMap(([name, value]) => {
      const shown = shownElement(name, value);
      return shown === undefined ? [] : [[lowerFirst(name), shown] as const];
    }),
  );
}

function shownElement(name: string, value: AnswerValue): JsonValue | undefined {
  if (value instanceof Date) return elements.has(name) ? value.toISOString() : undefined;
  if (typeof value === "object" && !Array.isArray(value)) {
    const within = shownElements(value as Answer);
    return Object.keys(within).length === 0 ? undefined : within;
  }
  return elements.has(name) && typeof value === "string" ? value : undefined;
}

/** *Documented*: members have a small first letter in CloudTrail's records. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
