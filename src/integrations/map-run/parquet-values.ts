import { setMember, type JsonValue } from "../../expression/json.ts";

/**
 * A value of a Parquet file as JSON. *Our choice* throughout, as AWS documents none of it: integers are numbers, beyond
 * 2^53 the nearest one; instants are ISO 8601 in UTC; bytes that are no text are Base64; what JSON has no word for
 * (NaN, infinities) is null.
 */
export function parquetValue(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return Number(value);
    case "object":
      return value === null ? null : composite(value);
    default:
      return null;
  }
}

function composite(value: object): JsonValue {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(parquetValue);
  const result: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) setMember(result, name, parquetValue(member));
  return result;
}

/** What hyparquet asks for logical types that its own values would lose something of. */
export const parquetParsers = {
  /** A day has no time: its text has none either. */
  dateFromDays: (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10),
};
