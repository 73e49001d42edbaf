import { parseDefinition } from "../../asl/parse-definition.ts";
import type { JsonValue } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { policiesOfRole, trustOf } from "../../iam/authorizer/policies-of.ts";
import { trustsWorkflows } from "../../iam/authorizer/trusts-service.ts";
import type { IamDirectory } from "../../iam/directory/iam-directory.ts";
import { credentialsRoles } from "../../iam/requirements/credentials-roles.ts";
import { lacking } from "../../iam/requirements/lacking.ts";
import { leastPolicy } from "../../iam/requirements/least-policy.ts";
import type { MachineContext, Requirement } from "../../iam/requirements/requirement.ts";
import { requirementsOf } from "../../iam/requirements/requirements-of.ts";
import { type ArnScope, stateMachineArn } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import { parseArn } from "../../service/arns.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { PermissionView } from "../view-types.ts";
import { Members } from "./try/members.ts";

/** The roles of workflows, as far as they are known here. */
export interface WorkflowRoles {
  readonly directory: Pick<IamDirectory, "view">;
  /** Whether tasks fail that their role does not allow. */
  readonly isEnforced: boolean;
}

export interface PermissionDeskParts {
  readonly access: Pick<ConsoleAccess, "may">;
  readonly scope: ArnScope;
  readonly clock: Pick<Clock, "now">;
  /** Absent: nobody here knows roles. */
  readonly roles: WorkflowRoles | undefined;
}

/** Documented: quotas, the size of a definition. */
const mostCharacters = 1_048_576;

const known = ["definition", "roleArn", "stateMachineArn", "name", "type", "logs", "traces"];

/** Says what a definition needs that its role may not do: the same that `stepwell iam simulate` says. */
export class PermissionDesk {
  readonly #parts: PermissionDeskParts;

  constructor(parts: PermissionDeskParts) {
    this.#parts = parts;
  }

  /** Asked for as IAM's own simulation of the role's policies is. Rejects as the API does for what is no {@link PermissionRequest}. */
  async missing(body: unknown, request: RequestContext): Promise<PermissionView> {
    const { access, roles, clock } = this.#parts;
    const asked = new Members(body, "A question for permissions", known);
    const roleArn = asked.requiredText("roleArn");
    await access.may("iam:SimulatePrincipalPolicy", roleArn, request);
    const { context, requirements } = this.#needs(asked, request);
    const isEnforced = roles?.isEnforced ?? false;
    const view = await roles?.directory.view();
    const role = view?.byArn("role", roleArn);
    if (view === undefined || role === undefined) {
      return { role: isEnforced ? "noRole" : "unknown", isEnforced, missing: [] };
    }
    const trusted = trustsWorkflows(trustOf(role), roleArn, context.stateMachineArn, clock.now());
    // Of a role of `Credentials` that is not here nothing is known: it may be of another account.
    const assumed = credentialsRoles(requirements, view.account.accountId).flatMap((assumedArn) => {
      const found = view.byArn("role", assumedArn);
      return found === undefined
        ? []
        : lacking(requirements, policiesOfRole(view, found), assumedArn);
    });
    const lacks = [...lacking(requirements, policiesOfRole(view, role)), ...assumed];
    const policy = leastPolicy(lacks);
    return {
      role: trusted.allowed ? "known" : "notTrusted",
      isEnforced,
      missing: lacks.map(({ action, resource, location, roleArn: by }) => ({
        action,
        resource,
        ...(by !== undefined && { roleArn: by }),
        ...(location !== undefined && { location }),
      })),
      ...(policy && { policy: JSON.stringify(policy, undefined, 2) }),
    };
  }

  #needs(
    asked: Members,
    { caller }: Pick<RequestContext, "caller">,
  ): { readonly context: MachineContext; readonly requirements: readonly Requirement[] } {
    const given = asked.text("stateMachineArn");
    if (given !== undefined) parseArn(given, "stateMachine");
    const context: MachineContext = {
      stateMachineArn:
        given ?? stateMachineArn(caller ?? this.#parts.scope, asked.text("name") ?? "workflow"),
      logs: asked.flag("logs") ?? false,
      traces: asked.flag("traces") ?? false,
    };
    const type = asked.oneOf("type", ["STANDARD", "EXPRESS"]) ?? "STANDARD";
    const definition = soundDefinition(asked.requiredText("definition"), type);
    return {
      context,
      requirements: definition === undefined ? [] : requirementsOf(definition, context),
    };
  }
}

/** `undefined` for one with errors: nobody can say yet what it needs. */
function soundDefinition(text: string, type: "STANDARD" | "EXPRESS"): JsonValue | undefined {
  if (text.length > mostCharacters) {
    throw errors.validation(`definition must have at most ${mostCharacters} characters.`);
  }
  const { diagnostics } = parseDefinition(text, { type });
  return diagnostics.some(({ severity }) => severity === "ERROR") ? undefined : parseJson(text);
}
