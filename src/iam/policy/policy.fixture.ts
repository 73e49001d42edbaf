import { parsePolicy } from "./parse-policy.ts";
import type { PolicyKind } from "./parse-context.ts";
import type { NamedPolicy, PolicyQuestion } from "./question.ts";

/** A policy of these statements; throws what is wrong with them. */
export function policyOf(
  statements: unknown,
  kind: PolicyKind = "identity",
  name = "p",
): NamedPolicy {
  const policy = parsePolicy(
    JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    kind,
  );
  if ("problem" in policy) throw new Error(policy.problem);
  return { name, policy };
}

export function questionOf(
  action: string,
  resource = "*",
  context: { readonly [key: string]: string | readonly string[] } = {},
): PolicyQuestion {
  return {
    principal: {
      arns: ["arn:aws:iam::123456789012:user/alice"],
      accountId: "123456789012",
    },
    action,
    resource,
    context: new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value])),
  };
}
