import { type Caller, userArn } from "./caller.ts";

/** What IAM calls one access: an action on a resource, and what a policy's conditions may ask about. */
export interface Access {
  /** `states:StartExecution`. */
  readonly action: string;
  /** An ARN as the caller gave it, checked for nothing; `*` where IAM knows no resource, or the caller named none. */
  readonly resource: string;
  /** By IAM's condition keys: `states:StateMachineQualifier`, `iam:PassedToService`. */
  readonly conditions?: Conditions;
}

export type Conditions = { readonly [key: string]: string | readonly string[] };

export interface AccessRequest extends Access {
  readonly caller: Caller;
}

export type Decision =
  /** `by` names the statement that allows it, for the audit log: `Orders/StartOnly[0]`. */
  | { readonly allowed: true; readonly by?: string }
  /**
   * `because` is the end of the refusal, in AWS's words; absent: that no policy allows the action. `by` names the statement that
   * denies it; absent: none does, and none allows it.
   */
  | { readonly allowed: false; readonly because?: string; readonly by?: string };

/**
 * Says who may do what. Asked before anything is done; one that throws has not allowed it.
 *
 * A task that calls this engine's own API is asked about once, by the API: {@link mayCall} with its role as the caller.
 */
export interface Authorizer {
  /** Whether an operation of the API may be called. One operation may need several accesses, each is asked for. */
  mayCall(request: AccessRequest): Decision | Promise<Decision>;
  /**
   * Whether the role of a workflow may call another service. The caller is a role; or it is Step Functions itself, which asks
   * whether it may be a role for a state machine (`sts:AssumeRole`).
   */
  mayAct(request: AccessRequest): Decision | Promise<Decision>;
}

const allowed: Decision = { allowed: true };

/** What holds unless somebody says otherwise. It is known by name, so that nothing is found out just to ask it. */
export const everybodyMay: Authorizer = { mayCall: () => allowed, mayAct: () => allowed };

/** *Observed*: the words for what no policy allows, and their beginning for any other refusal. */
export function accessDenied(
  { caller, action, resource }: AccessRequest,
  {
    because = `because no identity-based policy allows the ${action} action`,
  }: {
    readonly because?: string;
  },
): string {
  return `User: ${userArn(caller)} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}
