import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { decide } from "../../../iam/policy/decide.ts";
import { policyOfRecord } from "../../../iam/policy/parse-policy.ts";

/** Whether the policy that an authorizer's function has answered allows a method; `explicit`: a statement of it denies it. */
export function policyDecision(
  document: JsonValue,
  methodArn: string,
): "allowed" | "denied" | "explicit" {
  // A text that is no policy denies everything.
  const policy = policyOfRecord(JSON.stringify(document), "identity");
  const decision = decide(
    {
      principal: { arns: [] },
      action: "execute-api:Invoke",
      resource: methodArn,
      context: new Map<string, string>(),
    },
    { identity: [{ name: "authorizer", policy }] },
  );
  if (decision.allowed) return "allowed";
  return "deniedBy" in decision ? "explicit" : "denied";
}

/** *Documented*: members of the context are texts, numbers and truth values; a list or an object is not among them. */
export function authorizerContext(value: JsonValue | undefined): JsonObject {
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each === null || typeof each !== "object"),
  );
}

export function textMember(object: JsonObject, name: string): string | undefined {
  const value = ownMember(object, name);
  return typeof value === "string" ? value : undefined;
}
