import { type ELDHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import type { Clock } from "../../ports/clock.ts";
import type { Figure, Figures, HistogramSample, Sample } from "../../ports/figures.ts";
import type { CallsView, MetricsView, MetricUnit, SeriesView, TimeWindow } from "../view-types.ts";
import { bucketCounts, difference, quantileOf, type Buckets } from "./bucket-quantile.ts";

/** Our choice: a sample every five seconds, for an hour. */
export const sampleMs = 5_000;
const kept = 720;

/** Operations that wait for something to happen: how long they take says nothing of this server. */
const waitingOperations: ReadonlySet<string> = new Set(["GetActivityTask", "StartSyncExecution"]);

const units = {
  started: "perSecond",
  succeeded: "perSecond",
  failed: "perSecond",
  timedOut: "perSecond",
  aborted: "perSecond",
  open: "count",
  commits: "perSecond",
  events: "perSecond",
  commitP50: "milliseconds",
  commitP99: "milliseconds",
  loopP50: "milliseconds",
  loopP99: "milliseconds",
  loopMax: "milliseconds",
  calls: "perSecond",
  callErrors: "perSecond",
  callP50: "milliseconds",
  callP99: "milliseconds",
  tasks: "perSecond",
  taskFailures: "perSecond",
  taskP50: "milliseconds",
  taskP99: "milliseconds",
  feedWaiting: "count",
  memory: "bytes",
  heap: "bytes",
  cpu: "share",
} as const satisfies { readonly [name: string]: MetricUnit };

type SeriesName = keyof typeof units;
type Values = { readonly [N in SeriesName]?: number | undefined };

/** The totals of a moment: what the next sample is compared with. */
interface Totals {
  readonly at: number;
  readonly counters: ReadonlyMap<string, number>;
  readonly histograms: ReadonlyMap<string, Buckets>;
}

/** How operations, or the services that tasks call, did in one interval; those that were not called are left out. */
interface Interval {
  readonly at: number;
  readonly values: Values;
  readonly calls: ReadonlyMap<string, CallTally>;
  readonly tasks: ReadonlyMap<string, CallTally>;
}

interface CallTally {
  readonly count: number;
  readonly errors: number;
  readonly took: Buckets;
}

/** What this process counts, looked at every few seconds and kept for an hour, in memory. */
export class MetricsRecorder {
  readonly #figures: Figures | undefined;
  readonly #clock: Clock;
  readonly #loop: ELDHistogram = monitorEventLoopDelay({ resolution: 10 });
  readonly #intervals: Interval[] = [];
  readonly #since: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #before: Totals;
  #cpu = process.cpuUsage();

  constructor(figures: Figures | undefined, clock: Clock) {
    this.#figures = figures;
    this.#clock = clock;
    this.#since = clock.now();
    this.#before = totalsOf(figures?.read() ?? [], this.#since);
  }

  start(): void {
    this.#loop.enable();
    this.#timer = setInterval(() => this.sample(), sampleMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#loop.disable();
  }

  /** Takes a sample of what has happened since the one before. */
  sample(): void {
    const now = this.#clock.now();
    const read = this.#figures?.read() ?? [];
    const totals = totalsOf(read, now);
    const before = this.#before;
    this.#before = totals;
    const seconds = Math.max(0.001, (now - before.at) / 1_000);
    const grown = (keys: (key: string) => boolean): number => {
      let sum = 0;
      for (const [key, value] of totals.counters) {
        if (keys(key)) sum += value - (before.counters.get(key) ?? 0);
      }
      return sum;
    };
    const rate = (name: string, ...labels: readonly string[]): number =>
      grown((key) => key.startsWith(`${name} `) && labels.every((each) => key.includes(each))) /
      seconds;
    const took = (keys: (key: string) => boolean): Buckets => {
      const all: Buckets[] = [];
      for (const [key, value] of totals.histograms) {
        if (keys(key)) all.push(difference(value, before.histograms.get(key)));
      }
      return sumOf(all);
    };
    const commits = took((key) => key.startsWith("stepwell_commit_duration_seconds "));
    const calls = tallies(totals, before, {
      count: "stepwell_calls_total",
      seconds: "stepwell_call_duration_seconds",
      label: "operation",
      isGood: 'code="OK"',
    });
    const tasks = tallies(totals, before, {
      count: "stepwell_tasks_total",
      seconds: "stepwell_task_duration_seconds",
      label: "service",
      isGood: 'outcome="succeeded"',
    });
    const callTook = sumOf(
      [...calls].filter(([name]) => !waitingOperations.has(name)).map(([, { took }]) => took),
    );
    const taskTook = sumOf([...tasks.values()].map(({ took }) => took));
    const total = (of: ReadonlyMap<string, CallTally>, what: "count" | "errors"): number =>
      [...of.values()].reduce((sum, tally) => sum + tally[what], 0) / seconds;
    const { rss, heapUsed } = process.memoryUsage();
    const cpu = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const ended = "stepwell_executions_ended_total";
    this.#intervals.push({
      at: now,
      calls,
      tasks,
      values: {
        started: rate("stepwell_executions_started_total"),
        succeeded: rate(ended, 'status="SUCCEEDED"'),
        failed: rate(ended, 'status="FAILED"'),
        timedOut: rate(ended, 'status="TIMED_OUT"'),
        aborted: rate(ended, 'status="ABORTED"'),
        open: gauge(read, "stepwell_executions_resident"),
        commits: commits.count / seconds,
        events: rate("stepwell_events_total"),
        ...quantiles("commit", commits),
        ...this.#loopDelay(),
        calls: total(calls, "count"),
        callErrors: total(calls, "errors"),
        ...quantiles("call", callTook),
        tasks: total(tasks, "count"),
        taskFailures: total(tasks, "errors"),
        ...quantiles("task", taskTook),
        feedWaiting: gauge(read, "stepwell_feed_waiting_events"),
        memory: rss,
        heap: heapUsed,
        cpu: (cpu.user + cpu.system) / 1_000_000 / seconds,
      },
    });
    if (this.#intervals.length > kept) this.#intervals.shift();
  }

  /** The values of the newest sample; absent: there is none yet. */
  newest(): Values | undefined {
    return this.#intervals.at(-1)?.values;
  }

  /** What has happened within the window, both ends included. */
  view({ from, to }: TimeWindow): MetricsView {
    const now = this.#clock.now();
    const shown = this.#intervals.filter(({ at }) => at >= from && at <= to);
    const names = Object.keys(units) as SeriesName[];
    return {
      since: this.#since,
      now,
      everyMs: sampleMs,
      times: shown.map(({ at }) => at),
      series: Object.fromEntries(
        names.map((name): [string, SeriesView] => [
          name,
          {
            unit: units[name],
            values: shown.map(({ values }) => rounded(values[name])),
          },
        ]),
      ),
      calls: callsOf(shown.map(({ calls }) => calls)),
      tasks: callsOf(shown.map(({ tasks }) => tasks)),
    };
  }

  /** How much later than asked for the thread came to its timers. */
  #loopDelay(): Values {
    const resolutionMs = 10;
    const late = (nanoseconds: number): number =>
      Math.max(0, nanoseconds / 1_000_000 - resolutionMs);
    const { count } = this.#loop;
    const values =
      count === 0
        ? {}
        : {
            loopP50: late(this.#loop.percentile(50)),
            loopP99: late(this.#loop.percentile(99)),
            loopMax: late(this.#loop.max),
          };
    this.#loop.reset();
    return values;
  }
}

function totalsOf(read: readonly Figure[], at: number): Totals {
  const counters = new Map<string, number>();
  const histograms = new Map<string, Buckets>();
  for (const figure of read) {
    if (figure.type === "counter") {
      for (const sample of figure.samples) counters.set(keyOf(figure.name, sample), sample.value);
    } else if (figure.type === "histogram") {
      for (const sample of figure.samples) {
        histograms.set(keyOf(figure.name, sample), bucketCounts(sample));
      }
    }
  }
  return { at, counters, histograms };
}

/** `NAME label="value"…`, with a space at the end of the name even where there are no labels. */
function keyOf(name: string, { labels }: Pick<Sample | HistogramSample, "labels">): string {
  const shown = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name} ${shown.join(" ")}`;
}

/** The sum over all labels; `undefined` if nobody counts it. */
function gauge(read: readonly Figure[], name: string): number | undefined {
  const figure = read.find((each) => each.name === name);
  if (figure?.type !== "gauge") return undefined;
  return figure.samples.reduce((sum, { value }) => sum + value, 0);
}

function tallies(
  totals: Totals,
  before: Totals,
  names: {
    readonly count: string;
    readonly seconds: string;
    readonly label: string;
    readonly isGood: string;
  },
): ReadonlyMap<string, CallTally> {
  const found = new Map<string, CallTally>();
  const pattern = new RegExp(`${names.label}="([^"]*)"`);
  for (const [key, value] of totals.counters) {
    const count = value - (before.counters.get(key) ?? 0);
    const name = key.startsWith(`${names.count} `) ? pattern.exec(key)?.[1] : undefined;
    if (name === undefined || count === 0) continue;
    const histogram = `${names.seconds} ${names.label}=${JSON.stringify(name)}`;
    const known = found.get(name) ?? {
      count: 0,
      errors: 0,
      took: difference(
        totals.histograms.get(histogram) ?? { bounds: [], counts: [], count: 0 },
        before.histograms.get(histogram),
      ),
    };
    const errors = key.includes(names.isGood) ? 0 : count;
    found.set(name, {
      ...known,
      count: known.count + count,
      errors: known.errors + errors,
    });
  }
  return found;
}

