import { stepFunctionsFor, stepFunctionsService } from "../../ports/caller.ts";
import { decideTrust } from "../policy/decide.ts";
import type { NamedPolicy, TrustDecision } from "../policy/question.ts";
import { contextFacts } from "./context-facts.ts";

export const assumeRole = "sts:AssumeRole";

/**
 * Whether a role lets Step Functions be it for a state machine. *Observed*: it may trust the service everywhere, or in the Region of
 * the machine.
 */
export function trustsWorkflows(
  trust: NamedPolicy,
  roleArn: string,
  machineArn: string,
  now: number,
): TrustDecision {
  const caller = stepFunctionsFor(machineArn);
  const asked = { caller, action: assumeRole, resource: roleArn };
  const context = contextFacts(asked, undefined, now, undefined);
  const as = (service: string): TrustDecision =>
    decideTrust({ ...asked, principal: { arns: [], service }, context }, trust);
  const everywhere = as(stepFunctionsService);
  const here = as(`states.${caller.region}.amazonaws.com`);
  const denied = [everywhere, here].find((one) => !one.allowed && one.deniedBy !== undefined);
  return denied ?? (everywhere.allowed ? everywhere : here);
}
