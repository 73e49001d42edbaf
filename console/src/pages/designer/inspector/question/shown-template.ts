import type { JsonValue } from "../../../../../../src/expression/json.ts";
import type { QueryLanguage } from "../../../../designer/edits/fragment.ts";
import { jsonataOf } from "../../../../graph/json.ts";

/** A template as it can be shown before there is data: each expression stands in the place of its value, marked as one. */
export function shownTemplate(value: unknown, language: QueryLanguage): JsonValue {
  if (Array.isArray(value)) return value.map((each) => shownTemplate(each, language));
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]): [string, JsonValue] => {
      const isPath = language === "JSONPath" && name.endsWith(".$") && typeof member === "string";
      return isPath ? [name.slice(0, -2), marked(member)] : [name, shownTemplate(member, language)];
    });
    return Object.fromEntries(members);
  }
  const expression = language === "JSONata" ? jsonataOf(value) : undefined;
  if (expression !== undefined) return marked(expression);
  return value === undefined ? null : (value as JsonValue);
}

function marked(expression: string): string {
  return `‹${expression}›`;
}
