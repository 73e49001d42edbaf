import { type JsonObject, type JsonValue, setMember } from "../../expression/json.ts";
import { isBase64, type ValueStyle } from "./member-names.ts";
import type { SdkShape } from "./sdk-shape.ts";

/**
 * What an operation answered as a task shows it: members in alphabetical order, times in ISO 8601. A stream must have
 * been read: its bytes come last. *Observed*.
 */
export function sdkOutput(shape: SdkShape, value: unknown, style: ValueStyle): JsonObject {
  return converted(shape, value, style, "") as JsonObject;
}

/** `name` is that of the member that the value is of, or is in. */
function converted(shape: SdkShape, value: unknown, style: ValueStyle, name: string): JsonValue {
  if (value === undefined || value === null) return null;
  switch (shape.type) {
    case "structure":
      return structure(shape, value as { readonly [name: string]: unknown }, style);
    case "list":
      return Array.from(value as Iterable<unknown>, (item) =>
        converted(shape.item(), item, style, name),
      );
    case "map": {
      const map: Record<string, JsonValue> = {};
      for (const [key, item] of Object.entries(value)) {
        setMember(map, key, converted(shape.value(), item, style, name));
      }
      return map;
    }
    case "timestamp":
      if (style.times === "milliseconds") return (value as Date).getTime();
      // As Java writes it: no milliseconds where there are none.
      return (value as Date).toISOString().replace(".000Z", "Z");
    case "blob":
    case "stream":
      return bytesText(value as Uint8Array, isBase64(style, name));
    case "number":
      return Number(value);
    case "text":
    case "boolean":
    case "document":
      return value as JsonValue;
  }
}

function structure(
  shape: Extract<SdkShape, { type: "structure" }>,
  value: { readonly [name: string]: unknown },
  style: ValueStyle,
): JsonObject {
  const members = [...shape.members]
    .map(([name, memberShape]) => ({ name, shown: style.memberName(name), shape: memberShape() }))
    .filter((member) => isPresent(value[member.name]) || isShownEmpty(member.shape, style))
    .toSorted((a, b) => order(a) - order(b) || (a.shown < b.shown ? -1 : 1));
  const object: Record<string, JsonValue> = {};
  for (const { name, shown, shape: memberShape } of members) {
    const given = isPresent(value[name]) ? value[name] : [];
    setMember(object, shown, converted(memberShape, given, style, name));
  }
  return object;
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isShownEmpty({ type }: SdkShape, { absentLists }: ValueStyle): boolean {
  return type === "list" && absentLists === "empty";
}

function order({ shape }: { readonly shape: SdkShape }): number {
  return shape.type === "stream" ? 1 : 0;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** *Observed*: bytes that are text are that text. *Our choice*: others are base64, because no text has them. */
function bytesText(bytes: Uint8Array, asBase64: boolean): string {
  const base64 = (): string => Buffer.from(bytes).toString("base64");
  if (asBase64) return base64();
  try {
    return utf8.decode(bytes);
  } catch {
    return base64();
  }
}
