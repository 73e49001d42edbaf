import { accessDenied, type Authorizer, everybodyMay } from "../../ports/authorizer.ts";
import { taskCaller } from "../../ports/caller.ts";
import { keyAccess } from "../../ports/customer-key-access.ts";
import { type CustomerKey, CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import { KeyUnavailable } from "../../ports/key-provider.ts";

/** An execution as far as its role is asked about. */
export interface ActingExecution {
  readonly executionArn: string;
  readonly roleArn: string;
}

/**
 * Why the role of an execution may not use its machine's key; `undefined`: it may. *Documented*: "Data at rest encryption": the role needs
 * both, on the key, for this state machine.
 */
export async function roleKeyRefusal(
  authorizer: Authorizer,
  key: CustomerKey,
  { executionArn, roleArn }: ActingExecution,
): Promise<CustomerKeyUnavailable | undefined> {
  if (authorizer === everybodyMay) return undefined;
  const caller = taskCaller({ type: "role", roleArn, executionArn });
  for (const action of ["kms:GenerateDataKey", "kms:Decrypt"] as const) {
    const asked = { ...keyAccess(action, key), caller };
    const decision = await authorizer.mayAct(asked);
    if (decision.allowed) continue;
    const reason = new KeyUnavailable("denied", accessDenied(asked, decision));
    return new CustomerKeyUnavailable(key.kmsKeyId, reason);
  }
  return undefined;
}
