import type { DefinitionFormat } from "../../../designer/document/definition-document.ts";
import { printScalar } from "../../../designer/document/yaml/print-scalar.ts";
import type { CursorPlace } from "../../../designer/language/cursor-place.ts";
import { shapeOf } from "../../../designer/language/field-values.ts";
import type { StateType } from "../../../designer/language/state-fields.ts";

/** What is written around the cursor when candidates are asked for. */
export interface Written {
  readonly format: DefinitionFormat;
  readonly place: CursorPlace;
  readonly text: string;
}

/** A value in the notation of the text. */
export function valueText(label: string, { format }: Written, isLiteral: boolean): string {
  if (isLiteral) return label;
  return format === "json" ? JSON.stringify(label) : printScalar(label, true);
}

/** The name of a field with its colon, and a value to go on with, as CodeMirror's snippets are written. */
export function fieldSnippet(name: string, written: Written): string {
  const { format, place, text } = written;
  const rest = text.slice(
    place.to + (text.startsWith(place.quote, place.to) ? place.quote.length : 0),
  );
  const key = format === "json" ? JSON.stringify(name) : printScalar(name, true);
  if (/^\s*:/.test(rest)) return escaped(key);
  const value = format === "json" ? jsonValue(name) : yamlValue(name);
  const comma = format === "json" && /^\s*["]/.test(rest) ? "," : "";
  return `${escaped(key)}: ${value}${comma}`;
}

function jsonValue(name: string): string {
  switch (shapeOf(name)) {
    case "object":
      return "{\n\t${}\n}";
    case "list":
      return "[${}]";
    case "true":
      return "true";
    case "number":
    case "value":
      return "${}";
    case "text":
      return '"${}"';
  }
}

function yamlValue(name: string): string {
  switch (shapeOf(name)) {
    case "object":
      return "\n\t${}";
    case "list":
      return "\n\t- ${}";
    case "true":
      return "true";
    default:
      return "${}";
  }
}

type Fields = readonly (readonly [name: string, json: string, yaml: string])[];

const end = ["End", "true", "true"] as const;
const inner = (indent: string) =>
  [
    `{\n${indent}"StartAt": "Work",\n${indent}"States": {\n${indent}\t"Work": { "Type": "Pass", "End": true }\n${indent}}\n${indent.slice(1)}}`,
    `StartAt: Work\n${indent}States:\n${indent}\tWork:\n${indent}\t\tType: Pass\n${indent}\t\tEnd: true`,
  ] as const;

/** The least that each type has to have. */
const newStates: Readonly<Record<StateType, Fields>> = {
  Pass: [end],
  Task: [["Resource", '"${ARN}"', "${ARN}"], end],
  Choice: [
    ["Choices", '[\n\t\t{ "Next": "${}" }\n\t]', "\n\t\t- Next: ${}"],
    ["Default", '"${}"', "${}"],
  ],
  Wait: [["Seconds", "${60}", "${60}"], end],
  Succeed: [],
  Fail: [
    ["Error", '"${Error}"', "${Error}"],
    ["Cause", '"${Cause}"', "${Cause}"],
  ],
  Parallel: [
    ["Branches", `[\n\t\t${inner("\t\t\t")[0]}\n\t]`, `\n\t\t- ${inner("\t\t\t")[1]}`],
    end,
  ],
  Map: [["ItemProcessor", inner("\t\t")[0], `\n\t\t${inner("\t\t")[1]}`], end],
};

/** A new state of a type with its name, to be typed over. */
export function stateSnippet(type: StateType, { format, place, text }: Written): string {
  const fields = newStates[type];
  const name = `\${${type}}`;
  if (format === "yaml") {
    const lines = fields.map(([field, , value]) => `\t${field}: ${value}`);
    return [`${name}:`, `\tType: ${type}`, ...lines].join("\n");
  }
  const members = [["Type", `"${type}"`], ...fields].map(
    ([field, value]) => `\t"${field}": ${value}`,
  );
  const quote = place.quote.length;
  const rest = text.slice(place.to + (text.startsWith(place.quote, place.to) ? quote : 0));
  const comma = /^\s*"/.test(rest) ? "," : "";
  return `"${name}": {\n${members.join(",\n")}\n}${comma}`;
}

/** Braces have a meaning in snippets. */
function escaped(text: string): string {
  return text.replaceAll(/[{}]/g, "\\$&");
}
