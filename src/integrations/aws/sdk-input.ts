import { type ExactNumber, isLongInteger, toDouble } from "../../expression/exact-number.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  isJsonNumber,
} from "../../expression/json.ts";
import { invalidField, missingField, unsupportedField } from "../invalid-parameters.ts";
import { isBase64, isDocument, type ValueStyle } from "./member-names.ts";
import type { SdkShape } from "./sdk-shape.ts";

export interface SdkInput {
  /** As the client's commands take it. */
  readonly value: unknown;
  /** Sentences on what can never be sent; the parameters are refused if there are any. */
  readonly problems: readonly string[];
  /** Required members that are null, by the API's names: for the service to refuse, as AWS lets it. *Observed*. */
  readonly nulls: readonly string[];
  /** The members of the input whose content is sent as a stream of text. */
  readonly texts: readonly string[];
}

/** A task's parameters as the input of an operation. */
export function sdkInput(shape: SdkShape, parameters: JsonObject, style: ValueStyle): SdkInput {
  const found = { problems: [] as string[], nulls: [] as string[], texts: [] as string[] };
  const value = structure(shape as Structure, parameters, { style, ...found });
  return { value, ...found };
}

type Structure = Extract<SdkShape, { type: "structure" }>;

interface Reading {
  readonly style: ValueStyle;
  readonly problems: string[];
  readonly nulls: string[];
  readonly texts: string[];
}

function structure(shape: Structure, parameters: JsonObject, reading: Reading): unknown {
  const { style, problems } = reading;
  const input = new Map<string, unknown>();
  const given = new Set<string>();
  for (const [name, value] of Object.entries(parameters)) {
    const member = memberNamed(shape, name, style);
    if (member === undefined) {
      problems.push(unsupportedField(name));
      continue;
    }
    given.add(member);
    if (value === null) {
      if (shape.required.includes(member)) reading.nulls.push(member);
      continue;
    }
    const memberShape = (shape.members.get(member) as () => SdkShape)();
    if (memberShape.type === "stream") reading.texts.push(member);
    input.set(member, converted(memberShape, value, member, reading));
  }
  for (const name of shape.required) {
    if (!given.has(name)) problems.push(missingField(style.memberName(name)));
  }
  return Object.fromEntries(input);
}

/** The member, by its name in the API, that a task knows by a name. *Our choice*: the API's own spelling of a name does as well. */
export function memberNamed(shape: Structure, name: string, style: ValueStyle): string | undefined {
  if (shape.members.has(name)) return name;
  return [...shape.members.keys()].find((member) => style.memberName(member) === name);
}

function converted(shape: SdkShape, value: JsonValue, field: string, reading: Reading): unknown {
  const { style, problems } = reading;
  const invalid = (): undefined => {
    problems.push(invalidField(style.memberName(field)));
    return undefined;
  };
  switch (shape.type) {
    case "structure":
      return isJsonObject(value) ? structure(shape, value, reading) : invalid();
    case "list":
      if (!isJsonArray(value)) return invalid();
      return value.map((item) => converted(shape.item(), item, field, reading));
    case "map":
      if (!isJsonObject(value)) return invalid();
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          converted(shape.value(), item, field, reading),
        ]),
      );
    case "text":
      return textOf(value, field, style) ?? invalid();
    case "number":
      return numberOf(value) ?? invalid();
    case "boolean":
      if (typeof value === "boolean") return value;
      return value === "true" || value === "false" ? value === "true" : invalid();
    case "timestamp":
      return timeOf(value) ?? invalid();
    case "stream":
      return Buffer.from(JSON.stringify(value));
    case "blob":
      return blobOf(value, field, style);
    case "document":
      return value;
  }
}

/**
 * *Our choice*, after a report of Firehose: a text is its bytes as it stands (so a line can end with a newline); any other
 * value is JSON text. A stream is JSON text always, a text in its quotes: *observed* for the `Body` of S3.
 */
function blobOf(value: JsonValue, field: string, style: ValueStyle): Buffer {
  if (typeof value !== "string") return Buffer.from(JSON.stringify(value));
  return Buffer.from(value, isBase64(style, field) ? "base64" : "utf8");
}

/** *Our choice*: numbers and booleans are written out wherever a text is wanted. */
function textOf(value: JsonValue, field: string, style: ValueStyle): string | undefined {
  if (typeof value === "string") return value;
  return isDocument(style, field) || isJsonNumber(value) || typeof value === "boolean"
    ? JSON.stringify(value)
    : undefined;
}

/** A client takes a long integer as a bigint, so that its digits are kept. */
function numberOf(value: JsonValue): number | bigint | undefined {
  if (isLongInteger(value)) return BigInt((value as ExactNumber).toString());
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : toDouble(value);
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

/** *Documented*: ISO 8601. *Our choice*: seconds since the epoch do as well, as the APIs take them. */
function timeOf(given: JsonValue): Date | undefined {
  const value = toDouble(given);
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const time = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
