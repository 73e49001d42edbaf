import { parseJsonText } from "../../asl/diagnostics/json-text.ts";
import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import type { EvaluatedReaderConfig } from "../../ports/map-run-io.ts";
import type { ObjectAddress, ObjectStore } from "../../ports/object-store.ts";
import { csvItems } from "./csv-items.ts";
import type { RowBatches } from "./item-batch.ts";
import { objectContent, objectText } from "./object-content.ts";
import { objectRows } from "./object-rows.ts";
import { readerFailure } from "./reader-failure.ts";
import type { ReaderLimits } from "./reader-limits.ts";

/** The records of one of the files that a manifest lists. */
export interface DataFile {
  readonly address: ObjectAddress;
  readonly rows: RowBatches;
}

/**
 * The data files of an S3 inventory: its `manifest.json` names them and the columns, which the files do not.
 * *Documented*: only inventories in CSV are read.
 */
export async function* inventoryFiles(
  store: ObjectStore,
  address: ObjectAddress,
  limits: ReaderLimits,
): AsyncGenerator<DataFile> {
  const manifest = parseManifest(await objectText(store, address, limits));
  const format = text(manifest, "fileFormat");
  if (format !== "CSV") {
    throw readerFailure(`The S3 inventory is in ${format}, and only CSV can be read.`);
  }
  const headers = text(manifest, "fileSchema")
    .split(",")
    .map((name) => name.trim());
  // The destination is where the inventory was delivered; a copy of the manifest elsewhere still means these files.
  const bucket = text(manifest, "destinationBucket").replace(/^arn:[^:]*:s3:::/, "");
  const files = ownMember(manifest, "files");
  if (!isJsonArray(files)) throw badManifest("files");
  for (const file of files) {
    if (!isJsonObject(file)) throw badManifest("files");
    const dataFile = sameOwner(address, bucket, text(file, "key"));
    yield {
      address: dataFile,
      rows: csvItems(objectContent(store, dataFile, limits), { headers, limits }),
    };
  }
}

/**
 * The data files that an `UNLOAD` statement of Athena wrote: its `…-manifest.csv` has the URI of one on each line.
 * *Documented*: files in CSV have no header row, so their columns' names are given.
 */
export async function* athenaFiles(
  store: ObjectStore,
  address: ObjectAddress,
  config: EvaluatedReaderConfig,
  limits: ReaderLimits,
): AsyncGenerator<DataFile> {
  if (config.InputType === "CSV" && config.CSVHeaders === undefined) {
    throw readerFailure("The CSV files of an Athena manifest have no header row: give CSVHeaders.");
  }
  if (config.InputType === undefined || !["CSV", "JSONL", "PARQUET"].includes(config.InputType)) {
    throw readerFailure("An Athena manifest needs the InputType CSV, JSONL or PARQUET.");
  }
  const rowsConfig = { ...config, CSVHeaderLocation: "GIVEN" };
  const lines = (await objectText(store, address, limits)).split(/\r?\n/);
  for (const line of lines) {
    const uri = line.trim().replace(/^"(.*)"$/, "$1");
    if (uri === "") continue;
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/i.exec(uri) ?? [];
    if (bucket === undefined || key === undefined) {
      throw readerFailure(`The Athena manifest has a line that is no S3 URI: ${uri}`);
    }
    const dataFile = sameOwner(address, bucket, key);
    yield { address: dataFile, rows: objectRows(store, dataFile, rowsConfig, limits) };
  }
}

/** Another object, which the owner that is expected of the first must have, too. */
export function sameOwner(first: ObjectAddress, bucket: string, key: string): ObjectAddress {
  const { expectedBucketOwner } = first;
  return { bucket, key, ...(expectedBucketOwner === undefined ? {} : { expectedBucketOwner }) };
}

function parseManifest(content: string): { readonly [name: string]: JsonValue } {
  const { value: manifest, error } = parseJsonText(content);
  if (error !== undefined) {
    throw readerFailure(`The manifest of the S3 inventory is not valid JSON: ${error.message}.`);
  }
  if (!isJsonObject(manifest))
    throw readerFailure("The manifest of the S3 inventory is no object.");
  return manifest;
}

function text(object: { readonly [name: string]: JsonValue }, name: string): string {
  const value = ownMember(object, name);
  if (typeof value !== "string") throw badManifest(name);
  return value;
}

function badManifest(name: string): Error {
  return readerFailure(`The manifest of the S3 inventory has no valid '${name}'.`);
}
