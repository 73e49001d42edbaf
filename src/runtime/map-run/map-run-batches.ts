import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { JsonValue } from "../../expression/json.ts";
import { exceedsBytes } from "../../expression/payload.ts";
import type { BranchId } from "../../machine/ids.ts";
import { mapRunItem } from "../../machine/map-run/map-run-item.ts";
import type { MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import { TurnSteps } from "../../machine/turn-steps.ts";
import type { MapItem } from "../../machine/state-scope.ts";
import { type ItemReader, MapRunIoError } from "../../ports/map-run-io.ts";
import type { Resident } from "../partition/resident.ts";

/** One child's share of the data set. */
export interface Batch {
  readonly index: number;
  readonly items: readonly JsonValue[];
}

/** The data set of a run, and what of the run reading it needs. */
export interface DataSet {
  readonly mapRunArn: string;
  readonly parent: Resident;
  readonly branch: BranchId;
  readonly settings: MapRunSettings;
  readonly reader: ItemReader;
  readonly signal: AbortSignal;
}

/** A data set while it is read, past the batches that have been started. */
export class UnstartedBatches {
  readonly #stopped = new AbortController();
  readonly #source: AsyncGenerator<Batch>;
  #isExhausted = false;

  constructor(dataSet: Omit<DataSet, "signal">) {
    this.#source = readBatches({ ...dataSet, signal: this.#stopped.signal });
  }

  /** Whether there are no more. */
  get isExhausted(): boolean {
    return this.#isExhausted;
  }

  /** `undefined` at the end. Rejects as the reader does. */
  async next(isStarted: (index: number) => boolean): Promise<Batch | undefined> {
    for (;;) {
      const { done = false, value } = await this.#source.next();
      this.#isExhausted = done;
      if (done || !isStarted(value.index)) return value;
    }
  }

  /** Nothing more is read, and what is open is closed. */
  stop(): void {
    this.#stopped.abort();
    // Whoever waits for the next batch hears why there is none.
    this.#source.return(undefined).catch(() => undefined);
  }
}

/** Documented: a batch without a limit of its own ends at the limit of a payload. */
const batchBytes = 262_144;

/** The data set as the children's shares of it, in one order whenever it is read. */
export async function* readBatches(dataSet: DataSet): AsyncGenerator<Batch> {
  const { batcher } = dataSet.settings;
  const most = batcher?.maxItems ?? (batcher === undefined ? 1 : Infinity);
  const bytes = Math.min(batcher?.maxInputBytes ?? batchBytes, batchBytes);
  const fixed = JSON.stringify({ BatchInput: batcher?.input ?? null, Items: [] }).length;
  let index = 0;
  let items: JsonValue[] = [];
  let size = fixed;
  for await (const value of selectedItems(dataSet)) {
    const length = batcher === undefined ? 0 : JSON.stringify(value).length + 1;
    if (items.length > 0 && (items.length >= most || size + length > bytes)) {
      yield { index, items };
      index++;
      items = [];
      size = fixed;
    }
    items.push(value);
    size += length;
  }
  if (items.length > 0) yield { index, items };
}

/** Every item as it goes into a child or a batch. */
async function* selectedItems(dataSet: DataSet): AsyncGenerator<JsonValue> {
  const { mapRunArn, branch, settings } = dataSet;
  const { machine, snapshot } = dataSet.parent;
  const { maxItems } = settings.reader ?? {};
  if (maxItems !== undefined && maxItems < 0) {
    throw new MapRunIoError("States.ItemReaderFailed", "field MaxItems must be positive");
  }
  let index = 0;
  let steps = new TurnSteps();
  for await (const item of rawItems(dataSet)) {
    if (steps.areManySpent) {
      await setImmediate();
      steps = new TurnSteps();
    }
    const seed = hash32(`${mapRunArn} ${index}`);
    const input = mapRunItem(machine, snapshot, branch, { item: { ...item, index }, seed, steps });
    if (exceedsBytes(JSON.stringify(input), machine.limits.payloadBytes)) {
      throw new MapRunIoError(
        "States.DataLimitExceeded",
        `The state/task '${settings.stateName}' returned a result with a size exceeding the maximum number of bytes service limit.`,
      );
    }
    yield input;
    index++;
  }
}

async function* rawItems({
  settings: { items, keys, reader: settings, stateName },
  reader,
  signal,
}: DataSet): AsyncGenerator<Omit<MapItem, "index">> {
  if (settings === undefined) {
    for (const [index, value] of (items ?? []).entries()) {
      yield { value, key: keys?.[index], source: "STATE_DATA" };
    }
    return;
  }
  const request = {
    resource: settings.resource,
    arguments: settings.arguments,
    readerConfig: { ...settings.config, MaxItems: settings.maxItems },
    stateName,
    signal,
  };
  for await (const { value, key, source } of reader.open(request)) yield { value, key, source };
}

function hash32(text: string): number {
  return createHash("sha256").update(text).digest().readUInt32LE(0);
}
