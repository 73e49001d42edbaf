import { mapNumber } from "../fields/dynamic-field.ts";
import {
  enumField,
  failType,
  objectField,
  requireFields,
  stringField,
  type Fields,
  type FieldTable,
} from "../fields/fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { present } from "../fields/present.ts";
import { templateField } from "../fields/template-field.ts";
import { wording } from "../diagnostics/wording.ts";
import type { ItemReader, ReaderConfig } from "./map.ts";

const itemReaderFields: FieldTable = {
  both: ["Resource", "ReaderConfig"],
  JSONPath: ["Parameters"],
  JSONata: ["Arguments"],
};

/** Where a distributed Map reads its items from, and how. */
export function parseItemReader(fields: Fields): ItemReader | undefined {
  const reader = objectField(fields, "ItemReader", itemReaderFields);
  if (reader === undefined) return undefined;
  requireFields(reader, ["Resource"]);
  const Resource = stringField(reader, "Resource");
  if (Resource !== undefined && !hasPlaceholder(fields.context, Resource)) {
    const isKnown = /^arn:[^:]+:states:::s3:(?:getObject|listObjectsV2)$/.test(Resource);
    if (!isKnown) reader.fail("Resource", wording.resourceNotAllowed);
  }
  const Arguments = templateField(
    reader,
    fields.language === "JSONata" ? "Arguments" : "Parameters",
  );
  const config = objectField(reader, "ReaderConfig", readerConfigFields);
  const ReaderConfig = config && parseReaderConfig(config);
  return Resource === undefined ? undefined : { Resource, ...present({ Arguments, ReaderConfig }) };
}

const readerConfigFields: FieldTable = {
  both: [
    "InputType",
    "Transformation",
    "ManifestType",
    "ItemsPointer",
    "CSVHeaderLocation",
    "CSVHeaders",
    "CSVDelimiter",
    "MaxItems",
  ],
  JSONPath: ["MaxItemsPath"],
};

/** Documented: the most items that a reader gives. */
const maximumItems = 100_000_000;

const csvFields = ["CSVHeaderLocation", "CSVHeaders", "CSVDelimiter"];

function parseReaderConfig(config: Fields): ReaderConfig {
  const InputType = enumField(config, "InputType", ["CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"]);
  const ManifestType = enumField(config, "ManifestType", ["S3_INVENTORY", "ATHENA_DATA"]);
  const CSVHeaderLocation = enumField(config, "CSVHeaderLocation", ["FIRST_ROW", "GIVEN"]);
  checkCsv(config, InputType, ManifestType, CSVHeaderLocation);
  return present({
    InputType,
    ManifestType,
    CSVHeaderLocation,
    Transformation: enumField(config, "Transformation", ["NONE", "LOAD_AND_FLATTEN"]),
    ItemsPointer: parseItemsPointer(config),
    CSVHeaders: parseHeaders(config),
    CSVDelimiter: enumField(config, "CSVDelimiter", ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"]),
    // Recorded: what is not positive fails when the items are read, not before.
    MaxItems: mapNumber(config, "MaxItems", {
      minimum: Number.NEGATIVE_INFINITY,
      maximum: maximumItems,
    }),
  });
}

/** Which fields about CSV go together. A manifest's own files are CSV, so it may have any of them. */
function checkCsv(
  config: Fields,
  inputType: string | undefined,
  manifestType: string | undefined,
  headerLocation: string | undefined,
): void {
  if (inputType === "CSV" && manifestType === undefined && !config.has("CSVHeaderLocation")) {
    const message = wording.fieldRequired("CSVHeaderLocation");
    config.context.diagnostics.error(message, config.location);
  }
  if (headerLocation === "GIVEN") requireFields(config, ["CSVHeaders"]);
  if (inputType !== undefined && inputType !== "CSV" && inputType !== "MANIFEST") {
    for (const name of csvFields.filter((field) => config.has(field))) {
      config.context.diagnostics.error(wording.notSupported(name), config.location);
    }
  }
}

function parseHeaders(config: Fields): readonly string[] | undefined {
  const value = config.value("CSVHeaders");
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((header) => typeof header === "string")) return value;
  failType(config, "CSVHeaders", "Array");
  return undefined;
}

/** Documented: a JSON pointer (RFC 6901) to the array or object in the file. */
function parseItemsPointer(config: Fields): string | undefined {
  const pointer = stringField(config, "ItemsPointer");
  if (pointer === undefined || hasPlaceholder(config.context, pointer)) return pointer;
  if (/^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer)) return pointer;
  config.fail("ItemsPointer", wording.pointer);
  return undefined;
}
