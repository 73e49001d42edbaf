import { isJsonArray, isJsonObject, type JsonArray } from "../../expression/json.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { Path } from "../../expression/jsonpath/path.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import type {
  DataFlow,
  DynamicField,
  ErrorHandling,
  StateBase,
  StateGraph,
  Transition,
} from "../definition.ts";
import { mapNumber } from "../fields/dynamic-field.ts";
import { failType, oneOf, type Fields, type FieldTable } from "../fields/fields.ts";
import { isDelimited, jsonataField } from "../fields/jsonata-field.ts";
import { parseDataFlow } from "../parse-data-flow.ts";
import { parseErrorHandling } from "../parse-error-handling.ts";
import { parseTransition, transitionFields } from "../parse-transition.ts";
import { referencePathField } from "../fields/path-fields.ts";
import { payloadTemplateField } from "../fields/payload-template-field.ts";
import { present } from "../fields/present.ts";
import {
  distributedFields,
  parseDistributed,
  parseProcessorConfig,
  type ProcessorConfig,
} from "./distributed-map.ts";

export type MapState = StateBase &
  DataFlow &
  Transition &
  ErrorHandling & {
    readonly Type: "Map";
    readonly ItemProcessor: StateGraph;
    /** Absent: the effective input is iterated. */
    readonly Items?:
      | { readonly kind: "path"; readonly path: Path }
      | { readonly kind: "constant"; readonly value: JsonArray }
      | { readonly kind: "jsonata"; readonly template: JsonataTemplate };
    readonly ItemSelector?: PayloadTemplate | JsonataTemplate;
    readonly MaxConcurrency?: DynamicField<number>;
    /** Present for `Mode: DISTRIBUTED`. */
    readonly distributed?: DistributedMap;
  };

/** The fields that only a distributed Map has. */
export interface DistributedMap {
  readonly ExecutionType: "STANDARD" | "EXPRESS";
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
  readonly ToleratedFailureCount?: DynamicField<number>;
  readonly ToleratedFailurePercentage?: DynamicField<number>;
}

export interface ItemReader {
  readonly Resource: string;
  readonly Arguments?: PayloadTemplate | JsonataTemplate;
  readonly ReaderConfig?: ReaderConfig;
}

export interface ReaderConfig {
  readonly InputType?: string;
  readonly Transformation?: string;
  readonly ManifestType?: string;
  readonly ItemsPointer?: string;
  readonly CSVHeaderLocation?: string;
  readonly CSVHeaders?: readonly string[];
  readonly CSVDelimiter?: string;
  readonly MaxItems?: DynamicField<number>;
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: DynamicField<number>;
  readonly MaxInputBytesPerBatch?: DynamicField<number>;
  readonly BatchInput?: PayloadTemplate | JsonataTemplate;
}

export interface ResultWriter {
  readonly Resource?: string;
  readonly Arguments?: PayloadTemplate | JsonataTemplate;
  readonly WriterConfig?: { readonly OutputType?: string; readonly Transformation?: string };
}

/** What a Map state may have beside the fields of every state. */
export const mapFields: FieldTable = {
  both: [
    "ItemProcessor",
    "Iterator",
    "ItemSelector",
    "MaxConcurrency",
    "Assign",
    "Retry",
    "Catch",
    ...transitionFields,
    ...distributedFields.both,
  ],
  JSONPath: [
    "InputPath",
    "ItemsPath",
    "Parameters",
    "MaxConcurrencyPath",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
    ...distributedFields.JSONPath,
  ],
  JSONata: ["Items", "Output"],
};

const processorFields: FieldTable = { both: ["StartAt", "States", "Comment", "ProcessorConfig"] };

/** A Map state, inline or distributed, with its fields under their present or their old names. */
export function parseMap(base: StateBase, fields: Fields): MapState | undefined {
  const flow = parseDataFlow(fields, { scope: ["result"], parametersAreItemSelector: true });
  const transition = parseTransition(fields, base.Name);
  const handling = parseErrorHandling(fields, base.Name);
  const Items = parseItems(fields);
  const ItemSelector = parseItemSelector(fields);
  const MaxConcurrency = mapNumber(fields, "MaxConcurrency", { minimum: 0 });
  const processor = oneOf(fields, ["ItemProcessor", "Iterator"], true);
  if (processor === undefined) return undefined;
  const config = parseProcessorConfig(fields, processor);
  const distributed = parseDistributed(fields, config);
  const ItemProcessor = parseItemProcessor(fields, processor, config);
  if (ItemProcessor === undefined) return undefined;
  return {
    ...base,
    Type: "Map",
    ItemProcessor,
    ...present({ Items, ItemSelector, MaxConcurrency, distributed }),
    ...flow,
    ...transition,
    ...handling,
  };
}

function parseItemProcessor(
  fields: Fields,
  name: "ItemProcessor" | "Iterator",
  config: ProcessorConfig,
): StateGraph | undefined {
  const object = fields.value(name);
  if (!isJsonObject(object)) {
    failType(fields, name, "Object");
    return undefined;
  }
  const sharesVariables = config.mode === "INLINE";
  // The children of a distributed Map are executions of their own, which Express ones limit as they do a machine.
  const context =
    config.mode === "INLINE" ? fields.context : { ...fields.context, type: config.executionType };
  const graph = { object, location: fields.at(name), fields: processorFields };
  return context.parseNested({ ...graph, holder: fields.state, sharesVariables }, context);
}

function parseItems(fields: Fields): MapState["Items"] {
  if (fields.language === "JSONPath") {
    const path = referencePathField(fields, "ItemsPath");
    return path && { kind: "path", path };
  }
  const value = fields.value("Items");
  if (value === undefined) return undefined;
  if (
    typeof value === "string" ? !isDelimited(value) : !isJsonArray(value) && !isJsonObject(value)
  ) {
    failType(fields, "Items", "Array");
    return undefined;
  }
  const template = jsonataField(fields, "Items");
  if (template?.isConstant === true && isJsonArray(value)) return { kind: "constant", value };
  return template && { kind: "jsonata", template };
}

/** `ItemSelector`, or `Parameters` as it was once called. */
function parseItemSelector(fields: Fields): MapState["ItemSelector"] {
  if (fields.language === "JSONata") return jsonataField(fields, "ItemSelector");
  const given = oneOf(fields, ["ItemSelector", "Parameters"], false);
  return given && payloadTemplateField(fields, given);
}
