import { scopeOfArn } from "../../machine/arns.ts";
import { type Caller, type ServicePrincipal, stepFunctionsService } from "../../ports/caller.ts";
import { decideTrust } from "../policy/decide.ts";
import type { NamedPolicy, TrustDecision } from "../policy/question.ts";
import { contextFacts } from "./context-facts.ts";

export const assumeRole = "sts:AssumeRole";

/**
 * Whether a role lets a service be it for what the service acts for. *Observed* for Step Functions: the role may trust the service
 * everywhere, or in the Region of the machine.
 */
export function trustsService(
  trust: NamedPolicy,
  roleArn: string,
  { service, sourceArn }: Pick<ServicePrincipal, "service" | "sourceArn">,
  now: number,
): TrustDecision {
  const scope = scopeOfArn(sourceArn);
  const caller: Caller = { ...scope, principal: { type: "service", service, sourceArn } };
  const asked = { caller, action: assumeRole, resource: roleArn };
  const context = contextFacts(asked, undefined, now, undefined);
  const as = (name: string): TrustDecision =>
    decideTrust({ ...asked, principal: { arns: [], service: name }, context }, trust);
  const everywhere = as(service);
  if (service !== stepFunctionsService) return everywhere;
  const here = as(`states.${scope.region}.amazonaws.com`);
  const denied = [everywhere, here].find((one) => !one.allowed && one.deniedBy !== undefined);
  return denied ?? (everywhere.allowed ? everywhere : here);
}

/** Whether a role lets Step Functions be it for a state machine. */
export function trustsWorkflows(
  trust: NamedPolicy,
  roleArn: string,
  stateMachineArn: string,
  now: number,
): TrustDecision {
  const asked = { service: stepFunctionsService, sourceArn: stateMachineArn };
  return trustsService(trust, roleArn, asked, now);
}
