import { machineArnOfExecution } from "../../machine/arns.ts";
import type { AccessRequest, Authorizer, Decision } from "../../ports/authorizer.ts";
import {
  type AssumedRolePrincipal,
  type Principal,
  type RolePrincipal,
  type ServicePrincipal,
  stepFunctionsService,
  type UserPrincipal,
} from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DirectoryView } from "../directory/directory-view.ts";
import { sessionArn } from "../directory/iam-arns.ts";
import type { IamDirectory } from "../directory/iam-directory.ts";
import type { RoleRecord } from "../directory/records.ts";
import { decide, decideTrust } from "../policy/decide.ts";
import type { PolicyPrincipal, PolicySet } from "../policy/question.ts";
import { contextFacts, type PrincipalFacts } from "./context-facts.ts";
import { policiesOfRole, policiesOfUser, sessionPolicies, trustOf } from "./policies-of.ts";
import { refusal } from "./refusal.ts";
import { assumeRole, trustsWorkflows } from "./trusts-workflows.ts";

export interface AuthorizerOptions {
  readonly directory: IamDirectory;
  readonly clock: Clock;
  /** Whether tasks are asked about; `ignore`: a role may what it likes, and need not be known here. */
  readonly workflowRoles: "enforce" | "ignore";
  /** The tags of a resource of this server, by its ARN; asked for only where a policy speaks about them. */
  readonly resourceTags?: (
    arn: string,
  ) => Promise<{ readonly [key: string]: string } | undefined> | undefined;
}

/** Whoever asks, with all that is known of him. */
interface Asking {
  readonly facts: PrincipalFacts;
  readonly named: PolicyPrincipal;
  readonly policies: PolicySet;
}

/** *Documented*: a role of another account knows by it which state machine its caller acts for. */
const externalId = "sts:ExternalId";
/** What a trust policy is asked beside identity policies. *Documented*: actions of STS on roles. */
const trusting = new Set([assumeRole, "sts:TagSession", "sts:SetSourceIdentity"]);

const gone: Decision = { allowed: false, because: "because the principal no longer exists" };
const unknownCaller: Decision = {
  allowed: false,
  because: "because this server does not know who the caller is",
};

/** Says who may do what by the policies of the directory. */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { directory, clock, workflowRoles, resourceTags } = options;

  function mayCall(request: AccessRequest): Decision | Promise<Decision> {
    const { principal } = request.caller;
    switch (principal.type) {
      case "owner":
        return { allowed: true, by: "owner" };
      case "user":
        return withView((view) => ask(request, view, askingUser(view, principal)));
      case "assumedRole":
        return withView((view) => ask(request, view, askingSession(view, principal)));
      case "role":
        return mayAct(request);
      case "anonymous":
      case "accessKey":
      case "service":
        return unknownCaller;
    }
  }

  function mayAct(request: AccessRequest): Decision | Promise<Decision> {
    const { principal } = request.caller;
    if (principal.type !== "role" && !isStepFunctions(principal)) return mayCall(request);
    if (workflowRoles === "ignore") return { allowed: true, by: "workflow roles are not enforced" };
    return withView((view) =>
      principal.type === "role"
        ? askForWorkflow(request, view, principal)
        : askForMachine(request, view),
    );
  }

  function withView(
    decided: (view: DirectoryView) => Decision | Promise<Decision>,
  ): Decision | Promise<Decision> {
    const view = directory.view();
    return view instanceof Promise ? view.then(decided) : decided(view);
  }

  /** The role of a task: it must exist, and trust who became it. */
  async function askForWorkflow(
    request: AccessRequest,
    view: DirectoryView,
    principal: RolePrincipal,
  ): Promise<Decision> {
    const { roleArn, assumedBy = roleArn } = principal;
    const first = view.byArn("role", assumedBy);
    if (first === undefined) return noRole(assumedBy);
    const machineArn = machineArnOfExecution(principal.executionArn);
    const trusted = trustsWorkflows(trustOf(first), assumedBy, machineArn, clock.now());
    if (!trusted.allowed) return notTrusted(assumedBy, trusted.deniedBy);
    if (assumedBy === roleArn)
      return ask(request, view, askingTask(first, assumedBy, view, principal));
    const second = view.byArn("role", roleArn);
    if (second === undefined) return noRole(roleArn);
    const asking = askingTask(first, assumedBy, view, principal);
    const conditions = { [externalId]: machineArn };
    const becoming = { ...request, action: assumeRole, resource: roleArn, conditions };
    const assumed = await ask(becoming, view, asking);
    if (!assumed.allowed) return assumed;
    return ask(request, view, askingTask(second, roleArn, view, principal));
  }

  /** Whether Step Functions may be a role for a state machine: it must exist and trust it. Nothing else is its to do. */
  function askForMachine(
    { caller, action, resource }: AccessRequest,
    view: DirectoryView,
  ): Decision {
    const { principal } = caller;
    if (action !== assumeRole || principal.type !== "service") return unknownCaller;
    const role = view.byArn("role", resource);
    if (role === undefined) return noRole(resource);
    const trusted = trustsWorkflows(trustOf(role), resource, principal.sourceArn, clock.now());
    return trusted.allowed
      ? { allowed: true, by: trusted.by }
      : notTrusted(resource, trusted.deniedBy);
  }

  function ask(
    request: AccessRequest,
    view: DirectoryView,
    asking: Asking | undefined,
  ): Decision | Promise<Decision> {
    if (asking === undefined) return gone;
    const role = trusting.has(request.action) ? view.byArn("role", request.resource) : undefined;
    const tags = asksForTags(asking.policies) ? resourceTags?.(request.resource) : undefined;
    if (tags === undefined) return judge(request, asking, role, undefined);
    return tags.then((found) => judge(request, asking, role, found));
  }

  function judge(
    request: AccessRequest,
    { facts, named, policies }: Asking,
    role: RoleRecord | undefined,
    tags: { readonly [key: string]: string } | undefined,
  ): Decision {
    const { action, resource } = request;
    const context = contextFacts(request, facts, clock.now(), tags);
    const question = { principal: named, action, resource, context };
    const own = decide(question, policies);
    if (!trusting.has(action)) return own.allowed ? own : refusal(own, request);
    if (role === undefined) return own.allowed ? noRole(resource) : refusal(own, request);
    const trusted = decideTrust(question, trustOf(role));
    if (!trusted.allowed) return refusal(trusted, request);
    if (own.allowed) return own;
    // *Documented*: a trust policy that names whoever asks allows it by itself, within one account. *Our choice*: not beyond a
    // boundary or a session's policies.
    const isEnough =
      own.at === "identity" && own.deniedBy === undefined && trusted.names === "principal";
    if (!isEnough || policies.boundary !== undefined || policies.session !== undefined) {
      return refusal(own, request);
    }
    return { allowed: true, by: trusted.by };
  }

  return { mayCall, mayAct };
}

