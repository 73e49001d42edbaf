import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

/** Only the members that have a value. */
export function given(members: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** Some of a resource's properties, as members of the same name. */
export function picked(properties: JsonObject, names: readonly string[]): JsonObject {
  return given(Object.fromEntries(names.map((name) => [name, properties[name]])));
}

/** Names with a small first letter, as Step Functions and REST APIs have them. Names of `asTheyAre`'s members are data. */
export function lowerCamel(value: JsonValue, asTheyAre: readonly string[] = []): JsonValue {
  if (isJsonArray(value)) return value.map((each) => lowerCamel(each, asTheyAre));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      asTheyAre.includes(name) ? member : lowerCamel(member, asTheyAre),
    ]),
  );
}

/** A value of a property that templates have as a text: *documented*, CloudFormation takes either. */
export function asNumber(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

export function asBoolean(value: JsonValue | undefined): JsonValue | undefined {
  return value === "true" ? true : value === "false" ? false : value;
}

export function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value : [value];
}

export function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return listIn(value).filter(isJsonObject);
}

export function textsIn(value: JsonValue | undefined): readonly string[] {
  return listIn(value).map(String);
}

/** A document that templates have as an object, as JSON text. */
export function jsonText(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
