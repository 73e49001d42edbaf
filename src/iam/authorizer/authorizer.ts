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
import { decide, decideTrust } from "../policy/decide.ts";
import type { PolicySet } from "../policy/question.ts";
import { type Asking, askingService, askingSession, askingUser } from "./asking.ts";
import { contextFacts } from "./context-facts.ts";
import { trustOf } from "./policies-of.ts";
import { refusal } from "./refusal.ts";
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
  async function askForWorkflow(
    request: AccessRequest,
    view: DirectoryView,
    principal: RolePrincipal,
  ): Promise<Decision> {
    const { roleArn, assumedBy = roleArn } = principal;
    const first = view.byArn("role", assumedBy);
    if (first === undefined) return noRole(assumedBy);
    const machineArn = machineArnOfExecution(principal.executionArn);
    const trusted = trustOfService(first, assumedBy, {
      service: stepFunctionsService,
      sourceArn: machineArn,
    });
    if (!trusted.allowed) return trusted;
    if (assumedBy === roleArn)
      return ask(request, view, askingService(first, assumedBy, view, principal));
    const second = view.byArn("role", roleArn);
    if (second === undefined) return noRole(roleArn);
    const asking = askingService(first, assumedBy, view, principal);
    const conditions = { [externalId]: machineArn };
    const becoming = { ...request, action: assumeRole, resource: roleArn, conditions };
    const assumed = await ask(becoming, view, asking);
    if (!assumed.allowed) return assumed;
    return ask(request, view, askingService(second, roleArn, view, principal));
  }

  /** The role of a trigger: it must exist, and trust the trigger's service for it. */
  function askForTrigger(
    request: AccessRequest,
    view: DirectoryView,
    principal: ServiceRolePrincipal,
  ): Decision | Promise<Decision> {
    const { roleArn } = principal;
    const role = view.byArn("role", roleArn);
    if (role === undefined) return noRole(roleArn);
    const trusted = trustOfService(role, roleArn, principal);
    return trusted.allowed
      ? ask(request, view, askingService(role, roleArn, view, principal))
      : trusted;
  }

  /** Whether a service may be a role for what it acts for: it must exist and trust it. Nothing else is the service's to do. */
  function askForService(
    { action, resource }: AccessRequest,
    view: DirectoryView,
    principal: ServicePrincipal,
  ): Decision {
    if (action !== assumeRole) return unknownCaller;
    const role = view.byArn("role", resource);
    return role === undefined ? noRole(resource) : trustOfService(role, resource, principal);
  }

  function trustOfService(
    role: RoleRecord,
    roleArn: string,
    principal: Pick<ServicePrincipal, "service" | "sourceArn">,
  ): Decision {
    const trusted = trustsService(trustOf(role), roleArn, principal, clock.now());
    return trusted.allowed
      ? { allowed: true, by: trusted.by }
      : notTrusted(roleArn, principal.service, trusted.deniedBy);
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

/** Whether it is a service of this server's own, which may be asked about as itself. */
function isOwnService({ service }: ServicePrincipal): boolean {
  return service === stepFunctionsService || isTriggerService(service);
}

/** Whether a decision may depend on the tags of the resource. */
function asksForTags({ identity, boundary, session = [] }: PolicySet): boolean {
  const all = [...identity, ...(boundary === undefined ? [] : [boundary]), ...session];
  return all.some(({ policy }) =>
    [...policy.conditionKeys].some((key) => key.startsWith("aws:resourcetag/")),
  );
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
