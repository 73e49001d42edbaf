import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Counter, Figures } from "../../ports/figures.ts";
import type { Logger } from "../../ports/logger.ts";
import {
  metricKey,
  type MetricSeries,
  statesNamespace,
  usageNamespace,
} from "../counting/metric-series.ts";
import { merged } from "../counting/tally.ts";
import { metricIds } from "../minutes/metric-reader.ts";
import { type Datum, datumOf } from "./datum.ts";

export interface CloudWatchSettings {
  /** What `AWS/States` is called there, where names that begin with `AWS/` are AWS's; absent: `Stepwell/States`. */
  readonly namespace?: string | undefined;
  /** The metrics that are sent, by name: each costs money there; absent: all. */
  readonly metrics?: readonly string[] | undefined;
}

/** `retry`: it may go well another time. `refused`: it never will. */
export type PutAnswer =
  { readonly type: "taken" } | { readonly type: "retry" | "refused"; readonly reason: string };

/** Performs PutMetricData in a Region. Does not reject. */
export type PutMetricData = (
  region: string,
  input: { readonly Namespace: string; readonly MetricData: readonly Datum[] },
) => Promise<PutAnswer>;

export interface CloudWatchExporterOptions {
  readonly settings: CloudWatchSettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly figures: Figures;
  readonly put: PutMetricData;
}

/** Our choice: values that wait. */
const mostWaiting = 20_000;
/** *Documented*: a request has at most 1,000 metrics and 1 MB. Our choice: half of it, since some have many values. */
const batchData = 500;
/** Our choice: a request that fails is sent again after as many milliseconds, then it is given up. */
const retryMs: readonly number[] = [1_000, 2_000, 4_000, 8_000];
const usualNamespace = "Stepwell/States";
const usageNamespaceThere = "Stepwell/Usage";

interface Waiting {
  readonly region: string;
  readonly namespace: string;
  readonly datum: Datum;
}

/** Sends minutes to CloudWatch. Nobody waits for it: what there is no room for is dropped, and counted. */
export class CloudWatchExporter {
  readonly #options: CloudWatchExporterOptions;
  readonly #sent: Counter;
  readonly #dropped: Counter;
  readonly #wanted: ReadonlySet<string> | undefined;
  #waiting: Waiting[] = [];
  #sending: Promise<void> | undefined;
  /** Why nothing is taken, as the log has it. */
  #told: string | undefined;
  readonly #closing = Promise.withResolvers<void>();
  #isClosed = false;

  constructor(options: CloudWatchExporterOptions) {
    const { figures, settings } = options;
    this.#options = options;
    this.#wanted = settings.metrics && new Set(settings.metrics);
    this.#sent = figures.counter("stepwell_cloudwatch_sent_total", "Metrics that were sent");
    this.#dropped = figures.counter(
      "stepwell_cloudwatch_dropped_total",
      "Metrics that were not sent to CloudWatch",
    );
  }

  /** What came to metrics in a minute. Sums without dimensions, which are not stored, are made here. */
  add(minute: EpochMs, series: readonly MetricSeries[]): void {
    const all = new Map<string, MetricSeries>();
    for (const each of series.filter((one) => this.#isWanted(one))) {
      for (const id of metricIds(each)) {
        const key = metricKey(id);
        const { statistics } = all.get(key) ?? {};
        const both =
          statistics === undefined ? each.statistics : merged(statistics, each.statistics);
        all.set(key, { ...id, statistics: both });
      }
    }
    for (const each of all.values()) {
      const { region } = each;
      const namespace = this.#namespaceOf(each);
      this.#waiting.push({ region, namespace, datum: datumOf(minute, each) });
    }
    const over = this.#waiting.length - mostWaiting;
    if (over > 0) {
      // The oldest: who looks at metrics wants to know how it is now.
      this.#waiting.splice(0, over);
      this.#dropped.add(over);
    }
    void this.flush();
  }

  /** Sends what waits. */
  flush(): Promise<void> {
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
    return this.#sending;
  }

  /** Sends what waits, once; what fails then is dropped. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#closing.resolve();
    await this.flush();
  }

  #isWanted({ namespace, name }: MetricSeries): boolean {
    const isOurs = namespace === statesNamespace || namespace === usageNamespace;
    return isOurs && (this.#wanted?.has(name) ?? true);
  }

  #namespaceOf({ namespace }: MetricSeries): string {
    if (namespace === usageNamespace) return usageNamespaceThere;
    return this.#options.settings.namespace ?? usualNamespace;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const [{ region, namespace } = { region: "", namespace: "" }] = this.#waiting;
      const isAlike = (each: Waiting): boolean =>
        each.region === region && each.namespace === namespace;
      const batch = this.#waiting.filter(isAlike).slice(0, batchData);
      const taken = new Set(batch);
      this.#waiting = this.#waiting.filter((each) => !taken.has(each));
      const isSent = await this.#send(region, namespace, batch);
      (isSent ? this.#sent : this.#dropped).add(batch.length);
      if (isSent || !this.#isClosed) continue;
      this.#dropped.add(this.#waiting.length);
      this.#waiting = [];
    }
  }

  async #send(region: string, Namespace: string, batch: readonly Waiting[]): Promise<boolean> {
    const { put, clock, logger } = this.#options;
    const MetricData = batch.map(({ datum }) => datum);
    for (let attempt = 0; ; attempt++) {
      const answer = await put(region, { Namespace, MetricData });
      if (answer.type === "taken") {
        this.#told = undefined;
        return true;
      }
      const delayMs = answer.type === "retry" ? retryMs[attempt] : undefined;
      if (delayMs === undefined || this.#isClosed) {
        const { reason } = answer;
        // Each minute would say the same again.
        if (reason !== this.#told)
          logger.warn("metrics could not be sent to CloudWatch", { region, reason });
        this.#told = reason;
        return false;
      }
      const pause = Promise.withResolvers<void>();
      const cancel = clock.schedule(clock.now() + delayMs, pause.resolve);
      await Promise.race([pause.promise, this.#closing.promise]);
      cancel();
    }
  }
}
