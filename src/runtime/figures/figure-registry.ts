import type {
  Counter,
  Figure,
  Figures,
  Histogram,
  HistogramSample,
  Labels,
  Sample,
} from "../../ports/figures.ts";

interface Family {
  readonly type: Figure["type"];
  readonly help: string;
  /** Of counters and histograms: by their labels. */
  readonly instruments: Map<string, CounterOf | HistogramOf>;
  readonly bounds: readonly number[];
  readonly read?: () => number | readonly Sample[];
}

const noLabels: Labels = {};

/** Figures in memory. To count costs an addition; all else is done when somebody looks. */
export class FigureRegistry implements Figures {
  readonly #families = new Map<string, Family>();

  counter(name: string, help: string, labels: Labels = noLabels): Counter {
    const { instruments } = this.#family(name, "counter", { help });
    return found(instruments, labels, () => new CounterOf(labels)) as CounterOf;
  }

  histogram(
    name: string,
    help: string,
    bounds: readonly number[],
    labels: Labels = noLabels,
  ): Histogram {
    const family = this.#family(name, "histogram", { help, bounds });
    const make = (): HistogramOf => new HistogramOf(labels, family.bounds);
    return found(family.instruments, labels, make) as HistogramOf;
  }

  gauge(name: string, help: string, read: () => number | readonly Sample[]): void {
    this.#family(name, "gauge", { help, read });
  }

  read(): readonly Figure[] {
    return Array.from(this.#families, ([name, family]) => figureOf(name, family)).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  }

  #family(
    name: string,
    type: Figure["type"],
    { help, bounds = [], read }: Partial<Family>,
  ): Family {
    let family = this.#families.get(name);
    if (family === undefined) {
      family = { type, help: help ?? "", bounds, instruments: new Map(), ...(read && { read }) };
      this.#families.set(name, family);
    }
    if (family.type !== type) throw new Error(`${name} is a ${family.type}, and no ${type}`);
    return family;
  }
}

class CounterOf implements Counter {
  readonly labels: Labels;
  value = 0;

  constructor(labels: Labels) {
    this.labels = labels;
  }

  add(amount = 1): void {
    this.value += amount;
  }
}

class HistogramOf implements Histogram {
  readonly labels: Labels;
  readonly #bounds: readonly number[];
  /** How many values each bucket holds, without those below it; the last one has those above every bound. */
  readonly #counts: number[];
  #sum = 0;

  constructor(labels: Labels, bounds: readonly number[]) {
    this.labels = labels;
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] as number)) bucket++;
    (this.#counts[bucket] as number)++;
    this.#sum += value;
  }

  get sample(): HistogramSample {
    let count = 0;
    const buckets = this.#counts.map((held, bucket) => {
      count += held;
      return { bound: this.#bounds[bucket] ?? Number.POSITIVE_INFINITY, count };
    });
    return { labels: this.labels, count, sum: this.#sum, buckets };
  }
}

function found(
  instruments: Family["instruments"],
  labels: Labels,
  make: () => CounterOf | HistogramOf,
): CounterOf | HistogramOf {
  const key = Object.keys(labels)
    .sort()
    .map((name) => `${name} ${labels[name]}`)
    .join("\n");
  let instrument = instruments.get(key);
  if (instrument === undefined) {
    instrument = make();
    instruments.set(key, instrument);
  }
  return instrument;
}

function figureOf(name: string, { type, help, instruments, read }: Family): Figure {
  const made = [...instruments.values()];
  if (type === "histogram") {
    return { name, help, type, samples: made.map((each) => (each as HistogramOf).sample) };
  }
  if (type === "counter") {
    const samples = made.map((each) => ({ labels: each.labels, value: (each as CounterOf).value }));
    return { name, help, type, samples };
  }
  const value = read?.() ?? [];
  return {
    name,
    help,
    type,
    samples: typeof value === "number" ? [{ labels: noLabels, value }] : value,
  };
}
