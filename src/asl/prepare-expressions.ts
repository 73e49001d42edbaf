import { attempt } from "./fields/compile-field.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../expression/json.ts";
import { expressionIn } from "../expression/jsonata/compile-template.ts";
import { PreparedExpressions } from "../expression/jsonata/prepared-expressions.ts";
import { parseJsonText } from "./diagnostics/json-text.ts";

/**
 * Prepares the JSONata expressions of a definition, or of a state, one after the other; whoever asks for the next may give up the thread in
 * between. A text that is no JSON has none.
 */
export function* prepareExpressions(text: string): Generator<undefined, PreparedExpressions> {
  const expressions = new PreparedExpressions();
  const { value } = parseJsonText(text);
  if (value === undefined) return expressions;
  for (const string of stringsOf(value)) {
    const expression = attempt(() => expressionIn(string));
    if (typeof expression !== "string") continue;
    expressions.prepare(expression);
    yield;
  }
  return expressions;
}

function* stringsOf(document: JsonValue): Generator<string> {
  if (typeof document === "string") yield document;
  else if (isJsonArray(document)) for (const item of document) yield* stringsOf(item);
  else if (isJsonObject(document))
    for (const member of Object.values(document)) yield* stringsOf(member);
}
