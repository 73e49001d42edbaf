import type { MapRunOutcome } from "../../machine/map-run/map-run-settings.ts";
import { machineArnOfExecution } from "../../machine/arns.ts";
import {
  type Access,
  accessDenied,
  type Authorizer,
  everybodyMay,
} from "../../ports/authorizer.ts";
import { type RolePrincipal, taskCaller } from "../../ports/caller.ts";

/** Whether a Map Run may do to its children what it is about to; what comes back is how the run ends where it may not. */
export interface MapRunAccess {
  /** Asked once: every child is started on the same state machine. */
  start(): Promise<MapRunOutcome | undefined>;
  /** Begins a child again that failed. */
  redrive(executionArn: string): Promise<MapRunOutcome | undefined>;
}

const anything: MapRunAccess = {
  start: () => Promise.resolve(undefined),
  redrive: () => Promise.resolve(undefined),
};

/**
 * *Documented*: IAM policies for using Distributed Map states: the role of the state machine needs `states:StartExecution` on
 * its own machine, and `states:RedriveExecution` on the children. *Our choice*: the error, of which nothing was recorded, is the one of
 * a state whose role may not do what it says; describing and stopping children, which serves what was allowed, is not asked about.
 */
export function mapRunAccess(authorizer: Authorizer, role: RolePrincipal): MapRunAccess {
  if (authorizer === everybodyMay) return anything;
  const caller = taskCaller(role);

  async function refusal(access: Access): Promise<MapRunOutcome | undefined> {
    const asked = { ...access, caller };
    const decision = await authorizer.mayAct(asked);
    if (decision.allowed) return undefined;
    return { type: "failed", error: "States.Permissions", cause: accessDenied(asked, decision) };
  }

  let started: Promise<MapRunOutcome | undefined> | undefined;
  return {
    start: () =>
      (started ??= refusal({
        action: "states:StartExecution",
        resource: machineArnOfExecution(role.executionArn),
      })),
    redrive: (executionArn) =>
      refusal({ action: "states:RedriveExecution", resource: executionArn }),
  };
}
