import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { type AlarmState, judge } from "../../telemetry/alarms/judge.ts";
import type { Notification, Notify } from "../../telemetry/alarms/notification.ts";
import { metricData } from "../../telemetry/metric-math/metric-data.ts";
import type { Telemetry } from "../../telemetry/telemetry.ts";
import { compositeDefinition, compositeStates, heldOn, isComposite } from "./composite-alarm.ts";
import { textOf } from "../members.ts";
import { actionsOf, alarmDefinition, type AlarmRecord } from "./alarm-record.ts";

export interface AlarmsOptions {
  readonly store: DocumentStore;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly notify: Notify;
  /** For how long other nodes may be late with what they have counted; 0 where there are none. */
  readonly lateMs: number;
}

/** What makes an alarm another state: values, or somebody who says so. */
export interface StateChange {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string | undefined;
}

/** The alarms of all Regions. Each node judges all of them; whoever writes a change first performs the actions. */
export class Alarms {
  readonly #options: AlarmsOptions;
  readonly #documents: DocumentCollection<AlarmRecord>;

  constructor(options: AlarmsOptions) {
    this.#options = options;
    this.#documents = new DocumentCollection(options.store, "telemetry.alarm");
  }

  get(region: string, name: string): Promise<AlarmRecord | undefined> {
    return this.#documents.get(`${region}/${name}`);
  }

  /** By their names. */
  async inRegion(region: string): Promise<readonly AlarmRecord[]> {
    const found: AlarmRecord[] = [];
    for await (const { value } of this.#documents.all(`${region}/`)) found.push(value);
    return found;
  }

  async all(): Promise<readonly AlarmRecord[]> {
    const found: AlarmRecord[] = [];
    for await (const { value } of this.#documents.all()) found.push(value);
    return found;
  }

  /** Puts it in the place of one of its name, whose state it keeps. */
  async put(record: AlarmRecord): Promise<void> {
    await this.#documents.update(`${record.region}/${record.name}`, (before) => ({
      ...record,
      ...(before && {
        state: before.state,
        reason: before.reason,
        stateUpdatedAt: before.stateUpdatedAt,
        stateChangedAt: before.stateChangedAt,
      }),
    }));
  }

  async enable(region: string, name: string, actionsEnabled: boolean): Promise<void> {
    await this.#documents.update(
      `${region}/${name}`,
      (before) => before && { ...before, actionsEnabled },
    );
  }

  delete(region: string, name: string): Promise<void> {
    return this.#documents.update(`${region}/${name}`, () => undefined);
  }

  /** Judges all of them by the periods that have ended, and composite ones by what came of that. */
  async judgeAll(now: number): Promise<void> {
    const all = await this.all();
    for (const alarm of all.filter((each) => !isComposite(each))) {
      const change = await this.#judged(alarm, now - this.#options.lateMs);
      if (change !== undefined) await this.#become(alarm, change);
    }
    const regions = new Set(all.filter(isComposite).map(({ region }) => region));
    for (const region of regions) await this.judgeComposites(region);
  }

  /** Makes it another state, and performs the actions of that state if it was not in it; composite alarms follow. */
  async change(alarm: AlarmRecord, change: StateChange): Promise<void> {
    await this.#become(alarm, change);
    // One that somebody has set stays so until its minute comes.
    if (!isComposite(alarm)) await this.judgeComposites(alarm.region);
  }

  /** Judges the composite alarms of a Region by the others as they are now. */
  async judgeComposites(region: string): Promise<void> {
    const { logger } = this.#options;
    const all = await this.inRegion(region);
    try {
      for (const [name, state] of compositeStates(all)) {
        const alarm = all.find((each) => each.name === name);
        if (alarm === undefined || alarm.state === state) continue;
        const { input } = alarm;
        const reason = `The rule ${textOf(input, "AlarmRule")} ${state === "ALARM" ? "holds" : "does not hold"}`;
        await this.#become(alarm, { state, reason });
      }
      await this.#performHeld(region);
    } catch (error) {
      logger.warn("composite alarms could not be judged", { region, reason: String(error) });
    }
  }

  async #become(alarm: AlarmRecord, { state, reason, reasonData }: StateChange): Promise<void> {
    const now = this.#options.clock.now();
    let before: AlarmRecord | undefined;
    let after: AlarmRecord | undefined;
    await this.#documents.update(`${alarm.region}/${alarm.name}`, (stored) => {
      before = stored;
      after = stored && {
        ...stored,
        state,
        reason,
        ...(reasonData !== undefined && { reasonData }),
        stateUpdatedAt: now,
        stateChangedAt: stored.state === state ? stored.stateChangedAt : now,
        held: heldFor(stored, state, now),
      };
      return after;
    });
    if (before === undefined || after === undefined || before.state === state) return;
    if (after.actionsEnabled && !isSuppressible(after)) await this.#act(after, before.state);
  }

  /** Performs actions that nothing holds back any more. */
  async #performHeld(region: string): Promise<void> {
    const now = this.#options.clock.now();
    const all = await this.inRegion(region);
    for (const alarm of all) {
      const { held } = alarm;
      const { suppressor } = held === undefined ? {} : compositeDefinition(alarm.input);
      if (held === undefined || suppressor === undefined) continue;
      const isSuppressing = all.some(
        ({ name, state }) => name === suppressor.name && state === "ALARM",
      );
      const next = heldOn(held, suppressor, isSuppressing, now);
      let isOurs = false;
      await this.#documents.update(`${region}/${alarm.name}`, (stored) => {
        isOurs = stored?.held?.since === held.since;
        return stored && isOurs
          ? { ...stored, held: next === "perform" ? undefined : next }
          : stored;
      });
      if (isOurs && next === "perform" && alarm.actionsEnabled) await this.#act(alarm, held.from);
    }
  }

  async #judged(alarm: AlarmRecord, now: number): Promise<StateChange | undefined> {
    const { telemetry, logger } = this.#options;
    try {
      const definition = alarmDefinition(alarm.input, alarm.region);
      const { periodMs, evaluationPeriods, queries, threshold, comparison } = definition;
      const to = Math.floor(now / periodMs) * periodMs;
      const from = to - evaluationPeriods * periodMs;
      const [result] = await metricData(queries, { from, to }, (each) => telemetry.points(each));
      const values = Array.from({ length: evaluationPeriods }, (_, index) =>
        result?.series.get(from + index * periodMs),
      );
      const state = judge(values, definition);
      if (state === undefined || state === alarm.state) return undefined;
      const shown = values.map((value) => value ?? "no data").join(", ");
      const reason = `${values.length} datapoints [${shown}] (${comparison} ${threshold})`;
      return { state, reason };
    } catch (error) {
      logger.warn("an alarm could not be judged", { alarm: alarm.name, reason: String(error) });
      return undefined;
    }
  }

  async #act(alarm: AlarmRecord, old: AlarmState): Promise<void> {
    const { notify, logger } = this.#options;
    await Promise.all(
      actionsOf(alarm, alarm.state).map((target) =>
        notify(target, notificationOf(alarm, old)).catch((error: unknown) => {
          logger.warn("an alarm's action failed", {
            alarm: alarm.name,
            target,
            reason: String(error),
          });
        }),
      ),
    );
  }
}

