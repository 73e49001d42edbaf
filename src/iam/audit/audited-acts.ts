import {
  accessDenied,
  type AccessRequest,
  type Authorizer,
  type Decision,
  everybodyMay,
} from "../../ports/authorizer.ts";
import type { AuditTrail } from "../../ports/audit-trail.ts";

/**
 * The authorizer, of which each denied call of a task is written down; what is allowed is the other service's to write down, and
 * calls of this engine's own API are written down there.
 */
export function auditedActs(authorizer: Authorizer, trail: AuditTrail | undefined): Authorizer {
  if (trail === undefined || authorizer === everybodyMay) return authorizer;

  async function decided(asked: AccessRequest, deciding: Promise<Decision>): Promise<Decision> {
    const decision = await deciding;
    if (!decision.allowed) await trail?.record(deniedCall(asked, decision));
    return decision;
  }

  return {
    mayCall: (asked) => authorizer.mayCall(asked),
    mayAct(asked) {
      const decision = authorizer.mayAct(asked);
      if (!(decision instanceof Promise) && decision.allowed) return decision;
      return decided(asked, Promise.resolve(decision));
    },
  };
}

function deniedCall(asked: AccessRequest, decision: Decision & { readonly allowed: false }) {
  const { caller, action } = asked;
  const [service = "", name = action] = action.split(":");
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    caller,
    isReadOnly: false,
    decisions: [{ access: asked, decision }],
    error: { code: "AccessDenied", message: accessDenied(asked, decision) },
  };
}
