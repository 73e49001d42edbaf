import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";
import { compileJsonataTemplate } from "../../expression/jsonata/compile-template.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import { attempt } from "./compile-field.ts";
import type { Fields } from "./fields.ts";
import { hasPlaceholder, type ParseContext } from "../parse-context.ts";
import { wording } from "../diagnostics/wording.ts";

/** What of `$states` an expression may read beside `input` and `context`. */
export type StatesScope = readonly ("result" | "errorOutput")[];

/** A document with JSONata expressions. Every one of their mistakes is reported where the expression stands. */
export function jsonataField(
  fields: Fields,
  name: string,
  scope: StatesScope = [],
): JsonataTemplate | undefined {
  const document = fields.value(name);
  if (document === undefined) return undefined;
  const field = fieldInState(fields, name);
  const { expressions } = fields.context;
  const compile = (value: JsonValue) =>
    attempt(() => compileJsonataTemplate(value, field, { allowed: scope, expressions }));
  const strings = stringsOf(document, fields.at(name));
  const halves = strings.filter(({ text }) => isDelimited(text) && !isExpression(text));
  for (const { location } of halves) {
    fields.context.diagnostics.error(wording.jsonataDelimiters, location);
  }
  if (halves.length > 0) return undefined;
  const compiled = compile(document);
  if (!(compiled instanceof ExpressionSyntaxError)) return compiled;
  for (const { text, location } of strings) {
    const error = compile(text);
    if (!(error instanceof ExpressionSyntaxError)) continue;
    if (hasPlaceholder(fields.context, text)) fields.context.assume();
    else reportExpression(error, location, fields.context);
  }
  return undefined;
}

/** What an evaluation failure calls the field: where it stands in its state, as in `Choices[0]/Condition`. */
function fieldInState(fields: Fields, name: string): string {
  const state = `/States/${fields.state}/`;
  const location = fields.at(name);
  const start = location.lastIndexOf(state);
  return start === -1 ? name : location.slice(start + state.length);
}

interface PlacedString {
  readonly text: string;
  readonly location: string;
}

/** Every string of the document. */
function stringsOf(document: JsonValue, location: string): PlacedString[] {
  if (typeof document === "string") return [{ text: document, location }];
  if (isJsonArray(document)) {
    return document.flatMap((item, index) => stringsOf(item, `${location}[${index}]`));
  }
  if (!isJsonObject(document)) return [];
  return Object.entries(document).flatMap(([name, value]) =>
    stringsOf(value, `${location}/${name}`),
  );
}

/** Observed: the parser's own message without its `S0202: `; what is parsed but not allowed has its own code. */
function reportExpression(
  error: ExpressionSyntaxError,
  location: string,
  context: ParseContext,
): void {
  const unsupported = /^(?:Reference to |Field '\$states)/.test(error.message);
  context.diagnostics.error(
    error.message.replace(/^[A-Z]\d{4}: /, ""),
    location,
    unsupported ? "UNSUPPORTED_JSONATA_EXPRESSION" : "INVALID_JSONATA_EXPRESSION",
  );
}

/** Whether the string has a delimiter of JSONata at either end: as an expression, or as half of one. */
export function isDelimited(text: string): boolean {
  return text.startsWith("{%") || text.endsWith("%}");
}

/** Whether both delimiters are there, and are not one and the same `%`. */
function isExpression(text: string): boolean {
  return text.startsWith("{%") && text.endsWith("%}") && text.length >= 4;
}
