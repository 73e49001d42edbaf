/** A name and its value tell figures of one kind apart: `{ type: "EXPRESS" }`. Only values of which there are few. */
export type Labels = { readonly [name: string]: string };

/** What only grows. */
export interface Counter {
  /** What it has come to. */
  readonly value: number;
  add(amount?: number): void;
}

/** How values are distributed. */
export interface Histogram {
  observe(value: number): void;
}

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels: Labels;
  readonly count: number;
  readonly sum: number;
  /** For each bound how many values were not above it; the last bound is infinite. */
  readonly buckets: readonly { readonly bound: number; readonly count: number }[];
}

/** Every figure of one name, as it is at the time of the look. */
export type Figure = { readonly name: string; readonly help: string } & (
  | { readonly type: "counter" | "gauge"; readonly samples: readonly Sample[] }
  | { readonly type: "histogram"; readonly samples: readonly HistogramSample[] }
);

/**
 * The figures of this process: whoever has some makes them here, whoever exports them reads them here.
 *
 * Names are those of Prometheus: `stepwell_requests_total`, a unit at the end (`_seconds`, `_bytes`), `_total` for what only
 * grows. The same name and labels give the same instrument; it is asked for once, and kept.
 */
export interface Figures {
  counter(name: string, help: string, labels?: Labels): Counter;
  /** `bounds` are the upper bounds of the buckets, rising; an infinite one is added. The first who asks says which. */
  histogram(name: string, help: string, bounds: readonly number[], labels?: Labels): Histogram;
  /** What is asked for its value when somebody looks. */
  gauge(name: string, help: string, read: () => number | readonly Sample[]): void;
  /** By name. */
  read(): readonly Figure[];
}

/** Upper bounds for durations in seconds: from what a commit takes to what a person waits for. */
export const secondsBounds: readonly number[] = [
  0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];
