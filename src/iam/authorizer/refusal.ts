import type { AccessRequest, Decision } from "../../ports/authorizer.ts";
import type { Refused } from "../policy/question.ts";

const kinds = {
  identity: "an identity-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  trust: "a resource-based policy",
  resource: "a resource-based policy",
} as const;

const none = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  trust: "resource-based policy",
  resource: "resource-based policy",
} as const;

/** How AWS ends a refusal. *Documented*: IAM, "Troubleshoot access denied error messages". */
export function refusal(
  { at, deniedBy }: Refused,
  { action }: Pick<AccessRequest, "action">,
): Decision {
  if (deniedBy !== undefined) {
    return { allowed: false, because: `with an explicit deny in ${kinds[at]}`, by: deniedBy };
  }
  return { allowed: false, because: `because no ${none[at]} allows the ${action} action` };
}
