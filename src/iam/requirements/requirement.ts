/** One access that a workflow needs. */
export interface Requirement {
  /** `lambda:InvokeFunction`. */
  readonly action: string;
  /** An ARN, with `*` for what is only known when the workflow runs; `*` alone, too, where IAM knows no resource. */
  readonly resource: string;
  /** Facts about the call that a policy may ask about, by condition key. */
  readonly conditions?: { readonly [key: string]: string };
  /** The state whose work it is: `/States/Name`; absent: it is the machine's own. */
  readonly location?: string;
  /** A value of the state decides when it runs what exactly the resource is. */
  readonly isDynamic?: true;
  /** The role of `Credentials` that needs it, or `*`; absent: the machine's own role does. */
  readonly roleArn?: string;
}

/** What a definition does not say about its machine. */
export interface MachineContext {
  readonly stateMachineArn: string;
  /** Whether it logs to CloudWatch Logs. */
  readonly logs?: boolean;
  /** Whether X-Ray is told about its executions. */
  readonly traces?: boolean;
  /** The customer's key that its data are encrypted with: an ARN, an id or an alias. */
  readonly kmsKeyId?: string;
}
