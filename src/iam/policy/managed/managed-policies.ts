import { iamPolicies } from "./iam.ts";
import { jobPolicies } from "./jobs.ts";
import type { ManagedPolicy, ManagedPolicyPage } from "./managed-policy.ts";
import { servicePolicies } from "./services.ts";
import { stepFunctionsPolicies } from "./step-functions.ts";

/** Those that are of use to workflows and to who runs them. */
const pages: { readonly [name: string]: ManagedPolicyPage } = {
  ...jobPolicies,
  ...stepFunctionsPolicies,
  ...iamPolicies,
  ...servicePolicies,
};

/** By ARN. */
export const managedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  Object.entries(pages).map(([name, { path = "/", description, statements }]) => {
    const arn = `arn:aws:iam::aws:policy${path}${name}`;
    return [
      arn,
      { name, path, arn, description, document: { Version: "2012-10-17", Statement: statements } },
    ];
  }),
);
