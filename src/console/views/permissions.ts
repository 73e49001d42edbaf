/** Asks `POST designer/permissions` what a workflow needs that its role may not do. */
export interface PermissionRequest {
  /** The definition as JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  /** Absent: a workflow that is not saved yet, which is called `name`. */
  readonly stateMachineArn?: string;
  readonly name?: string;
  /** Absent: STANDARD. */
  readonly type?: "STANDARD" | "EXPRESS";
  /** Whether it logs to CloudWatch Logs, and is traced with X-Ray. */
  readonly logs?: boolean;
  readonly traces?: boolean;
}

export interface PermissionView {
  /**
   * `unknown`: roles are not enforced here, and nobody here knows this one; `noRole`: there is none, so that nothing will be allowed;
   * `notTrusted`: it does not let workflows be it.
   */
  readonly role: "unknown" | "noRole" | "notTrusted" | "known";
  /** Whether tasks fail for what is missing. */
  readonly isEnforced: boolean;
  /** In the order of the states. Empty for a definition with errors. */
  readonly missing: readonly MissingPermission[];
  /** The least policy that allows all that is missing, as JSON text; absent: nothing is. */
  readonly policy?: string;
}

export interface MissingPermission {
  /** `sqs:SendMessage`. */
  readonly action: string;
  /** An ARN, with `*` for what is only known when the workflow runs. */
  readonly resource: string;
  /** The role of `Credentials` that lacks it; absent: the workflow's does. */
  readonly roleArn?: string;
  /** The state that needs it, `/States/Send`; absent: the workflow does. */
  readonly location?: string;
}
