import { textOf } from "../../text-of.ts";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { type AwsCall, isNotFound } from "../../aws-calls.ts";
import { jsonText, objectsIn } from "../members.ts";

/** Whose policies they are. */
export interface Holder {
  readonly kind: "Role" | "User" | "Group";
  readonly name: string;
}

function named({ kind, name }: Holder): JsonObject {
  return { [`${kind}Name`]: name };
}

/** Puts the policies that a template has in a role, a user or a group, and removes those that it no longer has. */
export async function putInlinePolicies(
  holder: Holder,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  call: AwsCall,
): Promise<void> {
  const policies = objectsIn(after);
  for (const { PolicyName = "", PolicyDocument } of policies) {
    await putInlinePolicy(holder, textOf(PolicyName), PolicyDocument, call);
  }
  for (const { PolicyName } of objectsIn(before)) {
    if (policies.some((policy) => policy["PolicyName"] === PolicyName)) continue;
    await deleteInlinePolicy(holder, textOf(PolicyName), call);
  }
}

export async function putInlinePolicy(
  holder: Holder,
  PolicyName: string,
  document: JsonValue | undefined,
  call: AwsCall,
): Promise<void> {
  const PolicyDocument = jsonText(document) ?? "";
  await call("iam", `Put${holder.kind}Policy`, { ...named(holder), PolicyName, PolicyDocument });
}

export function deleteInlinePolicy(
  holder: Holder,
  PolicyName: string,
  call: AwsCall,
): Promise<void> {
  return unlessGone(call("iam", `Delete${holder.kind}Policy`, { ...named(holder), PolicyName }));
}

/**
 * Attaches the managed policies of a template, and detaches those that it no longer has. Those of AWS that are not here are left out, which the
 * answer says: a role may less then, never more.
 */
export async function attachPolicies(
  holder: Holder,
  before: readonly string[],
  after: readonly string[],
  call: AwsCall,
): Promise<string | undefined> {
  const unknown: string[] = [];
  for (const PolicyArn of after) {
    try {
      await call("iam", `Attach${holder.kind}Policy`, { ...named(holder), PolicyArn });
    } catch (error) {
      if (!isNotFound(error) || !/^arn:[^:]+:iam::aws:policy\//.test(PolicyArn)) throw error;
      unknown.push(PolicyArn);
    }
  }
  for (const PolicyArn of before) {
    if (after.includes(PolicyArn)) continue;
    await unlessGone(call("iam", `Detach${holder.kind}Policy`, { ...named(holder), PolicyArn }));
  }
  return unknown.length === 0
    ? undefined
    : `Not attached, because Stepwell has no such policies of AWS: ${unknown.join(", ")}`;
}

export async function removeAllPolicies(holder: Holder, call: AwsCall): Promise<void> {
  const { kind } = holder;
  const attached = await call("iam", `ListAttached${kind}Policies`, named(holder));
  for (const { PolicyArn = null } of objectsIn(attached.members["AttachedPolicies"])) {
    await call("iam", `Detach${kind}Policy`, { ...named(holder), PolicyArn });
  }
  const inline = await call("iam", `List${kind}Policies`, named(holder));
  for (const PolicyName of (inline.members["PolicyNames"] ?? []) as readonly string[]) {
    await call("iam", `Delete${kind}Policy`, { ...named(holder), PolicyName });
  }
}

async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
