import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { metricKey, type MetricSeries } from "../counting/metric-series.ts";
import { addedUp } from "./minute-buffer.ts";
import { pageDocuments, read, stored, type StoredSeries } from "./stored-minutes.ts";

export const hourMs = 3_600_000;
/** Our choice: for how long other nodes may be late with an hour's last minute. */
const lateMs = 300_000;
/** Our choices: how far back hours are summed, and how many at a time. */
const backMs = 14 * 24 * hourMs;
const atOnce = 6;

const collection = "telemetry.hours";

interface HourDocument {
  readonly series: readonly StoredSeries[];
}

/** Reads what all nodes have stored of some time. */
type ReadMinutes = (
  from: EpochMs,
  to: EpochMs,
) => AsyncIterable<readonly [minute: EpochMs, series: readonly MetricSeries[]]>;

/**
 * AWS's metrics summed by the hour, of all nodes together, so that a week can be asked for without its 10,000 minutes. A document for each
 * hour, `2026-11-29T19`; one that has none is read by its minutes.
 */
export class StoredHours {
  readonly #store: DocumentStore;
  readonly #documents: DocumentCollection<HourDocument>;
  /** The first hour that may not be summed; `undefined`: it is not known. */
  #next: EpochMs | undefined;

  constructor(store: DocumentStore) {
    this.#store = store;
    this.#documents = new DocumentCollection(store, collection);
  }

  /** Sums hours that are over and not summed. For one node of a cluster. */
  async sum(now: EpochMs, minutes: ReadMinutes): Promise<void> {
    const end = hourOf(now - lateMs);
    this.#next ??= await this.#firstMissing(now, minutes);
    const until = Math.min(end, this.#next + atOnce * hourMs);
    for (let hour = this.#next; hour < until; hour += hourMs) {
      const sums = new Map<string, MetricSeries>();
      for await (const [, series] of minutes(hour, hour + hourMs)) {
        for (const each of series.filter(isSummed)) {
          const key = metricKey(each);
          const known = sums.get(key);
          sums.set(key, known === undefined ? each : addedUp(known, each));
        }
      }
      if (sums.size > 0) {
        const series = [...sums.values()].map(stored);
        await this.#documents.update(nameOf(hour), () => ({ series }));
      }
      this.#next = hour + hourMs;
    }
  }

  /** Something came to an hour late: it is read by its minutes again. */
  async drop(hour: EpochMs): Promise<void> {
    await this.#documents.update(nameOf(hour), () => undefined);
  }

  /** Whole hours from `from` on and before `to` that are summed, in the order of time. */
  async *in(
    from: EpochMs,
    to: EpochMs,
  ): AsyncGenerator<readonly [hour: EpochMs, series: readonly MetricSeries[]]> {
    let after: string | undefined = nameOf(from - 1);
    while (after !== undefined) {
      const page = await this.#store.documents(collection, { limit: pageDocuments, after });
      for (const { id, body } of page.items) {
        const hour = Date.parse(`${id}:00Z`);
        if (hour + hourMs > to) return;
        if (hour >= from) yield [hour, (JSON.parse(body) as HourDocument).series.map(read)];
      }
      after = page.next;
    }
  }

  /** Removes hours before this one. */
  async removeBefore(at: EpochMs): Promise<void> {
    const end = nameOf(at);
    for await (const { id } of this.#documents.all()) {
      if (id >= end) return;
      await this.#documents.update(id, () => undefined);
    }
  }

  /** After the newest hour that is summed; where none is, that of the first minute. */
  async #firstMissing(now: EpochMs, minutes: ReadMinutes): Promise<EpochMs> {
    const earliest = hourOf(now - backMs);
    let newest: EpochMs | undefined;
    for await (const { id } of this.#documents.all()) newest = Date.parse(`${id}:00Z`);
    if (newest !== undefined) return Math.max(newest + hourMs, earliest);
    for await (const [minute] of minutes(earliest, now)) return hourOf(minute);
    return hourOf(now);
  }
}

/** Whoever puts values of his own may put them to hours long ago. */
export function isSummed({ namespace }: Pick<MetricSeries, "namespace">): boolean {
  return namespace.startsWith("AWS/");
}

export function hourOf(at: EpochMs): EpochMs {
  return Math.floor(at / hourMs) * hourMs;
}

/** Whether an hour may be summed already. */
export function isHourOver(at: EpochMs, now: EpochMs): boolean {
  return hourOf(at) < hourOf(now - lateMs);
}

/** `2026-11-29T19`. */
function nameOf(hour: EpochMs): string {
  return new Date(hour).toISOString().slice(0, 13);
}
