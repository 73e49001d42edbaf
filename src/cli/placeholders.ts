import { inOrder } from "../expression/member-order.ts";
import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../expression/json.ts";

const placeholder = /\$\{([^}]*)\}/g;

/**
 * Fills in `${Name}` in every string of a definition. Names that are not defined stay.
 *
 * Our choice: a string that is nothing but a placeholder becomes the number or the boolean that its value is, so that
 * `"Seconds": "${Delay}"` can be filled in; a text with anything around it stays a text.
 */
export function substitutePlaceholders(
  value: JsonValue,
  defined: ReadonlyMap<string, string>,
): JsonValue {
  if (typeof value === "string") return substitute(value, defined);
  if (isJsonArray(value)) return value.map((element) => substitutePlaceholders(element, defined));
  if (!isJsonObject(value)) return value;
  const filled: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    setMember(filled, name, substitutePlaceholders(member, defined));
  }
  return inOrder(filled, Object.keys(value));
}

function substitute(text: string, defined: ReadonlyMap<string, string>): JsonValue {
  const [whole, name] = /^\$\{([^}]*)\}$/.exec(text) ?? [];
  if (whole !== undefined) {
    const value = defined.get((name ?? "").trim());
    return value === undefined ? text : numberOrBoolean(value);
  }
  return text.replace(placeholder, (all, inner: string) => defined.get(inner.trim()) ?? all);
}

function numberOrBoolean(value: string): JsonValue {
  // Twelve digits are an account's number, which is a text.
  if (/^-?(?:0|[1-9]\d{0,10})(?:[.]\d+)?$/.test(value)) return Number(value);
  if (value === "true" || value === "false") return value === "true";
  return value;
}
