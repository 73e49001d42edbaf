import { scopeOfArn } from "../../machine/arns.ts";
import { taskCaller } from "../../ports/caller.ts";
import { decideTrust } from "../policy/decide.ts";
import type { NamedPolicy, TrustDecision } from "../policy/question.ts";
import { contextFacts } from "./context-facts.ts";
import { assumeRole } from "./trusts-service.ts";

/** *Documented*: a role of another account knows by it which state machine its caller acts for. */
export const externalId = "sts:ExternalId";

/** Whether a role of `Credentials` lets the role of a state machine be it. Of the caller's session nothing is known yet but its role. */
export function trustsMachineRole(
  trust: NamedPolicy,
  credentialsRoleArn: string,
  machine: { readonly roleArn: string; readonly stateMachineArn: string },
  now: number,
): TrustDecision {
  const { roleArn, stateMachineArn } = machine;
  const asked = {
    caller: taskCaller({ type: "role", roleArn, executionArn: stateMachineArn }),
    action: assumeRole,
    resource: credentialsRoleArn,
    conditions: { [externalId]: stateMachineArn },
  };
  const facts = { arn: roleArn, userId: "", type: "AssumedRole", tags: {} } as const;
  const { accountId } = scopeOfArn(roleArn);
  const principal = { arns: [roleArn], accountId };
  return decideTrust(
    { ...asked, principal, context: contextFacts(asked, facts, now, undefined) },
    trust,
  );
}
