import { scopeOfArn } from "../../machine/arns.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import { type Caller, stepFunctionsFor } from "../../ports/caller.ts";
import { errors } from "../errors/errors.ts";
import type { ServiceContext } from "../operation.ts";
import type { MachineRole } from "./operation-access.ts";

/** *Documented*: logging with CloudWatch Logs, IAM policies: what a role needs so that logs are delivered. They have no resource. */
const deliveryActions = [
  "logs:CreateLogDelivery",
  "logs:GetLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:DescribeResourcePolicies",
  "logs:DescribeLogGroups",
];

/**
 * Refuses a role that the state machine could not act in: one that does not exist or does not trust Step Functions, and one that
 * may not deliver the logs that the machine is to write. *Observed*: both, with their words.
 */
export async function checkMachineRole(
  stateMachineArn: string,
  { roleArn, logs }: MachineRole,
  authorizer: Authorizer,
  { engine }: Pick<ServiceContext, "engine">,
): Promise<void> {
  if (roleArn !== undefined) {
    const decision = await authorizer.mayAct({
      caller: stepFunctionsFor(stateMachineArn),
      action: "sts:AssumeRole",
      resource: roleArn,
    });
    if (!decision.allowed) throw errors.roleNotTrusting();
  }
  if (!logs) return;
  const actingRole = roleArn ?? (await engine.directory.get(stateMachineArn))?.revision.roleArn;
  // The operation refuses a machine that is not there.
  if (actingRole === undefined) return;
  const caller: Caller = {
    ...scopeOfArn(stateMachineArn),
    principal: { type: "role", roleArn: actingRole, executionArn: stateMachineArn },
  };
  for (const action of deliveryActions) {
    const decision = await authorizer.mayAct({ caller, action, resource: "*" });
    if (!decision.allowed) throw errors.logDestinationDenied();
  }
}
