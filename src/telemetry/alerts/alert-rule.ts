/** What somebody wants to be told of: `alerts` of the configuration. */
export interface AlertRule {
  /** Its name in messages; unique. */
  readonly name: string;
  /** The name of a state machine, or its ARN; absent: all together. */
  readonly workflow?: string;
  readonly when: AlertCondition;
  /** Per cent for `failureRate`, executions for `stuck` and `backlog`; absent: 0, so that one is enough. */
  readonly above?: number;
  /** How far it looks back; for `stuck` how old a running execution has to be. */
  readonly minutes: number;
  /** Whom it tells: `mailto:…`, `https://…`, or the ARN of an SNS topic. */
  readonly notify: readonly string[];
}

export const alertConditions = [
  /** Of the executions that ended, more per cent failed or timed out. */
  "failureRate",
  /** More executions run that began longer ago. */
  "stuck",
  /** More executions run. */
  "backlog",
  /** None succeeded. */
  "noSuccess",
] as const;
export type AlertCondition = (typeof alertConditions)[number];

/** What a rule has seen. */
export interface AlertReading {
  readonly value: number;
  /** `undefined`: there is nothing to judge, and the alert stays as it is. */
  readonly isFiring: boolean | undefined;
}

/** A rule and how it is. */
export interface AlertStatus {
  readonly rule: AlertRule;
  readonly isFiring: boolean;
  /** When it became so; `undefined`: it never fired. */
  readonly since: number | undefined;
  readonly value: number | undefined;
}
