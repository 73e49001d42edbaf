import { isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type {
  EvaluatedReaderConfig,
  Item,
  ItemReader,
  ItemReaderRequest,
} from "../../ports/map-run-io.ts";
import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";
import type { RowBatches } from "./item-batch.ts";
import { listItems } from "./list-items.ts";
import { athenaFiles, inventoryFiles, sameOwner, type DataFile } from "./manifests.ts";
import { objectRows } from "./object-rows.ts";
import { asReaderFailure, readerFailure } from "./reader-failure.ts";
import { awsReaderLimits, type ReaderLimits } from "./reader-limits.ts";

/** Reads the data sets of distributed Maps from a store of objects. */
export function createItemReader(
  store: ObjectStore,
  limits: ReaderLimits = awsReaderLimits,
): ItemReader {
  return { open: (request) => readItems(store, request, limits) };
}

async function* readItems(
  store: ObjectStore,
  request: ItemReaderRequest,
  limits: ReaderLimits,
): AsyncGenerator<Item> {
  try {
    const config = request.readerConfig ?? {};
    const maximum = maximumItems(config, limits);
    let count = 0;
    for await (const { source, rows } of sources(store, request, config, limits)) {
      for await (const batch of rows) {
        request.signal?.throwIfAborted();
        for (const row of batch) {
          yield { ...row, source };
          count++;
          if (count === maximum) return;
        }
      }
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    throw asReaderFailure(error);
  }
}

/** *Observed*: 0 is as if it were absent, more than the ceiling is the ceiling, less than 0 fails with this wording. */
function maximumItems(config: EvaluatedReaderConfig, limits: ReaderLimits): number {
  const { MaxItems } = config;
  if (MaxItems === undefined || MaxItems === 0) return limits.items;
  if (MaxItems < 0) throw readerFailure("field MaxItems must be positive");
  return Math.min(MaxItems, limits.items);
}

interface Source {
  readonly source: string;
  readonly rows: RowBatches;
}

/** What is read, one after the other, each with the source that its items show. */
async function* sources(
  store: ObjectStore,
  request: ItemReaderRequest,
  config: EvaluatedReaderConfig,
  limits: ReaderLimits,
): AsyncGenerator<Source> {
  const flattens = config.Transformation === "LOAD_AND_FLATTEN";
  if (request.resource.endsWith(":s3:listObjectsV2")) {
    if (flattens) yield* flattened(store, request.arguments, config, limits);
    else yield listing(store, request.arguments);
  } else if (request.resource.endsWith(":s3:getObject")) {
    const address = objectAddress(request.arguments);
    if (config.ManifestType === "ATHENA_DATA") {
      yield* dataFiles(athenaFiles(store, address, config, limits));
    } else if (config.ManifestType === "S3_INVENTORY" || config.InputType === "MANIFEST") {
      yield* dataFiles(inventoryFiles(store, address, limits));
    } else {
      yield { source: uri(address), rows: objectRows(store, address, config, limits) };
    }
  } else {
    throw readerFailure(`The resource ${request.resource} is not one that items are read from.`);
  }
}

function listing(store: ObjectStore, args: JsonValue): Source {
  const request = listRequest(args);
  return { source: `S3://${request.bucket}`, rows: listItems(store, request) };
}

/** The records of every object in a listing. Our choice: what the S3 console makes for a folder has none. */
async function* flattened(
  store: ObjectStore,
  args: JsonValue,
  config: EvaluatedReaderConfig,
  limits: ReaderLimits,
): AsyncGenerator<Source> {
  const request = listRequest(args);
  for await (const page of store.list(request)) {
    for (const { key, size } of page) {
      if (size === 0 && key.endsWith("/")) continue;
      const address = sameOwner({ key, ...request }, request.bucket, key);
      yield { source: uri(address), rows: objectRows(store, address, config, limits) };
    }
  }
}

async function* dataFiles(files: AsyncIterable<DataFile>): AsyncGenerator<Source> {
  for await (const { address, rows } of files) yield { source: uri(address), rows };
}

/** `Map.Item.Source`. *Documented* spelling, with a capital `S3`. */
function uri(address: ObjectAddress): string {
  return `S3://${address.bucket}/${address.key}`;
}

function objectAddress(args: JsonValue): ObjectAddress {
  return {
    bucket: required(args, "Bucket"),
    key: required(args, "Key"),
    ...optional(args, "VersionId", "versionId"),
    ...optional(args, "ExpectedBucketOwner", "expectedBucketOwner"),
  };
}

function listRequest(args: JsonValue) {
  return {
    bucket: required(args, "Bucket"),
    ...optional(args, "Prefix", "prefix"),
    ...optional(args, "StartAfter", "startAfter"),
    ...optional(args, "ExpectedBucketOwner", "expectedBucketOwner"),
  };
}

function required(args: JsonValue, name: string): string {
  const value = isJsonObject(args) ? ownMember(args, name) : undefined;
  if (typeof value === "string" && value !== "") return value;
  throw readerFailure(`The ItemReader needs the parameter ${name}, a string.`);
}

function optional<T extends string>(
  args: JsonValue,
  name: string,
  member: T,
): { readonly [N in T]?: string } {
  const value = isJsonObject(args) ? ownMember(args, name) : undefined;
  if (value === undefined || value === null) return {};
  if (typeof value !== "string") {
    throw readerFailure(`The ItemReader's parameter ${name} is not a string.`);
  }
  return { [member]: value } as { readonly [N in T]?: string };
}
