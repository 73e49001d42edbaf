import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue } from "../../expression/json.ts";

/** A text as a literal of JSONata: in single quotes, which JSON need not escape, unless it has one itself. */
export function textLiteral(text: string): string {
  const quoted = JSON.stringify(text);
  // JSONata has JSON's escapes, so none for a single quote.
  return text.includes("'") ? quoted : `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** A constant as an expression. */
export function literal(value: JsonValue): string {
  if (typeof value === "string") return textLiteral(value);
  if (isJsonNumber(value)) return String(Number(value));
  if (isJsonArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${textLiteral(name)}: ${literal(member)}`,
  );
  return `{${members.join(", ")}}`;
}

/** A member's name as a step of a path; `undefined` for one that no step can have: backticks have no escape. */
export function nameStep(name: string): string | undefined {
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !words.has(name)) return name;
  return name === "" || name.includes("`") ? undefined : `\`${name}\``;
}

/** What stands for something else where a name is expected. */
const words = new Set(["and", "or", "in", "true", "false", "null", "function", "λ"]);

/** A text as a pattern that matches it alone: brackets too are escaped, or a slash among them would not end it. */
export function escapedPattern(text: string): string {
  return text
    .replaceAll(/[\\/^$.*+?()[\]{}|-]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");
}
