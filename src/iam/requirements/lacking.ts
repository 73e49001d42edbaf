import { decide } from "../policy/decide.ts";
import type { PolicySet } from "../policy/question.ts";
import type { Requirement } from "./requirement.ts";

/**
 * What a star of a requirement may come to: a text that no pattern has been written for, so that only a pattern with a star in
 * that place allows it.
 */
const whatever = "\u{10FFFD}whatever it will be\u{10FFFD}";

/** Those requirements of one role that its policies do not allow. */
export function lacking(
  requirements: readonly Requirement[],
  policies: PolicySet,
  roleArn?: string,
): readonly Requirement[] {
  return requirements.filter((requirement) => {
    if (requirement.roleArn !== roleArn) return false;
    const { action, resource, conditions = {} } = requirement;
    const context = new Map(
      Object.entries(conditions).map(([key, value]) => [key.toLowerCase(), value]),
    );
    const named = resource === "*" ? "*" : resource.replaceAll("*", whatever);
    return !decide({ principal: { arns: [] }, action, resource: named, context }, policies).allowed;
  });
}
