import type { Clock } from "../ports/clock.ts";
import type { DocumentStore } from "../ports/document-store.ts";
import type { ExecutionMetrics } from "../ports/execution-metrics.ts";
import type { Logger } from "../ports/logger.ts";
import type { EpochMs } from "../machine/ids.ts";
import type { CallMetrics } from "../ports/call-metrics.ts";
import { CallCounts } from "./counting/call-counts.ts";
import { ExecutionCounts } from "./counting/execution-counts.ts";
import {
  isLevel,
  type MetricId,
  metricKey,
  metricSeries,
  type MetricSeries,
} from "./counting/metric-series.ts";
import type { WorkflowCounts } from "./counting/workflow-counts.ts";
import { KnownMetrics } from "./minutes/known-metrics.ts";
import { MetricReader, type MetricQuery, type Points } from "./minutes/metric-reader.ts";
import { MinuteBuffer, minuteMs, minuteOf } from "./minutes/minute-buffer.ts";
import { hourMs, hourOf, isHourOver, isSummed, StoredHours } from "./minutes/stored-hours.ts";
import { StoredMinutes } from "./minutes/stored-minutes.ts";
import { bothUsed, nothingUsed, type Usage, usageKey, usageOf } from "./usage/usage.ts";
import type { AlertRule } from "./alerts/alert-rule.ts";
import type { CloudWatchSettings } from "./cloudwatch/cloudwatch-exporter.ts";
import type { OtlpSettings } from "./otlp/otlp-exporter.ts";
import type { SamplingSettings } from "./tracing/execution-spans.ts";
import type { Prices } from "./usage/prices.ts";
import { monthOf, UsageMonths } from "./usage/usage-months.ts";

export interface TelemetryOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Tells the documents of nodes apart. */
  readonly node: string;
  readonly settings?: TelemetrySettings | undefined;
}

export interface TelemetrySettings {
  /** How long minutes of metrics are kept; absent: 15 days, as long as CloudWatch keeps minutes. */
  readonly metricsRetentionDays?: number | undefined;
  /** Reads `GET /metrics` without a signature; absent: where signatures are asked for, nobody does. */
  readonly metricsToken?: string | undefined;
  /** Where spans and figures are sent; absent: nowhere. */
  readonly otlp?: OtlpSettings | undefined;
  /** What is sent to CloudWatch by the AWS SDK; absent: nothing. */
  readonly cloudWatch?: CloudWatchSettings | undefined;
  /** Which executions are traced. */
  readonly tracing?: SamplingSettings | undefined;
  /** What people are told of. */
  readonly alerts?: readonly AlertRule[] | undefined;
  /** What AWS charges; absent: nothing is said of it. */
  readonly prices?: Prices | undefined;
}

/** *Documented*: CloudWatch keeps points of 60 seconds for 15 days. */
const usualRetentionDays = 15;
const dayMs = 24 * 60 * 60 * 1_000;
/** Our choice: AWS's metrics that a scrape tells. */
const mostTotals = 20_000;

