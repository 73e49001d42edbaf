import { machineArnOfExecution } from "../../machine/arns.ts";
import type { AccessRequest, Authorizer, Decision } from "../../ports/authorizer.ts";
import {
  isOfWorkflow,
  type RolePrincipal,
  type ServicePrincipal,
  type ServiceRolePrincipal,
  stepFunctionsService,
} from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import { isTriggerService } from "../../ports/service-role.ts";
import type { DirectoryView } from "../directory/directory-view.ts";
import type { IamDirectory } from "../directory/iam-directory.ts";
import type { RoleRecord } from "../directory/records.ts";
import { decide, decideResource, decideTrust } from "../policy/decide.ts";
import { policyOfRecord } from "../policy/parse-policy.ts";
import type { PolicyQuestion, ResourceDecision } from "../policy/question.ts";
import { type Asking, askingService, askingSession, askingUser } from "./asking.ts";
import { contextFacts } from "./context-facts.ts";
import { trustOf } from "./policies-of.ts";
import { refusal } from "./refusal.ts";
import { dependenceOf, dependsOnSourceOnly, Remembered } from "./remembered-decisions.ts";
import { externalId } from "./trusts-role.ts";
import { assumeRole, trustsService } from "./trusts-service.ts";

export interface AuthorizerOptions {
  readonly directory: IamDirectory;
  readonly clock: Clock;
  /** Whether tasks are asked about; `ignore`: a role may what it likes, and need not be known here. */
  readonly workflowRoles: "enforce" | "ignore";
  /** The tags of a resource of this server, by its ARN; asked for only where a policy speaks about them. */
  readonly resourceTags?: (
    arn: string,
  ) => Promise<{ readonly [key: string]: string } | undefined> | undefined;
  /** The policies that resources of this server have themselves; absent: none has one. */
  readonly resourcePolicies?: ResourcePolicies;
}

/** The policies of functions and event buses. */
export interface ResourcePolicies {
  /** Whether the resource is of a kind whose policy may allow something, or may also deny it. */
  kindOf(resource: string): "allows" | "denies" | undefined;
  /** The policy's text; `undefined`: it has none, or is not there. */
  read(resource: string): Promise<string | undefined>;
}

/** What a trust policy is asked beside identity policies. *Documented*: actions of STS on roles. */
const trusting = new Set([assumeRole, "sts:TagSession", "sts:SetSourceIdentity"]);

const gone: Decision = { allowed: false, because: "because the principal no longer exists" };
const unknownCaller: Decision = {
  allowed: false,
  because: "because this server does not know who the caller is",
};

