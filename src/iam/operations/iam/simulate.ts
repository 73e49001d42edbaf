import { policiesOfRole, policiesOfUser } from "../../authorizer/policies-of.ts";
import type { DirectoryView } from "../../directory/directory-view.ts";
import { parseIamArn } from "../../directory/iam-arns.ts";
import { decide } from "../../policy/decide.ts";
import { parsePolicy } from "../../policy/parse-policy.ts";
import type { NamedPolicy, PolicyDecision, PolicySet } from "../../policy/question.ts";
import { IamError, iamErrors } from "../iam-error.ts";
import { pageMembers, policyDocument } from "../iam-members.ts";
import { type InputOf, list, optionalText, required, structure } from "../members.ts";
import { type Answer, operation } from "../operation.ts";
import { pageOf, type PageInput } from "../paging.ts";

const arn = optionalText({ max: 2_048 });
const entry = {
  ContextKeyName: required(optionalText({ min: 5, max: 256 })),
  ContextKeyType: optionalText({ max: 20 }),
  ContextKeyValues: list(required(optionalText({ min: 0, max: 2_048 })), 100),
};

/** What both simulations have. Our choice: the bounds of the lists. */
const common = {
  ActionNames: list(required(optionalText({ min: 3, max: 128 })), 200),
  ResourceArns: list(required(arn), 100),
  ContextEntries: list(required<InputOf<typeof entry>>(structure(entry)), 100),
  PolicyInputList: list(required(policyDocument), 20),
  PermissionsBoundaryPolicyInputList: list(required(policyDocument), 1),
  ...pageMembers,
};
type Common = InputOf<typeof common>;

export const simulateOperations = {
  SimulateCustomPolicy: operation({
    input: { ...common, CallerArn: arn },
    access: () => ({ resource: "*" }),
    perform: (input) => simulated(input, withGiven({ identity: [] }, input), input.CallerArn ?? ""),
  }),

  SimulatePrincipalPolicy: operation({
    input: { ...common, PolicySourceArn: required(arn), CallerArn: arn },
    access: ({ PolicySourceArn }) => ({ resource: PolicySourceArn }),
    perform: (input, _, { view }) =>
      simulated(
        input,
        withGiven(policiesOf(view, input.PolicySourceArn), input),
        input.CallerArn ?? input.PolicySourceArn,
      ),
  }),
};

function policiesOf(view: DirectoryView, of: string): PolicySet {
  const user = view.byArn("user", of);
  if (user !== undefined) return policiesOfUser(view, user);
  const role = view.byArn("role", of);
  if (role !== undefined) return policiesOfRole(view, role);
  const { kind = "user", name = of } = parseIamArn(of) ?? {};
  throw iamErrors.noSuch(kind === "role" ? "role" : "user", name);
}

function withGiven(present: PolicySet, input: Common): PolicySet {
  const [boundary] = parsedOf(input.PermissionsBoundaryPolicyInputList, "boundary");
  return {
    ...present,
    identity: [...present.identity, ...parsedOf(input.PolicyInputList, "identity")],
    ...(boundary !== undefined && { boundary }),
  };
}

function parsedOf(texts: readonly string[], kind: "identity" | "boundary"): readonly NamedPolicy[] {
  return texts.map((text, index) => {
    const policy = parsePolicy(text, kind);
    // *Documented*: InvalidInput where it is malformed.
    if ("problem" in policy) throw new IamError("InvalidInput", policy.problem);
    return { name: `PolicyInputList.${index + 1}`, policy };
  });
}

function simulated(input: Common, policies: PolicySet, callerArn: string): Answer {
  const { ActionNames, ResourceArns, ContextEntries } = input;
  const resources = ResourceArns.length === 0 ? ["*"] : ResourceArns;
  const context = new Map(
    ContextEntries.map(({ ContextKeyName, ContextKeyType = "string", ContextKeyValues }) => [
      ContextKeyName.toLowerCase(),
      ContextKeyType.endsWith("List") ? ContextKeyValues : (ContextKeyValues[0] ?? ""),
    ]),
  );
  const principal = { arns: callerArn === "" ? [] : [callerArn] };
  const results = ActionNames.flatMap((action) =>
    resources.map((resource) => {
      const decision = decide({ principal, action, resource, context }, policies);
      return { action, resource, decision };
    }),
  );
  return pageOf(
    "EvaluationResults",
    results,
    { keyOf: ({ action, resource }) => `${action} ${resource}`, shown: shownResult },
    input as PageInput,
  );
}

function shownResult({
  action,
  resource,
  decision,
}: {
  readonly action: string;
  readonly resource: string;
  readonly decision: PolicyDecision;
}): Answer {
  const by = decision.allowed ? decision.by : decision.deniedBy;
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision.allowed
      ? "allowed"
      : decision.deniedBy === undefined
        ? "implicitDeny"
        : "explicitDeny",
    MatchedStatements:
      by === undefined ? [] : [{ SourcePolicyId: by, SourcePolicyType: "IAM Policy" }],
    MissingContextValues: [],
    ...(!decision.allowed &&
      decision.at === "boundary" && {
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      }),
  };
}