/** What is counted, kept by minutes, and asked for. */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #counts = new ExecutionCounts();
  readonly #calls = new CallCounts();
  readonly #buffer = new MinuteBuffer();
  readonly #minutes: StoredMinutes;
  readonly #hours: StoredHours;
  readonly #known: KnownMetrics;
  readonly #reader: MetricReader;
  readonly #months: UsageMonths;
  readonly #eachMinute: ((now: EpochMs) => Promise<void>)[] = [];
  readonly #eachStored: ((minute: EpochMs, series: readonly MetricSeries[]) => void)[] = [];
  /** What has been used and is not stored yet. */
  #used: readonly (readonly [month: string, usage: Usage])[] = [];
  /** All that has come to AWS's metrics since the process began. */
  readonly #totals = new Map<string, MetricSeries>();
  /** What there was when somebody last looked. */
  #levels: readonly MetricSeries[] = [];
  #minute: EpochMs;
  #cancel: (() => void) | undefined;
  #stored: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: TelemetryOptions) {
    const { store, node, clock } = options;
    this.#options = options;
    this.#minutes = new StoredMinutes(store, node);
    this.#known = new KnownMetrics(store, node);
    this.#months = new UsageMonths(store, node);
    this.#minute = minuteOf(clock.now());
    const buffer = this.#buffer;
    this.#hours = new StoredHours(store);
    this.#reader = new MetricReader(this.#minutes, this.#hours, {
      in: (from, to) => {
        this.#takeCounts();
        return buffer.in(from, to);
      },
    });
  }

  /** Where the engine counts. */
  get executions(): ExecutionMetrics {
    return this.#counts;
  }

  /** Where calls of the API are counted. */
  get calls(): CallMetrics {
    return this.#calls;
  }

  /** Stores minutes as they end, from now on. */
  start(): void {
    this.#schedule();
  }

  /** Calls this after each minute, when it is stored; one call at a time. */
  eachMinute(perform: (now: EpochMs) => Promise<void>): void {
    this.#eachMinute.push(perform);
  }

  /** Calls this with what has been stored of a minute, which may be in several parts. It must not throw. */
  eachStored(perform: (minute: EpochMs, series: readonly MetricSeries[]) => void): void {
    this.#eachStored.push(perform);
  }

  /** Values of somebody's own metric. False: there are too many metrics in the minute. */
  put(at: EpochMs, series: MetricSeries): boolean {
    this.#known.note(series, at);
    return this.#buffer.add(minuteOf(at), series);
  }

  /** How much there is of what is looked at, in the place of what was told before. */
  putLevels(at: EpochMs, levels: readonly MetricSeries[]): void {
    this.#levels = levels;
    for (const level of levels) this.put(at, level);
  }

  /** Sums what is over by the hour; for one node of a cluster, each minute. */
  sumHours(now: EpochMs): Promise<void> {
    return this.#hours.sum(now, (from, to) => this.#minutes.in(from, to));
  }

  points(queries: readonly MetricQuery[]): Promise<readonly Points[]> {
    return queries.length === 0 ? Promise.resolve([]) : this.#reader.points(queries);
  }

  /** Metrics to which something came since then. */
  metricsSince(at: EpochMs): Promise<readonly MetricId[]> {
    this.#takeCounts();
    return this.#known.since(at);
  }

  /** What has come to AWS's metrics since the process began; of levels the newest. */
  totals(): Iterable<MetricSeries> {
    this.#takeCounts();
    return [...this.#totals.values(), ...this.#levels];
  }

  /** What was used in a month, at all nodes, as far as it is stored, and at this one until now. */
  async usage(month: string): Promise<readonly Usage[]> {
    this.#takeCounts();
    const sums = new Map<string, Usage>();
    const newest = this.#used.filter(([of]) => of === month).map(([, usage]) => usage);
    for (const usage of [...(await this.#months.of(month)), ...newest]) {
      const key = usageKey(usage);
      sums.set(key, { ...usage, ...bothUsed(sums.get(key) ?? nothingUsed, usage) });
    }
    return [...sums.values()];
  }

  usageMonths(): Promise<readonly string[]> {
    return this.#months.months();
  }

  /** Stores what has been counted until now. */
  flush(): Promise<void> {
    this.#stored = this.#stored.then(() => this.#store());
    return this.#stored;
  }

  /** Stores what there is; nothing is stored after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel?.();
    await this.flush();
  }

  #schedule(): void {
    const { clock } = this.#options;
    this.#cancel = clock.schedule(minuteOf(clock.now()) + minuteMs, () => void this.#minuteEnded());
  }

  async #minuteEnded(): Promise<void> {
    const { clock, logger } = this.#options;
    await this.flush();
    for (const perform of this.#eachMinute) {
      if (this.#isClosed) return;
      await perform(clock.now()).catch((thrown: unknown) => {
        logger.warn("what is done each minute could not be done", { reason: String(thrown) });
      });
    }
    if (!this.#isClosed) this.#schedule();
  }

  /** What cannot be stored now is tried again after the next minute; executions go on meanwhile. */
  async #store(): Promise<void> {
    this.#takeCounts();
    const used = this.#used;
    this.#used = [];
    const months = [...Map.groupBy(used, ([month]) => month)];
    const minutes = [...this.#buffer.drain()];
    try {
      for (let next = months[0]; next !== undefined; next = months[0]) {
        const [month, all] = next;
        const usage = all.map(([, each]) => each);
        await this.#months.add(month, usage);
        months.shift();
      }
      for (let next = minutes[0]; next !== undefined; next = minutes[0]) {
        await this.#minutes.add(...next);
        const [minute, series] = next;
        if (isHourOver(minute, this.#options.clock.now()) && series.some(isSummed)) {
          await this.#hours.drop(hourOf(minute));
        }
        for (const perform of this.#eachStored) perform(...next);
        minutes.shift();
      }
      await this.#known.store();
      await this.#removeOld();
    } catch (thrown) {
      this.#options.logger.warn("metrics could not be stored", { reason: String(thrown) });
      this.#used = [...months.flatMap(([, all]) => all), ...this.#used];
      for (const [minute, series] of minutes) {
        for (const each of series) this.#buffer.add(minute, each);
      }
    }
  }

  /** Puts what has been counted to the minute in which it was, or at whose end it was looked at first. */
  #takeCounts(): void {
    const minute = this.#minute;
    this.#minute = minuteOf(this.#options.clock.now());
    const month = monthOf(minute);
    const taken: readonly WorkflowCounts[] = this.#counts.take();
    this.#used = [...this.#used, ...taken.map((counts) => [month, usageOf(counts)] as const)];
    for (const series of [...taken.flatMap(metricSeries), ...this.#calls.take()]) {
      this.put(minute, series);
      this.#addToTotals(series);
    }
  }

  #addToTotals(series: MetricSeries): void {
    const key = metricKey(series);
    const before = this.#totals.get(key);
    if (before === undefined && this.#totals.size >= mostTotals) return;
    const { count, sum, min, max } = series.statistics;
    const plain = { ...series, statistics: { count, sum, min, max } };
    const isFirst = before === undefined || isLevel(series);
    this.#totals.set(key, isFirst ? plain : withoutSpread(before, plain));
  }

  /** Once an hour. */
  async #removeOld(): Promise<void> {
    const { clock, settings } = this.#options;
    const now = clock.now();
    if (minuteOf(now) % hourMs !== 0) return;
    const days = settings?.metricsRetentionDays ?? usualRetentionDays;
    await this.#minutes.removeBefore(now - days * dayMs);
    await this.#hours.removeBefore(now - days * dayMs);
    await this.#known.removeBefore(now - days * dayMs);
  }
}

/** Totals are told without percentiles. */
function withoutSpread(one: MetricSeries, other: MetricSeries): MetricSeries {
  const [a, b] = [one.statistics, other.statistics];
  const statistics = {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
  return { ...one, statistics };
}
