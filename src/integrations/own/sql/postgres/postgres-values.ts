import { numberFromText } from "../../../../expression/exact-number.ts";
import {
  isJsonArray,
  isJsonNumber,
  isJsonObject,
  type JsonValue,
} from "../../../../expression/json.ts";
import { parseJson } from "../../../../expression/parse-json.ts";
import { arrayFrom } from "./postgres-array.ts";

type Reader = (text: string) => JsonValue;

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** With its text, whatever its length; `NaN` and `Infinity`, which JSON has not, are texts. */
const number: Reader = (text) => (jsonNumber.test(text) ? numberFromText(text) : text);

const boolean: Reader = (text) => text === "t";

const json: Reader = (text) => {
  try {
    return parseJson(text);
  } catch {
    // It is nested more deeply than any document here may be.
    return text;
  }
};

/** The session has `bytea_output` hex: `\x0aff`. */
const bytes: Reader = (text) => Buffer.from(text.slice(2), "hex").toString("base64");

/**
 * `2026-01-02 03:04:05.678+00` as ISO 8601, with all its digits. The session has DateStyle ISO and is in UTC. `infinity` and years
 * before Christ stay as they are.
 */
const timestamp: Reader = (text) => {
  const [, date, time, zone] =
    /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?$/.exec(text) ?? [];
  return date === undefined || time === undefined
    ? text
    : `${date}T${time}${zone === undefined ? "" : "Z"}`;
};

/** By the number of the type. Source: PostgreSQL, pg_type.dat. Any other type is the text that it has. */
const readers: { readonly [type: number]: Reader } = {
  16: boolean,
  17: bytes,
  20: number,
  21: number,
  23: number,
  26: number,
  114: json,
  700: number,
  701: number,
  1114: timestamp,
  1184: timestamp,
  1700: number,
  3802: json,
};

const asText: Reader = (text) => text;

/** Types of arrays, with those of their elements. */
const arrays: { readonly [type: number]: Reader } = {
  199: json,
  1000: boolean,
  1001: bytes,
  1005: number,
  1007: number,
  1009: asText,
  1014: asText,
  1015: asText,
  1016: number,
  1021: number,
  1022: number,
  1028: number,
  1115: timestamp,
  1182: asText,
  1185: timestamp,
  1231: number,
  2951: asText,
  3807: json,
};

/** How a value of the type is read from its text. */
export function readerOf(type: number): Reader {
  const element = arrays[type];
  if (element !== undefined) return (text) => arrayFrom(text, element);
  return readers[type] ?? asText;
}

/**
 * A parameter as the server is sent it: as text, whose type is the one that the statement has there. *Our choice*: objects and lists
 * are JSON text, for `json` and `jsonb`.
 */
export function parameterText(value: JsonValue): string | null {
  if (value === null || typeof value === "string") return value;
  if (isJsonNumber(value) || isJsonArray(value) || isJsonObject(value))
    return JSON.stringify(value);
  return String(value);
}
