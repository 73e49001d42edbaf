import type { AlarmState } from "../../telemetry/alarms/judge.ts";
import type { AlertCondition } from "../../telemetry/alerts/alert-rule.ts";
import type { CostReport } from "../../telemetry/usage/cost-report.ts";

/** What a month would have cost at AWS; absent report: this server counts nothing. */
export interface CostView {
  /** Months of which something is known, the newest first. */
  readonly months: readonly string[];
  /** Keys of the tags that state machines have, to group by. */
  readonly tags?: readonly string[];
  readonly report?: CostReport;
}

/** An alert of the configuration. */
export interface AlertView {
  readonly name: string;
  readonly workflow?: string;
  readonly when: AlertCondition;
  readonly above: number;
  readonly minutes: number;
  readonly isFiring: boolean;
  readonly since?: number;
  /** What was read when it last changed. */
  readonly value?: number;
}

/** An alarm of CloudWatch's API. */
export interface AlarmView {
  readonly name: string;
  readonly region: string;
  readonly state: AlarmState;
  readonly reason: string;
  readonly since: number;
}

export interface AlertsView {
  readonly alerts: readonly AlertView[];
  readonly alarms: readonly AlarmView[];
}
