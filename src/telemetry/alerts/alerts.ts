import { scopeOf, stateMachineArn } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Store } from "../../ports/store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { Notification, Notify } from "../alarms/notification.ts";
import { statesNamespace } from "../counting/metric-series.ts";
import type { Telemetry } from "../telemetry.ts";
import type { AlertReading, AlertRule, AlertStatus } from "./alert-rule.ts";

export interface AlertsOptions {
  readonly rules: readonly AlertRule[];
  readonly store: Pick<
    Store,
    "executions" | "stateMachines" | "document" | "documents" | "putDocument" | "deleteDocument"
  >;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notify: Notify;
  readonly region: string;
  readonly accountId: string;
}

interface AlertDocument {
  readonly isFiring: boolean;
  readonly since: number;
  readonly value: number;
}

const minuteMs = 60_000;
/** Our choices: running executions that are counted, of how many workflows. */
const mostCounted = 5_000;
const pageExecutions = 500;
const mostWorkflows = 200;

/** The alerts of the configuration. Each node judges them; whoever writes a change first tells of it. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #documents: DocumentCollection<AlertDocument>;

  constructor(options: AlertsOptions) {
    this.#options = options;
    this.#documents = new DocumentCollection(options.store, "telemetry.alert");
  }

  async statuses(): Promise<readonly AlertStatus[]> {
    return Promise.all(
      this.#options.rules.map(async (rule) => {
        const { isFiring = false, since, value } = (await this.#documents.get(rule.name)) ?? {};
        return { rule, isFiring, since, value };
      }),
    );
  }

  async judgeAll(now: number): Promise<void> {
    const { rules, logger } = this.#options;
    for (const rule of rules) {
      try {
        await this.#changed(rule, await this.#read(rule, now), now);
      } catch (error) {
        logger.warn("an alert could not be judged", { alert: rule.name, reason: String(error) });
      }
    }
  }

  async #changed(rule: AlertRule, { value, isFiring }: AlertReading, now: number): Promise<void> {
    if (isFiring === undefined) return;
    let isNew = false;
    await this.#documents.update(rule.name, (before) => {
      isNew = isFiring !== (before?.isFiring ?? false);
      return isNew ? { isFiring, since: now, value } : before;
    });
    if (isNew) await this.#tell(rule, { value, isFiring, now });
  }

  async #tell(
    rule: AlertRule,
    change: { readonly value: number; readonly isFiring: boolean; readonly now: number },
  ): Promise<void> {
    const { notify, logger } = this.#options;
    const notification = notificationOf(rule, change);
    await Promise.all(
      rule.notify.map((target) =>
        notify(target, notification).catch((error: unknown) => {
          logger.warn("an alert could not be told", {
            alert: rule.name,
            target,
            reason: String(error),
          });
        }),
      ),
    );
  }

  async #read(rule: AlertRule, now: number): Promise<AlertReading> {
    const { above = 0, minutes } = rule;
    switch (rule.when) {
      case "failureRate": {
        const [succeeded, failed, timedOut, aborted] = await this.#sums(rule, now, [
          "ExecutionsSucceeded",
          "ExecutionsFailed",
          "ExecutionsTimedOut",
          "ExecutionsAborted",
        ]);
        const bad = (failed ?? 0) + (timedOut ?? 0);
        const ended = bad + (succeeded ?? 0) + (aborted ?? 0);
        // Where nothing ends nothing gets better.
        if (ended === 0) return { value: 0, isFiring: undefined };
        const value = (bad / ended) * 100;
        return { value, isFiring: value > above };
      }
      case "noSuccess": {
        const [value = 0] = await this.#sums(rule, now, ["ExecutionsSucceeded"]);
        return { value, isFiring: value === 0 };
      }
      case "backlog":
        return beyond(await this.#running(rule, Number.POSITIVE_INFINITY), above);
      case "stuck":
        return beyond(await this.#running(rule, now - minutes * minuteMs), above);
    }
  }

  async #sums(rule: AlertRule, now: number, names: readonly string[]): Promise<readonly number[]> {
    const { telemetry, region } = this.#options;
    const arn = this.#arnOf(rule);
    const dimensions = arn === undefined ? {} : { StateMachineArn: arn };
    const to = Math.floor(now / minuteMs) * minuteMs;
    const from = to - rule.minutes * minuteMs;
    const points = await telemetry.points(
      names.map((name) => ({
        metric: { region, namespace: statesNamespace, name, dimensions },
        from,
        to,
        periodMs: minuteMs,
      })),
    );
    return points.map((each) => [...each.values()].reduce((sum, { sum: one }) => sum + one, 0));
  }

  /** Running executions that began before then. */
  async #running(rule: AlertRule, before: number): Promise<number> {
    const { store } = this.#options;
    let found = 0;
    for (const arn of await this.#workflows(rule)) {
      let after: string | undefined;
      let seen = 0;
      do {
        const page = await store.executions(
          { stateMachineArn: arn, status: "RUNNING" },
          { limit: pageExecutions, ...(after !== undefined && { after }) },
        );
        found += page.items.filter(({ startDate }) => startDate < before).length;
        seen += page.items.length;
        after = page.next;
      } while (after !== undefined && seen < mostCounted);
    }
    return found;
  }

  async #workflows(rule: AlertRule): Promise<readonly string[]> {
    const arn = this.#arnOf(rule);
    if (arn !== undefined) return [arn];
    const { items } = await this.#options.store.stateMachines("arn:", { limit: mostWorkflows });
    return items.filter(({ type }) => type === "STANDARD").map(({ stateMachineArn: each }) => each);
  }

  #arnOf({ workflow }: AlertRule): string | undefined {
    if (workflow === undefined || workflow.startsWith("arn:")) return workflow;
    const { region, accountId } = this.#options;
    return stateMachineArn(scopeOf(region, accountId), workflow);
  }
}

function beyond(value: number, above: number): AlertReading {
  return { value, isFiring: value > above };
}

function notificationOf(
  rule: AlertRule,
  {
    value,
    isFiring,
    now,
  }: { readonly value: number; readonly isFiring: boolean; readonly now: number },
): Notification {
  const { name, workflow = "all workflows", when, above = 0, minutes } = rule;
  const state = isFiring ? "firing" : "resolved";
  const shown = Math.round(value * 100) / 100;
  const bound = when === "noSuccess" ? "" : `, the limit is ${above}`;
  return {
    subject: `[Stepwell] ${name} is ${state}`,
    text: `${name} (${when} of ${workflow}, ${minutes} minutes) is ${state} at ${new Date(now).toISOString()}.\nThe value is ${shown}${bound}.\n`,
    document: { alert: name, state, workflow, when, value: shown, above, minutes, at: now },
  };
}
