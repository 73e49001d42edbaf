import { scopeOfArn } from "../machine/arns.ts";
import type { Caller, ServiceRolePrincipal } from "./caller.ts";

/** *Documented*: the services that become the roles of what starts executions. */
export const triggerServices = [
  "events.amazonaws.com",
  "scheduler.amazonaws.com",
  "pipes.amazonaws.com",
  "apigateway.amazonaws.com",
  "lambda.amazonaws.com",
] as const;

export type TriggerService = (typeof triggerServices)[number];

export function isTriggerService(service: string): service is TriggerService {
  return triggerServices.some((one) => one === service);
}

/** Which trigger of this server's own acts, in which role. Its source is `aws:SourceArn`, the source's account `aws:SourceAccount`. */
export interface ServiceRole extends Omit<ServiceRolePrincipal, "type"> {
  readonly service: TriggerService;
}

/**
 * Who a trigger is when it calls: what it calls is asked about as its role, which has to trust the service for this source. It calls
 * in the Region and the account of the source.
 */
export function asServiceRole({ service, roleArn, sourceArn }: ServiceRole): Caller {
  return {
    ...scopeOfArn(sourceArn),
    principal: { type: "serviceRole", service, roleArn, sourceArn },
  };
}

/** The service itself, for the question whether it may be a role (`sts:AssumeRole`), which a trigger asks where it is made. */
export function triggerService({ service, sourceArn }: Omit<ServiceRole, "roleArn">): Caller {
  return { ...scopeOfArn(sourceArn), principal: { type: "service", service, sourceArn } };
}
