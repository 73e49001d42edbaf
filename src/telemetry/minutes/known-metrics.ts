import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { type Dimensions, type MetricId, metricKey } from "../counting/metric-series.ts";

const dayMs = 24 * 60 * 60 * 1_000;
/** Our choice: metrics that a node remembers to list. */
const mostKnown = 10_000;

interface KnownMetric extends MetricId {
  /** The last day on which something came to it, as a number of days. */
  readonly day: number;
}
interface KnownDocument {
  readonly metrics: readonly (readonly [
    region: string,
    namespace: string,
    name: string,
    dimensions: Dimensions,
    day: number,
  ])[];
}

/** Which metrics there are: a document for each node, which is written when there is a new one, and once a day. */
export class KnownMetrics {
  readonly #documents: DocumentCollection<KnownDocument>;
  readonly #node: string;
  readonly #known = new Map<string, KnownMetric>();
  #isStored = true;
  #isRead: Promise<void> | undefined;

  constructor(store: DocumentStore, node: string) {
    this.#documents = new DocumentCollection(store, "telemetry.metrics");
    this.#node = node;
  }

  note({ region, namespace, name, dimensions }: MetricId, at: EpochMs): void {
    const metric = { region, namespace, name, dimensions, day: Math.floor(at / dayMs) };
    const key = metricKey(metric);
    const before = this.#known.get(key);
    if (before === undefined ? this.#known.size >= mostKnown : before.day >= metric.day) return;
    this.#known.set(key, metric);
    this.#isStored = false;
  }

  /** Stores what is new. */
  async store(): Promise<void> {
    if (this.#isStored) return;
    await (this.#isRead ??= this.#read());
    this.#isStored = true;
    await this.#documents.update(this.#node, () => ({
      metrics: [...this.#known.values()].map(({ region, namespace, name, dimensions, day }) => [
        region,
        namespace,
        name,
        dimensions,
        day,
      ]),
    }));
  }

  /** Those of all nodes to which something came since then. */
  async since(at: EpochMs): Promise<readonly MetricId[]> {
    const found = new Map<string, MetricId>();
    const firstDay = Math.floor(at / dayMs);
    for await (const { value } of this.#documents.all()) {
      for (const metric of metricsOf(value)) {
        if (metric.day >= firstDay) found.set(metricKey(metric), metric);
      }
    }
    for (const [key, metric] of this.#known) if (metric.day >= firstDay) found.set(key, metric);
    return [...found.values()];
  }

  /** Drops what nothing came to since then, of nodes that are gone as well. */
  async removeBefore(at: EpochMs): Promise<void> {
    const firstDay = Math.floor(at / dayMs);
    for (const [key, { day }] of this.#known) if (day < firstDay) this.#known.delete(key);
    for await (const { id, value } of this.#documents.all()) {
      if (value.metrics.every(([, , , , day]) => day < firstDay)) {
        await this.#documents.update(id, () => undefined);
      }
    }
  }

  /** What was known before a restart. */
  async #read(): Promise<void> {
    const document = await this.#documents.get(this.#node);
    for (const metric of document === undefined ? [] : metricsOf(document)) {
      const key = metricKey(metric);
      if (!this.#known.has(key)) this.#known.set(key, metric);
    }
  }
}

function metricsOf({ metrics }: KnownDocument): readonly KnownMetric[] {
  return metrics.map(([region, namespace, name, dimensions, day]) => ({
    region,
    namespace,
    name,
    dimensions,
    day,
  }));
}
