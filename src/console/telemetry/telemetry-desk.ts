import type { Clock } from "../../ports/clock.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Telemetry } from "../../telemetry/telemetry.ts";
import type { Alerts } from "../../telemetry/alerts/alerts.ts";
import type { CostDesk } from "../../telemetry/usage/cost-desk.ts";
import { costGrouping } from "../../telemetry/usage/cost-report.ts";
import { monthOf } from "../../telemetry/usage/usage-months.ts";
import type { ConsoleAccess } from "../access.ts";
import type { AlarmView, AlertsView, CostView } from "../view-types.ts";

/** What watches the workflows; absent members: there is none of it. */
export interface WatchedTelemetry {
  readonly counted?: Pick<Telemetry, "points"> | undefined;
  readonly cost?: CostDesk | undefined;
  readonly alerts?: Alerts | undefined;
  readonly alarms?: { readonly all: () => Promise<readonly StoredAlarm[]> } | undefined;
}

interface StoredAlarm extends Omit<AlarmView, "since"> {
  readonly stateChangedAt: number;
}

/** What was used and what it would cost, and what people are told of. */
export class TelemetryDesk {
  readonly #access: ConsoleAccess;
  readonly #clock: Clock;
  readonly #watched: WatchedTelemetry;

  constructor(access: ConsoleAccess, clock: Clock, watched: WatchedTelemetry) {
    this.#access = access;
    this.#clock = clock;
    this.#watched = watched;
  }

  /** A grouping or a month that is none counts as the usual one. */
  async cost(
    asked: { readonly month?: string; readonly by?: string },
    request: RequestContext,
  ): Promise<CostView> {
    await this.#access.may("ce:GetCostAndUsage", "*", request);
    const { cost } = this.#watched;
    if (cost === undefined) return { months: [] };
    const now = monthOf(this.#clock.now());
    const month = /^\d{4}-\d\d$/.test(asked.month ?? "") ? (asked.month as string) : now;
    const report = await cost.report(month, costGrouping(asked.by ?? "") ?? "machine");
    const months = [...new Set([now, ...(await cost.months())])];
    return { months, tags: await cost.tagKeys(), report };
  }

  async alerts(request: RequestContext): Promise<AlertsView> {
    await this.#access.may("cloudwatch:DescribeAlarms", "*", request);
    const { alerts, alarms } = this.#watched;
    return {
      alerts: ((await alerts?.statuses()) ?? []).map(({ rule, isFiring, since, value }) => ({
        name: rule.name,
        ...(rule.workflow !== undefined && { workflow: rule.workflow }),
        when: rule.when,
        above: rule.above ?? 0,
        minutes: rule.minutes,
        isFiring,
        ...(since !== undefined && { since }),
        ...(value !== undefined && { value }),
      })),
      alarms: ((await alarms?.all()) ?? []).map((alarm) => ({
        name: alarm.name,
        region: alarm.region,
        state: alarm.state,
        reason: alarm.reason,
        since: alarm.stateChangedAt,
      })),
    };
  }
}