function isStepFunctions(principal: Principal): principal is ServicePrincipal {
  return principal.type === "service" && principal.service === stepFunctionsService;
}

/** Whether a decision may depend on the tags of the resource. */
function asksForTags({ identity, boundary, session = [] }: PolicySet): boolean {
  const all = [...identity, ...(boundary === undefined ? [] : [boundary]), ...session];
  return all.some(({ policy }) =>
    [...policy.conditionKeys].some((key) => key.startsWith("aws:resourcetag/")),
  );
}

function askingUser(view: DirectoryView, principal: UserPrincipal): Asking | undefined {
  const user = view.byArn("user", principal.userArn);
  if (user === undefined || user.id !== principal.userId) return undefined;
  return {
    facts: {
      arn: principal.userArn,
      userId: user.id,
      type: "User",
      userName: user.name,
      tags: user.tags,
    },
    named: { arns: [principal.userArn], accountId: view.account.accountId },
    policies: policiesOfUser(view, user),
  };
}

function askingSession(view: DirectoryView, principal: AssumedRolePrincipal): Asking | undefined {
  const { roleArn, roleId, sessionName, issuedAt } = principal;
  const role = view.byArn("role", roleArn);
  if (role === undefined || role.id !== roleId) return undefined;
  const own = policiesOfRole(view, role);
  const texts = principal.sessionPolicies;
  return {
    facts: {
      arn: roleArn,
      userId: `${roleId}:${sessionName}`,
      type: "AssumedRole",
      tags: { ...role.tags, ...principal.sessionTags },
      issuedAt,
    },
    named: {
      arns: [sessionArn(view.account, role.name, sessionName), roleArn],
      accountId: view.account.accountId,
    },
    policies: texts === undefined ? own : { ...own, session: sessionPolicies(texts) },
  };
}

function askingTask(
  role: RoleRecord,
  roleArn: string,
  view: DirectoryView,
  { executionArn }: RolePrincipal,
): Asking {
  // Our choice: the session of a task has the execution's name.
  const sessionName = executionArn.slice(executionArn.lastIndexOf(":") + 1).slice(0, 64);
  return {
    facts: {
      arn: roleArn,
      userId: `${role.id}:${sessionName}`,
      type: "AssumedRole",
      tags: role.tags,
    },
    named: {
      arns: [sessionArn(view.account, role.name, sessionName), roleArn],
      accountId: view.account.accountId,
    },
    policies: policiesOfRole(view, role),
  };
}

function noRole(roleArn: string): Decision {
  return { allowed: false, because: `because the role ${roleArn} does not exist` };
}

function notTrusted(roleArn: string, by: string | undefined): Decision {
  return {
    allowed: false,
    because: `because the role ${roleArn} does not trust ${stepFunctionsService}`,
    ...(by !== undefined && { by }),
  };
}
