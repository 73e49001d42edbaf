import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
  setMember,
} from "../../expression/json.ts";
import type { QueryLanguage } from "../../asl/definition.ts";
import type { Requirement } from "./requirement.ts";

/** What stands for a value that is only known when the workflow runs: the wildcard that it is in a policy. */
export const unknownValue = "*";

/** Of a template that has not been filled in; in a policy it would be a variable. */
const placeholder = /\$\{[^}]*\}/g;

/** A value as it is written, with {@link unknownValue} for what is an expression. */
export function knownValue(written: JsonValue, language: QueryLanguage): JsonValue {
  if (typeof written === "string") {
    if (language === "JSONata" && /^\s*\{%/.test(written)) return unknownValue;
    return written.replaceAll(placeholder, unknownValue);
  }
  if (isJsonArray(written)) return written.map((item) => knownValue(item, language));
  if (!isJsonObject(written)) return written;
  const known: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(written)) {
    const isPath = language === "JSONPath" && name.endsWith(".$");
    if (isPath) setMember(known, name.slice(0, -".$".length), unknownValue);
    else setMember(known, name, knownValue(value, language));
  }
  return known;
}

/** A member as it is written: its text, {@link unknownValue} for an expression, `undefined` for what is not there. */
export function knownText(
  holder: JsonValue | undefined,
  name: string,
  language: QueryLanguage,
): string | undefined {
  const known = holder === undefined ? undefined : knownValue(holder, language);
  if (known === unknownValue) return unknownValue;
  const value = isJsonObject(known) ? ownMember(known, name) : undefined;
  return typeof value === "string" ? value : undefined;
}

/**
 * The resource that a value names, and whether it is only known when the workflow runs. What stands where an ARN should and is
 * none, a policy cannot name; the service will refuse it.
 */
export function knownResource(text: string): Pick<Requirement, "resource" | "isDynamic"> {
  const resource = text.startsWith("arn:") ? text : unknownValue;
  return { resource, ...(resource.includes(unknownValue) && { isDynamic: true }) };
}

/** An object in which these paths (`Entries[].Detail`) lead to values that nobody knows. */
export function unknownAt(paths: readonly string[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const path of paths) {
    const [first = "", ...rest] = path.split(".");
    const isList = first.endsWith("[]");
    const inner = rest.length === 0 ? unknownValue : unknownAt([rest.join(".")]);
    setMember(object, isList ? first.slice(0, -"[]".length) : first, isList ? [inner] : inner);
  }
  return object;
}

/** Whether the way to `path` leads through something that is only known when the workflow runs. */
export function isUnknownAt(value: JsonValue | undefined, path: string): boolean {
  if (value === unknownValue) return true;
  const [first = "", ...rest] = path.split(".");
  if (!isJsonObject(value) || first === "") return false;
  const member = ownMember(value, first.replace(/\[\]$/, ""));
  const inner = isJsonArray(member) ? member : [member];
  return inner.some((one) => isUnknownAt(one, rest.join(".")));
}