function quantiles<N extends "commit" | "call" | "task">(name: N, took: Buckets): Values {
  const milliseconds = (share: number): number | undefined => {
    const seconds = quantileOf(took, share);
    return seconds === undefined ? undefined : seconds * 1_000;
  };
  return { [`${name}P50`]: milliseconds(0.5), [`${name}P99`]: milliseconds(0.99) };
}

function callsOf(intervals: readonly ReadonlyMap<string, CallTally>[]): readonly CallsView[] {
  const grouped = new Map<string, CallTally[]>();
  for (const interval of intervals) {
    for (const [name, tally] of interval) {
      const known = grouped.get(name);
      if (known === undefined) grouped.set(name, [tally]);
      else known.push(tally);
    }
  }
  return [...grouped]
    .map(([name, all]): CallsView => {
      const took = sumOf(all.map((each) => each.took));
      const [p50, p99] = [quantileOf(took, 0.5), quantileOf(took, 0.99)];
      return {
        name,
        count: all.reduce((sum, { count }) => sum + count, 0),
        errors: all.reduce((sum, { errors }) => sum + errors, 0),
        ...(p50 !== undefined && { p50: p50 * 1_000 }),
        ...(p99 !== undefined && { p99: p99 * 1_000 }),
        ...(waitingOperations.has(name) && { isWaiting: true }),
      };
    })
    .sort((a, b) => b.count - a.count);
}

function sumOf(all: readonly Buckets[]): Buckets {
  const [first] = all;
  if (first === undefined) return { bounds: [], counts: [], count: 0 };
  return {
    bounds: first.bounds,
    counts: first.counts.map((_, bucket) =>
      all.reduce((sum, { counts }) => sum + (counts[bucket] ?? 0), 0),
    ),
    count: all.reduce((sum, { count }) => sum + count, 0),
  };
}

/** Three digits after the point are more than anybody reads. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 1_000) / 1_000;
}