/** Says who may do what by the policies of the directory. */
export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { directory, clock, workflowRoles, resourceTags, resourcePolicies } = options;

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
      case "serviceRole":
        return withView((view) => askForTrigger(request, view, principal));
      case "anonymous":
      case "accessKey":
      case "service":
        return unknownCaller;
    }
  }

  function mayAct(request: AccessRequest): Decision | Promise<Decision> {
    const { principal } = request.caller;
    if (workflowRoles === "ignore" && isOfWorkflow(principal)) {
      return { allowed: true, by: "workflow roles are not enforced" };
    }
    if (principal.type === "role") {
      return withView((view) => askForWorkflow(request, view, principal));
    }
    if (principal.type === "service" && isOwnService(principal)) {
      return withView((view) => askForService(request, view, principal));
    }
    return mayCall(request);
  }

  function withView(
    decided: (view: DirectoryView) => Decision | Promise<Decision>,
  ): Decision | Promise<Decision> {
    const view = directory.view();
    return view instanceof Promise ? view.then(decided) : decided(view);
  }

  /** The role of a task: it must exist, and trust who became it. */
  function askForWorkflow(
    request: AccessRequest,
    view: DirectoryView,
    principal: RolePrincipal,
  ): Decision | Promise<Decision> {
    const { roleArn, assumedBy = roleArn } = principal;
    const machineArn = machineArnOfExecution(principal.executionArn);
    const { role: first, decision } = trustingRole(view, assumedBy, {
      service: stepFunctionsService,
      sourceArn: machineArn,
    });
    if (first === undefined) return decision;
    const asFirst = askingService(first, assumedBy, view, principal);
    if (assumedBy === roleArn) return ask(request, view, asFirst);
    const second = view.byArn("role", roleArn);
    if (second === undefined) return noRole(roleArn);
    const conditions = { [externalId]: machineArn };
    const becoming = { ...request, action: assumeRole, resource: roleArn, conditions };
    const asSecond = (assumed: Decision): Decision | Promise<Decision> =>
      assumed.allowed
        ? ask(request, view, askingService(second, roleArn, view, principal))
        : assumed;
    const assumed = ask(becoming, view, asFirst);
    return assumed instanceof Promise ? assumed.then(asSecond) : asSecond(assumed);
  }

  /** The role of a trigger: it must exist, and trust the trigger's service for it. */
  function askForTrigger(
    request: AccessRequest,
    view: DirectoryView,
    principal: ServiceRolePrincipal,
  ): Decision | Promise<Decision> {
    const { roleArn } = principal;
    const { role, decision } = trustingRole(view, roleArn, principal);
    return role === undefined
      ? decision
      : ask(request, view, askingService(role, roleArn, view, principal));
  }

  /**
   * Whether a service may be a role for what it acts for: it must exist and trust it. What has a policy of its own may let the service itself do something
   * with it; nothing else is the service's to do.
   */
  function askForService(
    request: AccessRequest,
    view: DirectoryView,
    principal: ServicePrincipal,
  ): Decision | Promise<Decision> {
    const { action, resource } = request;
    if (action === assumeRole) return trustingRole(view, resource, principal).decision;
    if (resourcePolicies?.kindOf(resource) === undefined) return unknownCaller;
    const context = contextFacts(request, undefined, clock.now(), undefined);
    const named = { arns: [], service: principal.service };
    return bySomeResource({ principal: named, action, resource, context }, (said) =>
      said === "passed on" ? refusal({ allowed: false, at: "resource" }, request) : said,
    );
  }

  /** Decides by what the policy of a resource says; one without a policy says nothing. */
  async function bySomeResource(
    question: PolicyQuestion,
    decided: (said: ResourceDecision) => Decision,
  ): Promise<Decision> {
    const { action, resource } = question;
    const text = await resourcePolicies?.read(resource);
    if (text === undefined) return decided("passed on");
    const policy = policyOfRecord(text, "resource");
    const said = decideResource(question, { name: `policy of ${resource}`, policy });
    return said === "passed on" || said.allowed ? decided(said) : refusal(said, { action });
  }

  /** The role that a service wants to be. */
  function trustingRole(
    view: DirectoryView,
    roleArn: string,
    asking: Pick<ServicePrincipal, "service" | "sourceArn">,
  ): TrustingRole {
    const trusted = trustedIn(view);
    const key = `${roleArn} ${asking.service} ${asking.sourceArn}`;
    const known = trusted.get(key);
    if (known !== undefined) return known;
    const role = view.byArn("role", roleArn);
    if (role === undefined) return { decision: noRole(roleArn) };
    const trust = trustOf(role);
    const said = trustsService(trust, roleArn, asking, clock.now());
    const found: TrustingRole = said.allowed
      ? { role, decision: { allowed: true, by: said.by } }
      : { decision: notTrusted(roleArn, asking.service, said.deniedBy) };
    return dependsOnSourceOnly(trust) ? trusted.keep(key, found) : found;
  }

  function ask(
    request: AccessRequest,
    view: DirectoryView,
    asking: Asking | undefined,
  ): Decision | Promise<Decision> {
    if (asking === undefined) return gone;
    const own = askIdentity(request, view, asking);
    const kind = resourcePolicies?.kindOf(request.resource);
    if (kind === undefined) return own;
    const withResource = (decision: Decision): Decision | Promise<Decision> => {
      const isSettled = decision.allowed ? kind === "allows" : decision.by !== undefined;
      return isSettled ? decision : askResource(request, asking, decision);
    };
    return own instanceof Promise ? own.then(withResource) : withResource(own);
  }

  /**
   * *Documented*: within one account a resource's policy that allows it is enough, and one that denies it is, too. *Our choice*: what it allows is not beyond
   * a boundary or a session's policies.
   */
  function askResource(request: AccessRequest, asking: Asking, own: Decision): Promise<Decision> {
    const { action, resource } = request;
    const { facts, named } = asking.who();
    const { policies } = asking;
    const context = contextFacts(request, facts, clock.now(), undefined);
    const isBound = policies.boundary !== undefined || policies.session !== undefined;
    return bySomeResource({ principal: named, action, resource, context }, (said) =>
      own.allowed || isBound || said === "passed on" ? own : said,
    );
  }

  /** By the policies of whoever asks. */
  function askIdentity(
    request: AccessRequest,
    view: DirectoryView,
    asking: Asking,
  ): Decision | Promise<Decision> {
    const { action, resource } = request;
    const { onTags, decisions } = dependenceOf(asking.policies);
    if (decisions !== undefined && !trusting.has(action)) {
      const key = `${action} ${resource}`;
      return (
        decisions.get(key) ?? decisions.keep(key, judge(request, asking, undefined, undefined))
      );
    }
    const role = trusting.has(action) ? view.byArn("role", resource) : undefined;
    const tags = onTags ? resourceTags?.(resource) : undefined;
    if (tags === undefined) return judge(request, asking, role, undefined);
    return tags.then((found) => judge(request, asking, role, found));
  }

  function judge(
    request: AccessRequest,
    { who, policies }: Asking,
    role: RoleRecord | undefined,
    tags: { readonly [key: string]: string } | undefined,
  ): Decision {
    const { action, resource } = request;
    const { facts, named } = who();
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

/** Whether it is a service of this server's own, which may be asked about as itself. */
function isOwnService({ service }: ServicePrincipal): boolean {
  return service === stepFunctionsService || isTriggerService(service);
}

/** What a service is told that wants to be a role; `role` is there if it may. */
interface TrustingRole {
  readonly role?: RoleRecord;
  readonly decision: Decision;
}

/** By role, service and what the service acts for, where a trust policy depends on nothing else. */
function trustedIn({ derived }: DirectoryView): Remembered<TrustingRole> {
  const name = "roles that trust services";
  const known = derived.get(name) as Remembered<TrustingRole> | undefined;
  if (known !== undefined) return known;
  const made = new Remembered<TrustingRole>();
  derived.set(name, made);
  return made;
}

function noRole(roleArn: string): Decision {
  return { allowed: false, because: `because the role ${roleArn} does not exist` };
}

function notTrusted(roleArn: string, service: string, by: string | undefined): Decision {
  return {
    allowed: false,
    because: `because the role ${roleArn} does not trust ${service}`,
    ...(by !== undefined && { by }),
  };
}
