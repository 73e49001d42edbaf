import type { Path } from "../../../designer/document/definition-document.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import { processorName, type Fields } from "../../../designer/edits/graph-index.ts";
import { objectOf } from "../../../graph/json.ts";
import type { DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { ExpressionSort } from "../expressions/expression.ts";
import type { Stage } from "./stages.ts";

/** A field that the page has words for; its code is the field's name in ASL. */
export type FieldCode = keyof DesignerCatalogue["inspector"]["fields"];

/** How a field of a state is edited. */
export interface FieldSpec {
  readonly code: FieldCode;
  /** What holds it, from the state on: `[]` is the state itself. */
  readonly holder: Path;
  /**
   * `text`, `number`, `boolean`, `options`: a value that may be said, or computed. `template`: JSON with expressions; `json`: JSON without.
   * `path`: a JSONPath, or `null`; `expression`: nothing else than an expression or a template (JSONata's `Output`, `Items`).
   */
  readonly kind:
    "text" | "number" | "boolean" | "options" | "template" | "json" | "path" | "expression";
  readonly options?: readonly string[];
  /** In JSONPath it has a twin with `Path` behind its name. */
  readonly hasTwin?: boolean;
  readonly sort?: ExpressionSort;
  /** What it looks in; absent: what `InputPath` leaves. */
  readonly stage?: Stage;
  /** Of a path: what it is if it is not said. */
  readonly usual?: string;
}

const running = new Set(["Task", "Parallel", "Map"]);

function number(code: FieldCode, holder: Path = []): FieldSpec {
  return {
    code,
    holder,
    kind: "number",
    hasTwin: true,
    sort: { kind: "jsonata", field: code, expected: "number" },
  };
}

function text(code: FieldCode, holder: Path = [], hasTwin = true): FieldSpec {
  return {
    code,
    holder,
    kind: "text",
    hasTwin,
    sort: { kind: "jsonata", field: code, expected: "string" },
  };
}

function options(code: FieldCode, given: readonly string[], holder: Path): FieldSpec {
  return { code, holder, kind: "options", options: given };
}

function template(
  code: FieldCode,
  language: QueryLanguage,
  sort: Partial<ExpressionSort> = {},
  holder: Path = [],
): FieldSpec {
  const kind = language === "JSONata" ? "jsonata" : "payloadTemplate";
  return {
    code,
    holder,
    kind: language === "JSONata" ? "expression" : "template",
    sort: { kind, field: code, ...sort },
  };
}

function path(code: FieldCode, stage?: Stage, sort: Partial<ExpressionSort> = {}): FieldSpec {
  return {
    code,
    holder: [],
    kind: "path",
    usual: "$",
    sort: { kind: "jsonpath", field: code, ...sort },
    ...(stage && { stage }),
  };
}

/** How long a Task may take, and be silent. */
export function timeoutFields(): readonly FieldSpec[] {
  return [number("TimeoutSeconds"), number("HeartbeatSeconds")];
}

/** Fields of their own that some types have; those of Task, Choice and Parallel are more than a list. */
export function ownFields(type: string, language: QueryLanguage): readonly FieldSpec[] {
  if (type === "Fail") return [text("Error"), text("Cause")];
  if (type === "Pass" && language === "JSONPath") {
    return [{ code: "Result", holder: [], kind: "json" }];
  }
  return [];
}

/** What a state takes of its input. *Spec*: ASL, input and output processing. */
export function inputFields(
  type: string,
  language: QueryLanguage,
  fields: Fields,
): readonly FieldSpec[] {
  if (language === "JSONata") {
    if (type === "Task" || type === "Parallel") return [template("Arguments", language)];
    return type === "Map" ? [itemsField(language), ofItem("ItemSelector", language)] : [];
  }
  if (type === "Fail") return [];
  const all = [path("InputPath", "raw")];
  if (type === "Map") {
    // `Parameters` is the old name of `ItemSelector`.
    const selector = Object.hasOwn(fields, "Parameters") ? "Parameters" : "ItemSelector";
    return [...all, itemsField(language), ofItem(selector, language)];
  }
  const hasParameters = type === "Task" || type === "Parallel" || type === "Pass";
  return hasParameters ? [...all, template("Parameters", language)] : all;
}

/** It is computed for each item; tried with the first. */
function ofItem(code: FieldCode, language: QueryLanguage): FieldSpec {
  return { ...template(code, language), stage: "item" };
}

function itemsField(language: QueryLanguage): FieldSpec {
  return language === "JSONata"
    ? template("Items", language, { expected: "array" })
    : path("ItemsPath");
}

/** What a state gives on. */
export function outputFields(type: string, language: QueryLanguage): readonly FieldSpec[] {
  if (type === "Fail") return [];
  const hasResult = running.has(type);
  const assigns = type !== "Succeed";
  if (language === "JSONata") {
    const of: Partial<ExpressionSort> = hasResult ? { of: "result", allowed: ["result"] } : {};
    return [
      template("Output", language, of),
      ...(assigns ? [template("Assign", language, of)] : []),
    ];
  }
  const merges = hasResult || type === "Pass";
  const ofResult: Partial<ExpressionSort> = hasResult ? { of: "result" } : {};
  return [
    ...(hasResult ? [template("ResultSelector", language, ofResult)] : []),
    ...(merges ? [path("ResultPath", "selected", { kind: "resultPath", of: "result" })] : []),
    ...(assigns ? [template("Assign", language, ofResult)] : []),
    merges ? path("OutputPath", "output", { of: "result" }) : path("OutputPath"),
  ];
}

/** A part of a Map that may be there or not. */
export interface FieldSection {
  readonly code: "ItemReader" | "ItemBatcher" | "ResultWriter";
  /** What it begins with. */
  readonly initial: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldSpec[];
}

export function isDistributed(fields: Fields): boolean {
  const processor = objectOf(fields[processorName(fields) ?? "ItemProcessor"]);
  return objectOf(processor["ProcessorConfig"])["Mode"] === "DISTRIBUTED";
}

/** How a Map runs its items. */
export function mapFields(fields: Fields): readonly FieldSpec[] {
  const config: Path = [processorName(fields) ?? "ItemProcessor", "ProcessorConfig"];
  const common = [options("Mode", ["INLINE", "DISTRIBUTED"], config), number("MaxConcurrency")];
  if (!isDistributed(fields)) return common;
  return [
    ...common,
    options("ExecutionType", ["STANDARD", "EXPRESS"], config),
    number("ToleratedFailurePercentage"),
    number("ToleratedFailureCount"),
    { code: "Label", holder: [], kind: "text" },
  ];
}

const arn = (action: string) => `arn:aws:states:::${action}`;

/** What a distributed Map reads, gathers and writes. *Spec*: ASL, ItemReader, ItemBatcher, ResultWriter. */
export function mapSections(language: QueryLanguage): readonly FieldSection[] {
  const args = language === "JSONata" ? "Arguments" : "Parameters";
  const bucket = { Bucket: "", Key: "" };
  return [
    {
      code: "ItemReader",
      initial: {
        Resource: arn("s3:getObject"),
        ReaderConfig: { InputType: "JSON" },
        [args]: bucket,
      },
      fields: [
        options("Resource", [arn("s3:getObject"), arn("s3:listObjectsV2")], ["ItemReader"]),
        options("InputType", inputTypes, ["ItemReader", "ReaderConfig"]),
        options("CSVHeaderLocation", ["FIRST_ROW", "GIVEN"], ["ItemReader", "ReaderConfig"]),
        options("CSVDelimiter", delimiters, ["ItemReader", "ReaderConfig"]),
        { code: "CSVHeaders", holder: ["ItemReader", "ReaderConfig"], kind: "json" },
        number("MaxItems", ["ItemReader", "ReaderConfig"]),
        template(args, language, { field: `ItemReader/${args}` }, ["ItemReader"]),
      ],
    },
    {
      code: "ItemBatcher",
      initial: { MaxItemsPerBatch: 100 },
      fields: [
        number("MaxItemsPerBatch", ["ItemBatcher"]),
        number("MaxInputBytesPerBatch", ["ItemBatcher"]),
        template("BatchInput", language, { field: "ItemBatcher/BatchInput" }, ["ItemBatcher"]),
      ],
    },
    {
      code: "ResultWriter",
      initial: { Resource: arn("s3:putObject"), [args]: { Bucket: "", Prefix: "" } },
      fields: [
        options("Resource", [arn("s3:putObject")], ["ResultWriter"]),
        options("Transformation", ["NONE", "COMPACT", "FLATTEN"], ["ResultWriter", "WriterConfig"]),
        options("OutputType", ["JSON", "JSONL"], ["ResultWriter", "WriterConfig"]),
        template(args, language, { field: `ResultWriter/${args}` }, ["ResultWriter"]),
      ],
    },
  ];
}

const inputTypes = ["JSON", "JSONL", "CSV", "PARQUET", "MANIFEST"];
const delimiters = ["COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"];

/** What a Catcher makes of the error. */
export function catcherFields(index: number, language: QueryLanguage): readonly FieldSpec[] {
  const holder: Path = ["Catch", index];
  const caught: Partial<ExpressionSort> = { of: "errorOutput", allowed: ["errorOutput"] };
  const assign = template(
    "Assign",
    language,
    { ...caught, field: `Catch[${index}]/Assign` },
    holder,
  );
  if (language === "JSONata") {
    return [
      template("Output", language, { ...caught, field: `Catch[${index}]/Output` }, holder),
      assign,
    ];
  }
  const resultPath: FieldSpec = {
    ...path("ResultPath", "raw", { kind: "resultPath", of: "errorOutput" }),
    holder,
  };
  return [resultPath, assign];
}

/** What a rule of a Choice makes when it is taken. */
export function ruleFields(index: number, language: QueryLanguage): readonly FieldSpec[] {
  const holder: Path = ["Choices", index];
  const field = (name: string) => ({ field: `Choices[${index}]/${name}` });
  const assign = template("Assign", language, field("Assign"), holder);
  return language === "JSONata"
    ? [template("Output", language, field("Output"), holder), assign]
    : [assign];
}
