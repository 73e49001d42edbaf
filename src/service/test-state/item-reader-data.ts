import { Buffer } from "node:buffer";
import type { State } from "../../asl/definition.ts";
import type { ReaderConfig } from "../../asl/states/map.ts";
import type { JsonArray, JsonValue } from "../../expression/json.ts";
import { createItemReader } from "../../integrations/map-run/item-reader.ts";
import { MapRunIoError, type ItemReaderRequest } from "../../ports/map-run-io.ts";
import { type ObjectStore, ObjectStoreError } from "../../ports/object-store.ts";
import { errors } from "../errors/errors.ts";

/**
 * The items that a distributed Map would read if its source were this text: read as any other source is.
 *
 * Our choice: `MaxItems` counts where it is a constant; a listing and a manifest stand for their items, as a JSON array.
 */
export async function itemReaderData(
  state: State,
  text: string | undefined,
): Promise<JsonArray | undefined> {
  if (text === undefined) return undefined;
  const reader = state.Type === "Map" ? state.distributed?.ItemReader : undefined;
  if (reader === undefined) {
    throw errors.validation(
      "MapItemReaderData is supported only for a Map state with an ItemReader",
    );
  }
  const items: JsonValue[] = [];
  try {
    for await (const { value } of createItemReader(storeOf(text)).open(
      requestOf(reader.ReaderConfig),
    )) {
      items.push(value);
    }
  } catch (thrown) {
    if (thrown instanceof MapRunIoError) {
      throw errors.validation(`Invalid MapItemReaderData: ${thrown.causeText}`);
    }
    throw thrown;
  }
  return items;
}

function requestOf(config: ReaderConfig | undefined): ItemReaderRequest {
  const {
    MaxItems,
    InputType = "JSON",
    ManifestType: _,
    Transformation: __,
    ...rest
  } = config ?? {};
  return {
    resource: "arn:aws:states:::s3:getObject",
    arguments: { Bucket: "test", Key: "test" },
    readerConfig: {
      ...rest,
      InputType: InputType === "MANIFEST" ? "JSON" : InputType,
      ...(MaxItems?.kind === "constant" ? { MaxItems: MaxItems.value } : {}),
    },
  };
}

/** A store whose every object is the text. */
function storeOf(text: string): ObjectStore {
  const bytes = Buffer.from(text);
  const refuse = (): never => {
    const message = "There is nothing but one object.";
    throw new ObjectStoreError({ code: "NoSuchKey", message, statusCode: 404 });
  };
  return {
    list: refuse,
    get: (_, range) => {
      const part = range === undefined ? bytes : bytes.subarray(range.start, range.end);
      return Promise.resolve({ size: part.length, etag: "", body: pieces(part) });
    },
    head: () => Promise.resolve({ size: bytes.length, etag: "" }),
    put: refuse,
    close: () => {},
  };
}

async function* pieces(part: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(part);
}
