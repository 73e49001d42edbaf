import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { type Dimensions, metricKey, type MetricSeries } from "../counting/metric-series.ts";
import type { Statistics } from "../counting/tally.ts";
import { addedUp } from "./minute-buffer.ts";

const collection = "telemetry.minutes";
/** Our choice. */
export const pageDocuments = 200;

/** A series as it is stored: without the names of members, because there are many. */
export type StoredSeries = readonly [
  region: string,
  namespace: string,
  name: string,
  dimensions: Dimensions,
  count: number,
  sum: number,
  min: number,
  max: number,
  buckets?: Statistics["buckets"],
];
interface MinuteDocument {
  readonly series: readonly StoredSeries[];
}

/**
 * A document for each minute and node, named so that they are in the order of time: `2026-11-29T19:02/local`. Minutes in which
 * nothing was counted have none.
 */
export class StoredMinutes {
  readonly #store: DocumentStore;
  readonly #documents: DocumentCollection<MinuteDocument>;
  readonly #node: string;

  constructor(store: DocumentStore, node: string) {
    this.#store = store;
    this.#documents = new DocumentCollection(store, collection);
    this.#node = node;
  }

  /** Adds to what this node has stored of the minute already, before a restart or from a client that was late. */
  async add(minute: EpochMs, series: readonly MetricSeries[]): Promise<void> {
    if (series.length === 0) return;
    await this.#documents.update(`${nameOf(minute)}/${this.#node}`, (before) => {
      const all = new Map<string, MetricSeries>();
      for (const each of [...(before?.series ?? []).map(read), ...series]) {
        const key = metricKey(each);
        const known = all.get(key);
        all.set(key, known === undefined ? each : addedUp(known, each));
      }
      return { series: [...all.values()].map(stored) };
    });
  }

  /** What all nodes have stored of `from` and after it, and before `to`. */
  async *in(
    from: EpochMs,
    to: EpochMs,
  ): AsyncGenerator<readonly [minute: EpochMs, series: readonly MetricSeries[]]> {
    const end = nameOf(to);
    let after: string | undefined = nameOf(from);
    while (after !== undefined) {
      const page = await this.#store.documents(collection, { limit: pageDocuments, after });
      for (const { id, body } of page.items) {
        const name = id.slice(0, end.length);
        if (name >= end) return;
        yield [Date.parse(`${name}Z`), (JSON.parse(body) as MinuteDocument).series.map(read)];
      }
      after = page.next;
    }
  }

  /** Removes minutes before this one. */
  async removeBefore(minute: EpochMs): Promise<void> {
    const end = nameOf(minute);
    for (;;) {
      const { items } = await this.#store.documents(collection, { limit: pageDocuments });
      const old = items.filter(({ id }) => id < end);
      for (const { id, version } of old) {
        await this.#store.deleteDocument(collection, id, version);
      }
      if (old.length < pageDocuments) return;
    }
  }
}

/** `2026-11-29T19:02`. */
function nameOf(minute: EpochMs): string {
  return new Date(minute).toISOString().slice(0, 16);
}

export function stored({
  region,
  namespace,
  name,
  dimensions,
  statistics: { count, sum, min, max, buckets },
}: MetricSeries): StoredSeries {
  const all = [region, namespace, name, dimensions, count, sum, min, max] as const;
  return buckets === undefined ? all : [...all, buckets];
}

export function read(series: StoredSeries): MetricSeries {
  const [region, namespace, name, dimensions, count, sum, min, max, buckets] = series;
  const statistics = { count, sum, min, max, ...(buckets && { buckets }) };
  return { region, namespace, name, dimensions, statistics };
}
