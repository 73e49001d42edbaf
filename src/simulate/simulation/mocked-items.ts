import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { createResultWriter } from "../../integrations/map-run/result-writer.ts";
import {
  type Item,
  type ItemReader,
  MapRunIoError,
  type MapRunIo,
} from "../../ports/map-run-io.ts";
import { type ObjectStore, ObjectStoreError } from "../../ports/object-store.ts";
import type { MockAnswer } from "../../ports/task-mocks.ts";

/** The items of a mock instead of what a Map would read; `undefined` as the answer: it is read. */
export function mockedReader(
  usual: ItemReader,
  answer: (stateName: string) => MockAnswer | undefined,
): ItemReader {
  return {
    async *open(request) {
      const mocked = request.stateName === undefined ? undefined : answer(request.stateName);
      if (mocked === undefined) yield* usual.open(request);
      else yield* itemsOf(mocked, request.readerConfig?.MaxItems);
    },
  };
}

const source = "S3://simulation";

function* itemsOf(mocked: MockAnswer, maxItems: number | undefined): Generator<Item> {
  if (mocked.type !== "return") {
    throw new MapRunIoError("States.ItemReaderFailed", mocked.cause ?? "");
  }
  // Documented: MaxItems 0 is as if it were absent.
  const limit = maxItems === undefined || maxItems === 0 ? Number.POSITIVE_INFINITY : maxItems;
  let count = 0;
  for (const item of listed(mocked.output.value)) {
    if (count === limit) return;
    yield item;
    count++;
  }
}

function listed(value: JsonValue): readonly Item[] {
  if (isJsonArray(value)) return value.map((each) => ({ value: each, source }));
  if (isJsonObject(value)) {
    return Object.entries(value).map(([key, each]) => ({ value: each, key, source }));
  }
  const cause = "The mock of an ItemReader returns the list of its items.";
  throw new MapRunIoError("States.ItemReaderFailed", cause);
}

/** Reads what is mocked and writes nothing. */
export function simulatedMapRuns(answer: (stateName: string) => MockAnswer | undefined): MapRunIo {
  const nothing = emptyStore();
  const reader = mockedReader({ open: () => noItems() }, answer);
  return () => ({ reader, writer: createResultWriter(nothing) });
}

async function* noItems(): AsyncGenerator<Item> {}

/** Takes what is written, and has nothing. */
function emptyStore(): ObjectStore {
  const refuse = (): never => {
    const message = "Nothing is read in a simulation.";
    throw new ObjectStoreError({ code: "NoSuchKey", message, statusCode: 404 });
  };
  return {
    list: refuse,
    get: refuse,
    head: refuse,
    async put(_, body) {
      if (body instanceof Uint8Array) return { size: body.length, etag: "" };
      let size = 0;
      for await (const part of body) size += part.length;
      return { size, etag: "" };
    },
    close() {},
  };
}
