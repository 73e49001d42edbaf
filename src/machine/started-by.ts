/** Who began something: an execution, or a redrive of one. As it is kept with it, and shown by this server alone. */
export interface StartedBy {
  /** The caller's ARN, of a session that of the session; `events.amazonaws.com` for a trigger without a role. */
  readonly principal: string;
  /** On whose behalf: the execution of a task, whoever assumed the role, or the trigger: `rule/nightly`. */
  readonly via?: string;
}
