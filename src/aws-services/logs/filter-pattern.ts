import { isJsonObject, type JsonValue } from "../../expression/json.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { shownText } from "../members.ts";

/**
 * What a filter pattern makes of a message. *Documented*: terms that must all be there, `?term` of which one must be, `-term` that must
 * not; quoted texts; and `{ $.path = value }` of JSON messages, of which one comparison is built here.
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  const trimmed = pattern.trim();
  if (trimmed === "") return () => true;
  if (trimmed.startsWith("{")) return memberPattern(trimmed);
  if (trimmed.startsWith("[") || trimmed.startsWith("%")) throw notBuilt(trimmed);
  const terms = [...trimmed.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(
    ([, sign = "", quoted, plain = ""]) => ({
      sign,
      text: quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, "$1"),
    }),
  );
  const all = terms.filter(({ sign }) => sign === "");
  const any = terms.filter(({ sign }) => sign === "?");
  const none = terms.filter(({ sign }) => sign === "-");
  return (message) => {
    const has = ({ text }: { readonly text: string }): boolean => message.includes(text);
    return all.every(has) && (any.length === 0 || any.some(has)) && !none.some(has);
  };
}

const comparison = /^\{\s*\$\.([\w.-]+)\s*(=|!=|<=|>=|<|>)\s*(?:"([^"]*)"|([^\s"{}&|]+))\s*\}$/;

function memberPattern(pattern: string): (message: string) => boolean {
  const [, path, operator, quoted, plain = ""] = comparison.exec(pattern) ?? [];
  if (path === undefined || operator === undefined) throw notBuilt(pattern);
  const names = path.split(".");
  const wanted = quoted ?? plain;
  return (message) => {
    const value = names.reduce<JsonValue | undefined>(
      (within, name) => (isJsonObject(within) ? within[name] : undefined),
      jsonOf(message),
    );
    return value !== undefined && compares(value, operator, wanted);
  };
}

function compares(value: JsonValue, operator: string, wanted: string): boolean {
  switch (operator) {
    case "=":
    case "!=": {
      const isEqual =
        typeof value === "string" && wanted.includes("*")
          ? hasForm(value, wanted.split("*"))
          : shownText(value) === wanted;
      return isEqual === (operator === "=");
    }
    case "<":
      return Number(value) < Number(wanted);
    case "<=":
      return Number(value) <= Number(wanted);
    case ">":
      return Number(value) > Number(wanted);
    default:
      return Number(value) >= Number(wanted);
  }
}

/** Whether the parts are there one after another, the first at the beginning and the last at the end. */
function hasForm(text: string, parts: readonly string[]): boolean {
  const [first = "", ...middle] = parts;
  const last = middle.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of middle) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.endsWith(last) && text.length - last.length >= at;
}

function jsonOf(message: string): JsonValue | undefined {
  try {
    return JSON.parse(message) as JsonValue;
  } catch {
    return undefined;
  }
}

function notBuilt(pattern: string): ServiceError {
  return new ServiceError(
    "InvalidParameterException",
    `Stepwell filters by terms, and by one comparison of a member as { $.level = "ERROR" }; not by ${pattern.slice(0, 200)}`,
  );
}
