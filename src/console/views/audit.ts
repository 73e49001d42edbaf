export type AuditOutcome = "allowed" | "denied" | "failed";

/** One call as the audit log has it. */
export interface AuditCallView {
  /** Its number in the log. */
  readonly sequence: number;
  readonly at: number;
  /** The caller's ARN, or what else is known of him. */
  readonly who: string;
  readonly accessKeyId?: string;
  readonly sourceIp: string;
  /** `states.amazonaws.com`. */
  readonly source: string;
  /** `StartExecution`. */
  readonly action: string;
  readonly resources: readonly string[];
  readonly outcome: AuditOutcome;
  readonly errorCode?: string;
  /** The statement that decided last. */
  readonly decidedBy?: string;
  /** The record as it is in the log, as JSON text. */
  readonly record: string;
}

export interface AuditCallPage {
  /** The newest first. */
  readonly calls: readonly AuditCallView[];
  /** What to ask for those before them with; absent: those are all. */
  readonly next?: number;
}
