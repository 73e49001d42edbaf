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

/** What is mocked of the n-th reading of a Map's items, from 0; `undefined`: it is read. */
export type MockedItems = (stateName: string, attempt: number) => MockAnswer | undefined;

/** Items are those of a mock where there is one, and read as usual otherwise. */
export function mockedMapRuns(mocked: MockedItems): (usual: MapRunIo) => MapRunIo {
  const counted = countReadings(mocked);
  return (usual) => (role) => {
    const { reader, writer } = usual(role);
    return { reader: mockedReader(reader, counted), writer };
  };
}

/** The same, but nothing is read or written outside. */
export function simulatedMapRuns(mocked: MockedItems): MapRunIo {
  const reader = mockedReader({ open: () => noItems() }, countReadings(mocked));
  return () => ({ reader, writer: createResultWriter(emptyStore()) });
}

function countReadings(mocked: MockedItems): (stateName: string) => MockAnswer | undefined {
  const readings = new Map<string, number>();
  return (stateName) => {
    const attempt = readings.get(stateName) ?? 0;
    readings.set(stateName, attempt + 1);
    return mocked(stateName, attempt);
  };
}

function mockedReader(
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