function isSuppressible({ input }: AlarmRecord): boolean {
  return input["ActionsSuppressor"] !== undefined;
}

/** Actions of a change that a suppressor may hold back; a change back to where it was before them takes them away. */
function heldFor(alarm: AlarmRecord, state: AlarmState, now: number): AlarmRecord["held"] {
  if (!isSuppressible(alarm) || alarm.state === state) return alarm.held;
  const { from = alarm.state } = alarm.held ?? {};
  return from === state ? undefined : { ...alarm.held, from, since: now };
}

/** *Documented*: the document that CloudWatch publishes to SNS. */
function notificationOf(alarm: AlarmRecord, old: AlarmState): Notification {
  const { name, input, accountId, region, state, reason, stateChangedAt, arn } = alarm;
  const changed = new Date(stateChangedAt).toISOString().replace("Z", "+0000");
  return {
    subject: `${state}: "${name}" in ${region}`,
    text: `The alarm ${name} has gone from ${old} to ${state} at ${changed}.\n\n${reason}\n`,
    document: {
      AlarmName: name,
      AlarmDescription: input["AlarmDescription"] ?? null,
      AWSAccountId: accountId,
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: changed,
      Region: region,
      AlarmArn: arn,
      OldStateValue: old,
      Trigger: isComposite(alarm)
        ? { AlarmRule: input["AlarmRule"] ?? null }
        : {
            MetricName: input["MetricName"] ?? null,
            Namespace: input["Namespace"] ?? null,
            Statistic: input["Statistic"] ?? null,
            Dimensions: input["Dimensions"] ?? [],
            Period: input["Period"] ?? null,
            EvaluationPeriods: input["EvaluationPeriods"] ?? null,
            ComparisonOperator: input["ComparisonOperator"] ?? null,
            Threshold: input["Threshold"] ?? null,
            TreatMissingData: input["TreatMissingData"] ?? "missing",
          },
    },
  };
}
