import { hash } from "node:crypto";
import type { LogEvent } from "../../integrations/logs/cloudwatch-endpoint.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type {
  LogBatchRecord,
  LogGroupRecord,
  LogStreamRecord,
  StoredLogEvent,
} from "./log-records.ts";

/** Our choice: batches that are kept of a stream. *Documented*: one has at most 1 MB. */
const keptBatches = 1_000;
const dayMs = 24 * 60 * 60 * 1_000;

/** Log groups, their streams, and what was put into them: all are documents. */
export class LogGroups {
  readonly #groups: DocumentCollection<LogGroupRecord>;
  readonly #streams: DocumentCollection<LogStreamRecord>;
  readonly #batches: DocumentCollection<LogBatchRecord>;
  readonly #clock: Pick<Clock, "now">;

  constructor(store: DocumentStore, clock: Pick<Clock, "now">) {
    this.#groups = new DocumentCollection(store, "logs.group");
    this.#streams = new DocumentCollection(store, "logs.stream");
    this.#batches = new DocumentCollection(store, "logs.batch");
    this.#clock = clock;
  }

  find(region: string, name: string): Promise<LogGroupRecord | undefined> {
    return this.#groups.get(groupId(region, name));
  }

  /** Those whose names begin with `prefix`, by their names; those after `after`, where that is given. */
  async *all(region: string, prefix: string, after?: string): AsyncGenerator<LogGroupRecord> {
    const from = after === undefined ? undefined : groupId(region, after);
    const found = this.#groups.all(groupId(region, prefix), from);
    for await (const { value } of found) yield value;
  }

  update(
    region: string,
    name: string,
    change: (before: LogGroupRecord | undefined) => LogGroupRecord | undefined,
  ): Promise<void> {
    return this.#groups.update(groupId(region, name), change);
  }

  /** Removes a group with all that is in it. */
  async remove(region: string, name: string): Promise<void> {
    for await (const { value } of this.#streams.all(streamPrefix(region, name))) {
      await this.removeStream(region, name, value.name);
    }
    await this.update(region, name, () => undefined);
  }

  findStream(region: string, group: string, stream: string): Promise<LogStreamRecord | undefined> {
    return this.#streams.get(streamId(region, group, stream));
  }

  async streams(region: string, group: string): Promise<readonly LogStreamRecord[]> {
    const found: LogStreamRecord[] = [];
    for await (const { value } of this.#streams.all(streamPrefix(region, group))) found.push(value);
    return found;
  }

  createStream(region: string, group: string, stream: string): Promise<void> {
    return this.#streams.update(streamId(region, group, stream), (before) => {
      if (before !== undefined) {
        throw new ServiceError(
          "ResourceAlreadyExistsException",
          "The specified log stream already exists",
        );
      }
      return { name: stream, createdAt: this.#clock.now(), batches: 0, storedBytes: 0 };
    });
  }

  async removeStream(region: string, group: string, stream: string): Promise<void> {
    const id = streamId(region, group, stream);
    for await (const { id: batch } of this.#batches.all(`${id}/`)) {
      await this.#batches.update(batch, () => undefined);
    }
    await this.#streams.update(id, () => undefined);
  }

  /** Appends to a stream that is there; what is too old or too much goes. */
  async put(
    region: string,
    group: string,
    stream: string,
    events: readonly LogEvent[],
  ): Promise<void> {
    const id = streamId(region, group, stream);
    const ingestedAt = this.#clock.now();
    const times = events.map(({ timestamp }) => timestamp);
    const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
    let number = 0;
    await this.#streams.update(id, (before) => {
      if (before === undefined) throw noSuchStream();
      number = before.batches + 1;
      return {
        ...before,
        batches: number,
        storedBytes: before.storedBytes + bytes,
        lastIngestedAt: ingestedAt,
        firstEventAt: Math.min(before.firstEventAt ?? Infinity, ...times),
        lastEventAt: Math.max(before.lastEventAt ?? -Infinity, ...times),
      };
    });
    await this.#batches.update(batchId(id, number), () => ({ ingestedAt, events }));
    if (number > keptBatches) {
      await this.#batches.update(batchId(id, number - keptBatches), () => undefined);
    }
  }

  /** The events of streams, in the order of their times. */
  async events(
    region: string,
    group: LogGroupRecord,
    streams: readonly string[],
    { from, to }: { readonly from: number; readonly to: number },
  ): Promise<readonly StoredLogEvent[]> {
    const days = group.retentionInDays;
    const since = days === undefined ? from : Math.max(from, this.#clock.now() - days * dayMs);
    const found: StoredLogEvent[] = [];
    for (const stream of streams) {
      const batches = this.#batches.all(`${streamId(region, group.name, stream)}/`);
      for await (const { id, value } of batches) {
        for (const [index, event] of value.events.entries()) {
          if (event.timestamp < since || event.timestamp >= to) continue;
          const number = id.slice(id.lastIndexOf("/") + 1);
          const { ingestedAt } = value;
          found.push({ ...event, stream, ingestedAt, id: eventId(stream, number, index) });
        }
      }
    }
    return found.sort((one, other) => one.timestamp - other.timestamp);
  }
}

export function noSuchGroup(): ServiceError {
  return new ServiceError("ResourceNotFoundException", "The specified log group does not exist.");
}

export function noSuchStream(): ServiceError {
  return new ServiceError("ResourceNotFoundException", "The specified log stream does not exist.");
}

function groupId(region: string, name: string): string {
  return `${region}/${name}`;
}

/** Names of groups and streams are together longer than the id of a document. */
function streamPrefix(region: string, group: string): string {
  return `${hash("sha256", groupId(region, group), "hex").slice(0, 32)}/`;
}

function streamId(region: string, group: string, stream: string): string {
  return streamPrefix(region, group) + hash("sha256", stream, "hex").slice(0, 32);
}

function batchId(stream: string, number: number): string {
  return `${stream}/${String(number).padStart(12, "0")}`;
}

function eventId(stream: string, batch: string, index: number): string {
  return `${hash("sha256", stream, "hex").slice(0, 16)}${batch}${String(index).padStart(5, "0")}`;
}
