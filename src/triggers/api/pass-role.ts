import type { Access } from "../../ports/authorizer.ts";
import type { TriggerService } from "../../ports/service-role.ts";

/** Who makes a trigger with a role must be allowed to give the role to its service. *Documented*. */
export function passingRole(
  roleArn: string | undefined,
  service: TriggerService,
): readonly Access[] {
  if (roleArn === undefined) return [];
  const conditions = { "iam:PassedToService": service };
  return [{ action: "iam:PassRole", resource: roleArn, conditions }];
}
