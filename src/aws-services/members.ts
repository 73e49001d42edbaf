import { isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import { ServiceError } from "../ports/service-api.ts";

/** A member that is a text; a number is one as the query protocol has it. */
export function textOf(members: JsonObject, name: string): string | undefined {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw invalidType(name, "a string");
}

/** Any value as a text: what is none is shown as JSON. */
export function shownText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text that has to be there. */
export function requiredText(members: JsonObject, name: string): string {
  const value = textOf(members, name);
  if (value === undefined || value === "") {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}

export function flagOf(members: JsonObject, name: string): boolean {
  const value = members[name];
  return value === true || value === "true";
}

/** A whole number within its bounds, or the usual one. */
export function numberOf(
  members: JsonObject,
  name: string,
  { usual, least, most }: { readonly usual: number; readonly least: number; readonly most: number },
): number {
  const value = members[name];
  if (value === undefined || value === null || value === "") return usual;
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < least || number > most) {
    throw new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${shownText(value)}' at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must be a whole number from ${least} to ${most}`,
    );
  }
  return number;
}

/** A list; of one element XML does not say that it is one. */
export function listOf(members: JsonObject, name: string): readonly JsonValue[] {
  const value = members[name];
  if (value === undefined || value === null || value === "") return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

export function textsOf(members: JsonObject, name: string): readonly string[] {
  return listOf(members, name).map((each) => {
    if (typeof each !== "string") throw invalidType(name, "a list of strings");
    return each;
  });
}

export function structureOf(members: JsonObject, name: string): JsonObject {
  const value = members[name];
  if (value === undefined || value === null || value === "") return {};
  if (!isJsonObject(value)) throw invalidType(name, "a structure");
  return value;
}

export function structuresOf(members: JsonObject, name: string): readonly JsonObject[] {
  return listOf(members, name).map((each) => {
    if (!isJsonObject(each)) throw invalidType(name, "a list of structures");
    return each;
  });
}

function invalidType(name: string, wanted: string): ServiceError {
  return new ServiceError("SerializationException", `The member '${name}' must be ${wanted}`);
}
