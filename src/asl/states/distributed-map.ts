import { isJsonObject, ownMember } from "../../expression/json.ts";
import { characterCount } from "../diagnostics/character-count.ts";
import { mapNumber } from "../fields/dynamic-field.ts";
import {
  enumField,
  objectField,
  openInner,
  requireFields,
  stringField,
  type Fields,
  type FieldTable,
} from "../fields/fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { present } from "../fields/present.ts";
import { templateField } from "../fields/template-field.ts";
import { wording } from "../diagnostics/wording.ts";
import { parseItemReader } from "./item-reader.ts";
import type { DistributedMap, ItemBatcher, ResultWriter } from "./map.ts";

/** The fields that a Map has only in distributed mode. */
export const distributedFields = {
  both: [
    "Label",
    "ItemReader",
    "ItemBatcher",
    "ResultWriter",
    "ToleratedFailureCount",
    "ToleratedFailurePercentage",
  ],
  JSONPath: ["ToleratedFailureCountPath", "ToleratedFailurePercentagePath"],
};

/** How an item processor runs. */
export type ProcessorConfig =
  | { readonly mode: "INLINE" }
  | { readonly mode: "DISTRIBUTED"; readonly executionType: "STANDARD" | "EXPRESS" };

const configFields: FieldTable = { both: ["Mode", "ExecutionType"] };
const modes = ["INLINE", "DISTRIBUTED"] as const;
const executionTypes = ["STANDARD", "EXPRESS"] as const;

/** How the item processor runs: `ProcessorConfig`, inline if there is none. */
export function parseProcessorConfig(fields: Fields, processor: string): ProcessorConfig {
  const object = fields.value(processor);
  const value = isJsonObject(object) ? ownMember(object, "ProcessorConfig") : undefined;
  if (value === undefined) return { mode: "INLINE" };
  const location = `${fields.at(processor)}/ProcessorConfig`;
  if (!isJsonObject(value)) {
    fields.context.diagnostics.error(wording.type("Object"), location);
    return { mode: "INLINE" };
  }
  const config = openInner(fields, value, location, configFields);
  const mode = enumField(config, "Mode", modes) ?? "INLINE";
  if (mode === "INLINE") {
    if (config.has("ExecutionType")) {
      config.context.diagnostics.error(wording.notSupported("ExecutionType"), location);
    }
    return { mode };
  }
  if (fields.context.type === "EXPRESS") config.fail("Mode", wording.expressDistributed);
  requireFields(config, ["ExecutionType"]);
  const executionType = enumField(config, "ExecutionType", executionTypes) ?? "STANDARD";
  return { mode, executionType };
}

/**
 * The fields of a distributed Map.
 *
 * Recorded: an inline Map may have them too. They are checked, and mean nothing.
 */
export function parseDistributed(
  fields: Fields,
  config: ProcessorConfig,
): DistributedMap | undefined {
  const parts = present({
    Label: parseLabel(fields),
    ItemReader: parseItemReader(fields),
    ItemBatcher: parseItemBatcher(fields),
    ResultWriter: parseResultWriter(fields),
    ToleratedFailureCount: mapNumber(fields, "ToleratedFailureCount", { minimum: 0 }),
    ToleratedFailurePercentage: mapNumber(fields, "ToleratedFailurePercentage", {
      minimum: 0,
      maximum: 100,
      type: "Number",
    }),
  });
  return config.mode === "INLINE" ? undefined : { ExecutionType: config.executionType, ...parts };
}

/** Documented: quotas, Map state label. */
export const maximumLabelLength = 40;

/** Documented: what a label may not contain, because it becomes part of ARNs. */
const labelCharacters = /[\s?*<>{}[\]:;,\\|^~$#%&`"\p{Cc}]/u;

function parseLabel(fields: Fields): string | undefined {
  const label = stringField(fields, "Label");
  if (label === undefined) return undefined;
  const { context } = fields;
  if (hasPlaceholder(context, label)) return label;
  const report = (message: string) =>
    context.diagnostics.error(message, fields.at("Label"), "INVALID_LABEL_NAME");
  const character = labelCharacters.exec(label)?.[0];
  if (label === "") report(wording.empty);
  if (characterCount(label) > maximumLabelLength)
    report(wording.labelTooLong(label, maximumLabelLength));
  if (character !== undefined) report(wording.labelCharacter(character));
  if (context.labels.has(label)) {
    const message = wording.duplicateLabel(label);
    context.diagnostics.error(message, fields.at("Label"), "DUPLICATE_LABEL_NAME");
  }
  context.labels.add(label);
  return label;
}

/** Documented: the largest batch in bytes. */
const maximumBatchBytes = 262_144;

const batcherFields: FieldTable = {
  both: ["MaxItemsPerBatch", "MaxInputBytesPerBatch", "BatchInput"],
  JSONPath: ["MaxItemsPerBatchPath", "MaxInputBytesPerBatchPath"],
};

/**
 * Measured on AWS, where the documentation says otherwise: a batcher without a limit is taken, and all items are one batch;
 * a limit of 0 is taken too, and fails when it is used.
 */
function parseItemBatcher(fields: Fields): ItemBatcher | undefined {
  const batcher = objectField(fields, "ItemBatcher", batcherFields);
  if (batcher === undefined) return undefined;
  return present({
    MaxItemsPerBatch: mapNumber(batcher, "MaxItemsPerBatch", { minimum: 0 }),
    MaxInputBytesPerBatch: mapNumber(batcher, "MaxInputBytesPerBatch", {
      minimum: 0,
      maximum: maximumBatchBytes,
    }),
    BatchInput: templateField(batcher, "BatchInput"),
  });
}

const writerFields: FieldTable = {
  both: ["Resource", "WriterConfig"],
  JSONPath: ["Parameters"],
  JSONata: ["Arguments"],
};

function parseResultWriter(fields: Fields): ResultWriter | undefined {
  const writer = objectField(fields, "ResultWriter", writerFields);
  if (writer === undefined) return undefined;
  const argumentsField = fields.language === "JSONata" ? "Arguments" : "Parameters";
  if (!writer.has("WriterConfig") || writer.has(argumentsField)) {
    requireFields(writer, ["Resource", argumentsField]);
  }
  const Resource = stringField(writer, "Resource");
  if (Resource !== undefined && !hasPlaceholder(fields.context, Resource)) {
    const isKnown = /^arn:[^:]+:states:::s3:putObject$/.test(Resource);
    if (!isKnown) writer.fail("Resource", wording.resourceNotAllowed);
  }
  const config = objectField(writer, "WriterConfig", { both: ["OutputType", "Transformation"] });
  const WriterConfig =
    config &&
    present({
      OutputType: enumField(config, "OutputType", ["JSON", "JSONL"]),
      Transformation: enumField(config, "Transformation", ["NONE", "COMPACT", "FLATTEN"]),
    });
  return present({ Resource, Arguments: templateField(writer, argumentsField), WriterConfig });
}
