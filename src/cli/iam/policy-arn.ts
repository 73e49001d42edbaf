import { CommandFailure } from "../errors.ts";
import { type IamClient, textIn } from "./iam-client.ts";

/** The ARN of a policy that is named by it, or by its name: of the account's own first, then of AWS's. */
export async function policyArnOf(client: IamClient, policy: string): Promise<string> {
  if (policy.startsWith("arn:")) return policy;
  const known = await client.list("ListPolicies", "Policies");
  const found = known.find(({ PolicyName }) => PolicyName === policy);
  if (found === undefined) throw new CommandFailure(`There is no policy '${policy}'.`);
  return textIn(found, "Arn");
}
