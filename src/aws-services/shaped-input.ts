import { isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import { ServiceError } from "../ports/service-api.ts";
import {
  flagOf,
  numberOf,
  shownText,
  structureOf,
  structuresOf,
  textOf,
  textsOf,
} from "./members.ts";

/** What a member of a stand-in's input has to be. */
export type Shape =
  | "text"
  | "number"
  | "flag"
  | "texts"
  /** Names and texts. */
  | "map"
  /** Attributes of messages by their names. */
  | "attributes"
  | { readonly listOf: Shapes };
export interface Shapes {
  readonly [member: string]: Shape;
}

/**
 * The members of an input as the AWS SDK's client would have checked and given them: of JSON, or of a form, where numbers are texts and
 * maps are lists of entries. What nobody knows is left out.
 */
export function shapedInput(members: JsonObject, shapes: Shapes): object {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const value = members[name];
      return value === undefined || value === null ? [] : [[name, shaped(members, name, shape)]];
    }),
  );
}

function shaped(members: JsonObject, name: string, shape: Shape): unknown {
  if (typeof shape === "object") {
    return structuresOf(members, name).map((each) => shapedInput(each, shape.listOf));
  }
  switch (shape) {
    case "text":
      return textOf(members, name);
    case "number":
      return numberOf(members, name, { usual: 0, least: -(2 ** 31), most: 2 ** 31 });
    case "flag":
      return flagOf(members, name);
    case "texts":
      return textsOf(members, name);
    case "map":
      return mapOf(structureOf(members, name), (value) => {
        if (isJsonObject(value) || Array.isArray(value)) throw notText(name);
        return shownText(value);
      });
    case "attributes":
      return mapOf(structureOf(members, name), (value) => {
        if (!isJsonObject(value)) throw notText(name);
        const bytes = textOf(value, "BinaryValue");
        return {
          DataType: textOf(value, "DataType"),
          StringValue: textOf(value, "StringValue"),
          ...(bytes !== undefined && { BinaryValue: Buffer.from(bytes, "base64") }),
        };
      });
  }
}

/** *Documented*: of a form `Attributes.entry.1.key` and `.value`, or `.Name` and `.Value`. */
function mapOf(
  structure: JsonObject,
  valueOf: (value: JsonValue) => unknown,
): { readonly [key: string]: unknown } {
  const { entry } = structure;
  const entries =
    isJsonObject(entry ?? null) && Object.keys(structure).length === 1
      ? Object.values(entry as JsonObject).map((each): readonly [string, JsonValue] => {
          const { key, value, Name, Value } = isJsonObject(each) ? each : {};
          return [shownText(key ?? Name ?? ""), value ?? Value ?? ""];
        })
      : Object.entries(structure);
  return Object.fromEntries(entries.map(([key, value]) => [key, valueOf(value)]));
}

function notText(name: string): ServiceError {
  return new ServiceError(
    "InvalidParameterValue",
    `The values of '${name}' are not as they should be`,
  );
}
