import { parseIamArn } from "../directory/iam-arns.ts";
import type { Requirement } from "./requirement.ts";

/**
 * The roles of `Credentials` that what is required names, as far as they are of this account and known before the workflow runs.
 * What a role of another account may is that account's to say.
 */
export function credentialsRoles(
  requirements: readonly Requirement[],
  accountId: string,
): readonly string[] {
  const named = requirements.flatMap(({ roleArn }) => roleArn ?? []);
  return [...new Set(named)].filter(
    (roleArn) => !roleArn.includes("*") && parseIamArn(roleArn)?.accountId === accountId,
  );
}
