import { type ArnScope, scopeOfArn } from "../machine/arns.ts";
import type { TaskRequest } from "./task-handler.ts";

/** Who calls, and where: Region and account are those that the call is about. */
export interface Caller extends ArnScope {
  readonly principal: Principal;
}

export type Principal =
  /** A request without a signature. */
  | { readonly type: "anonymous" }
  /** A request that names this key as the one it is signed with. Signatures are not verified: it may be anybody's. */
  | { readonly type: "accessKey"; readonly accessKeyId: string }
  | RolePrincipal
  /** Whoever runs this process: the command line, the examples. */
  | { readonly type: "owner" };

/** A task of an execution, in the role of its state machine or of its `Credentials`. */
export interface RolePrincipal {
  readonly type: "role";
  readonly roleArn: string;
  readonly executionArn: string;
}

/** Who a task is when it calls. */
export function taskPrincipal(
  task: Pick<TaskRequest, "roleArn" | "credentialsRoleArn" | "executionArn">,
): RolePrincipal {
  const { roleArn, credentialsRoleArn = roleArn, executionArn } = task;
  return { type: "role", roleArn: credentialsRoleArn, executionArn };
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
 * *Observed* for roles, whose session has a random name; *our choice*: the execution's. *Our choice*: a key, whose user
 * nobody here knows, is named like a user, and who has no name at all is `anonymous`.
 */
export function userArn({ partition, accountId, principal }: Caller): string {
  switch (principal.type) {
    case "accessKey":
      return `arn:${partition}:iam::${accountId}:user/${principal.accessKeyId}`;
    case "owner":
      return `arn:${partition}:iam::${accountId}:root`;
    case "anonymous":
      return "anonymous";
    case "role": {
      const { roleArn, executionArn } = principal;
      const [, of, account] = /^arn:([^:]+):iam::(\d+):role\//.exec(roleArn) ?? [];
      if (of === undefined || account === undefined) return "anonymous";
      const name = roleArn.slice(roleArn.lastIndexOf("/") + 1);
      const session = executionArn.slice(executionArn.lastIndexOf(":") + 1);
      return `arn:${of}:sts::${account}:assumed-role/${name}/${session.slice(0, longestSessionName)}`;
    }
  }
}
