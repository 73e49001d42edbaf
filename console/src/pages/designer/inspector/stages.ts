import type { AskedField } from "../../../../../src/console/view-types.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { QueryLanguage } from "../../../designer/edits/fragment.ts";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";

/**
 * How far a state's data has come where a field looks in it: as it comes in, behind `InputPath`, with the first item of a Map, with the
 * result behind `ResultSelector`, and with the result where `ResultPath` puts it. *Spec*: ASL, input and output processing.
 */
export type Stage = "raw" | "effective" | "item" | "selected" | "output";

/** What the server is to be asked for a value, and with which data. */
export interface Question {
  readonly field: AskedField;
  readonly data: SampleData;
}

/**
 * A value on the way through a state: known, to be computed (its `question`), or not to be had: the data has not what it is made of.
 */
export type Step = { readonly value: unknown } | { readonly question: Question } | undefined;

type Fields = StateEntry["fields"];

/** What `InputPath` leaves; of `null` the fields see an empty object. */
export function effectiveInput(fields: Fields, language: QueryLanguage, raw: SampleData): Step {
  const path = language === "JSONPath" ? fields["InputPath"] : undefined;
  if (path === null) return { value: {} };
  if (typeof path !== "string" || path === "$") return { value: raw.input };
  return { question: { field: { id: "InputPath", kind: "jsonpath", text: path }, data: raw } };
}

/** What `ResultPath` puts somewhere: the result behind `ResultSelector`; of a Pass its `Result` or what `Parameters` make. */
export function selectedResult({ type, fields }: StateEntry, effective: SampleData): Step {
  if (type === "Pass") {
    if (Object.hasOwn(fields, "Result")) return { value: fields["Result"] };
    return template("Parameters", fields, effective, "input");
  }
  if (effective.result === undefined) return undefined;
  return template("ResultSelector", fields, effective, "result");
}

function template(
  name: "Parameters" | "ResultSelector",
  fields: Fields,
  data: SampleData,
  of: "input" | "result",
): Step {
  const value = fields[name];
  if (value === undefined) return { value: data[of] };
  return { question: { field: { id: name, kind: "payloadTemplate", value, of }, data } };
}

/** What `OutputPath` looks in: the result in its place in the raw input. */
export function mergedResult(fields: Fields, selected: SampleData): Step {
  const path = fields["ResultPath"];
  if (path === null) return { value: selected.input };
  if (typeof path !== "string" || path === "$") return { value: selected.result };
  const field = { id: "ResultPath", kind: "resultPath", text: path, of: "result" } as const;
  return { question: { field, data: selected } };
}

/** What a Map goes through. What an `ItemReader` reads is not known before it runs. */
export function itemsOfMap(
  { type, fields }: StateEntry,
  language: QueryLanguage,
  effective: SampleData,
): Step {
  if (type !== "Map" || Object.hasOwn(fields, "ItemReader")) return undefined;
  const name = language === "JSONata" ? "Items" : "ItemsPath";
  const value = fields[name];
  if (value === undefined) return { value: effective.input };
  const question = (kind: "jsonata" | "jsonpath"): Step => ({
    question: { field: { id: name, kind, value }, data: effective },
  });
  return language === "JSONata" ? question("jsonata") : question("jsonpath");
}

/** The first item as the context object has it: of an array, or of an object's values. `undefined`: there is none. */
export function firstItem(items: unknown): object | undefined {
  if (Array.isArray(items)) {
    return items.length === 0 ? undefined : { Index: 0, Value: items[0] as unknown };
  }
  if (typeof items !== "object" || items === null) return undefined;
  const [first] = Object.entries(items);
  return first && { Index: 0, Value: first[1] as unknown, Key: first[0] };
}
