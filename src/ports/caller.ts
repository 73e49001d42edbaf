import { type ArnScope, scopeOfArn } from "../machine/arns.ts";
import type { TaskRequest } from "./task-handler.ts";

/** Who calls, and where: Region and account are those that the call is about. */
export interface Caller extends ArnScope {
  readonly principal: Principal;
  /** Absent for what no request has caused. */
  readonly from?: CallOrigin;
}

/** Where a request came from, as conditions of policies and the audit log have it. */
export interface CallOrigin {
  /** `aws:SourceIp`: the address that the connection is from. */
  readonly sourceIp: string;
  /** `aws:SecureTransport`. */
  readonly isSecure: boolean;
  readonly userAgent?: string;
}

export type Principal =
  /** A request without a signature, where that is taken. */
  | { readonly type: "anonymous" }
  /** A request that names this key as the one it is signed with, where signatures are not verified: it may be anybody's. */
  | { readonly type: "accessKey"; readonly accessKeyId: string }
  | UserPrincipal
  | AssumedRolePrincipal
  | RolePrincipal
  | ServicePrincipal
  | ServiceRolePrincipal
  /** Whoever runs this process: the command line, the examples. */
  | { readonly type: "owner" };

/** A user of this account's IAM, whose signature or password was verified. */
export interface UserPrincipal {
  readonly type: "user";
  /** `arn:aws:iam::123456789012:user/alice`. */
  readonly userArn: string;
  /** `AIDA…`. */
  readonly userId: string;
  /** Absent for a person at the console, who has signed in with a password. */
  readonly accessKeyId?: string;
  /** When the session began whose key it is (`GetSessionToken`), `aws:TokenIssueTime`. Absent: it is a key of the user. */
  readonly issuedAt?: number;
}

/** A session of a role: somebody who assumed it, or a person who was signed in to the console and whose group has it. */
export interface AssumedRolePrincipal {
  readonly type: "assumedRole";
  readonly roleArn: string;
  /** `AROA…`. */
  readonly roleId: string;
  readonly sessionName: string;
  /** When the session began; `aws:TokenIssueTime`. */
  readonly issuedAt: number;
  /** JSON texts of the session's policies, which leave of the role's rights what they allow too. */
  readonly sessionPolicies?: readonly string[];
  readonly sessionTags?: { readonly [key: string]: string };
  /** Those of the session's tags that go on to a session which it begins. */
  readonly transitiveTagKeys?: readonly string[];
  /** `aws:SourceIdentity`: goes on to every session which it begins. */
  readonly sourceIdentity?: string;
  /** Absent for a person at the console. */
  readonly accessKeyId?: string;
  /** Whoever assumed it, by ARN: on whose behalf the session acts. */
  readonly assumedBy?: string;
}

/** A service that acts for a resource of this account: a trigger of this server's own, or Step Functions for a state machine. */
export interface ServicePrincipal {
  readonly type: "service";
  /** `events.amazonaws.com`. */
  readonly service: string;
  /** The rule, the schedule or the state machine, `aws:SourceArn`. */
  readonly sourceArn: string;
}

/** A trigger of this server's own, in the role that it names and that its service has become. */
export interface ServiceRolePrincipal {
  readonly type: "serviceRole";
  /** `events.amazonaws.com`. */
  readonly service: string;
  readonly roleArn: string;
  /** The rule, the schedule, the pipe or the route. */
  readonly sourceArn: string;
}

/** *Documented*: the service that becomes the roles of workflows. */
export const stepFunctionsService = "states.amazonaws.com";

/** Whether it is a workflow that asks: a task, or Step Functions for a state machine. */
export function isOfWorkflow(principal: Principal): boolean {
  return (
    principal.type === "role" ||
    (principal.type === "service" && principal.service === stepFunctionsService)
  );
}

/** Step Functions, as it acts for a state machine before one of its executions does. */
export function stepFunctionsFor(stateMachineArn: string): Caller {
  const principal: ServicePrincipal = {
    type: "service",
    service: stepFunctionsService,
    sourceArn: stateMachineArn,
  };
  return { ...scopeOfArn(stateMachineArn), principal };
}

/** A task of an execution, in the role of its state machine or of its `Credentials`. */
export interface RolePrincipal {
  readonly type: "role";
  readonly roleArn: string;
  /** The role of the state machine, where {@link roleArn} is that of `Credentials`, which it assumed. */
  readonly assumedBy?: string;
  /** Or the state machine's, for what its role is asked about when the machine is made. */
  readonly executionArn: string;
}

/** Who a task is when it calls. */
export function taskPrincipal(
  task: Pick<TaskRequest, "roleArn" | "credentialsRoleArn" | "executionArn">,
): RolePrincipal {
  const { roleArn, credentialsRoleArn = roleArn, executionArn } = task;
  return {
    type: "role",
    roleArn: credentialsRoleArn,
    ...(credentialsRoleArn !== roleArn && { assumedBy: roleArn }),
    executionArn,
  };
}

/** A task calls in the Region and the account of its execution. */
export function taskCaller(principal: RolePrincipal): Caller {
  return { ...scopeOfArn(principal.executionArn), principal };
}

/** Documented: IAM, names of sessions. */
const longestSessionName = 64;

/**
 * The caller as AWS's refusals name it: `arn:aws:sts::123456789012:assumed-role/Orders/…`.
 *
 * *Our choice*: a key, whose user nobody here knows, is named like a user, and who has no name at all is `anonymous`.
 */
export function userArn({ partition, accountId, principal }: Caller): string {
  switch (principal.type) {
    case "accessKey":
      return `arn:${partition}:iam::${accountId}:user/${principal.accessKeyId}`;
    case "user":
      return principal.userArn;
    case "assumedRole":
      return sessionArn(principal.roleArn, principal.sessionName) ?? "anonymous";
    case "service":
      return principal.service;
    case "owner":
      return `arn:${partition}:iam::${accountId}:root`;
    case "anonymous":
      return "anonymous";
    case "role":
    case "serviceRole":
      return sessionArn(principal.roleArn, sessionNameOf(principal)) ?? "anonymous";
  }
}

/**
 * What the session of a role is called that a service has become. *Observed*: it has a random name; *our choice*: the execution's,
 * or the trigger's.
 */
export function sessionNameOf(principal: RolePrincipal | ServiceRolePrincipal): string {
  const arn = principal.type === "role" ? principal.executionArn : principal.sourceArn;
  return arn
    .slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1)
    .slice(0, longestSessionName);
}

/** `arn:aws:sts::123456789012:assumed-role/Orders/alice`: a role's path is not in it. */
function sessionArn(roleArn: string, sessionName: string): string | undefined {
  const [, of, account] = /^arn:([^:]+):iam::(\d+):role\//.exec(roleArn) ?? [];
  if (of === undefined || account === undefined) return undefined;
  const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  return `arn:${of}:sts::${account}:assumed-role/${name}/${sessionName}`;
}
