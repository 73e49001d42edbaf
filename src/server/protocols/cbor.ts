import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { ServiceError, type ServiceMembers, type ServiceValue } from "../../ports/service-api.ts";
import { isList } from "../query-protocol/write-xml.ts";

/** Our choice. */
const mostDepth = 32;

const malformed = (): ServiceError =>
  new ServiceError("SerializationException", "The request is not valid CBOR");

/** The members of a body in CBOR (RFC 8949), as far as Smithy's protocol uses it: no bytes, times as their seconds. */
export function parseCbor(body: Uint8Array): JsonObject {
  if (body.length === 0) return {};
  const reader = new CborReader(body);
  const value = reader.item(0);
  if (!reader.isAtEnd || typeof value !== "object" || value === null || Array.isArray(value)) {
    throw malformed();
  }
  return value as JsonObject;
}

/** Ends a list or map of a length that nobody said. */
const end = Symbol("end");

class CborReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  item(depth: number): JsonValue {
    const value = this.#next(depth);
    if (value === end) throw malformed();
    return value;
  }

  #next(depth: number): JsonValue | typeof end {
    if (depth > mostDepth) throw malformed();
    const first = this.#take(1)[0] ?? 0;
    const [type, extra] = [first >> 5, first & 31];
    if (type === 7) return this.#simple(extra);
    const length = extra === 31 ? undefined : this.#length(extra);
    switch (type) {
      case 0:
      case 1:
        if (length === undefined) throw malformed();
        return type === 0 ? length : -1 - length;
      case 2:
        return this.#text(length, depth, "base64");
      case 3:
        return this.#text(length, depth, "utf8");
      case 4:
        return [...this.#items(length, depth)];
      case 5: {
        const items = [...this.#items(length === undefined ? undefined : length * 2, depth)];
        if (items.length % 2 !== 0) throw malformed();
        const members: [string, JsonValue][] = [];
        for (let at = 0; at < items.length; at += 2) {
          members.push([textItem(items[at]), items[at + 1] ?? null]);
        }
        return Object.fromEntries(members);
      }
      default:
        // A tag: of a time, which is the number that follows.
        return this.item(depth + 1);
    }
  }

  *#items(length: number | undefined, depth: number): Generator<JsonValue> {
    for (let count = 0; length === undefined || count < length; count++) {
      const value = this.#next(depth + 1);
      if (value === end) {
        if (length === undefined) return;
        throw malformed();
      }
      yield value;
    }
  }

  #text(length: number | undefined, depth: number, encoding: "base64" | "utf8"): string {
    return length === undefined
      ? [...this.#items(undefined, depth)].map(textItem).join("")
      : this.#take(length).toString(encoding);
  }

  #simple(extra: number): JsonValue | typeof end {
    switch (extra) {
      case 20:
      case 21:
        return extra === 21;
      case 22:
      case 23:
        return null;
      case 25:
        return halfFloat(this.#take(2).readUInt16BE());
      case 26:
        return this.#take(4).readFloatBE();
      case 27:
        return this.#take(8).readDoubleBE();
      case 31:
        return end;
      default:
        throw malformed();
    }
  }

  #length(extra: number): number {
    if (extra < 24) return extra;
    switch (extra) {
      case 24:
        return this.#take(1).readUInt8();
      case 25:
        return this.#take(2).readUInt16BE();
      case 26:
        return this.#take(4).readUInt32BE();
      case 27:
        return Number(this.#take(8).readBigUInt64BE());
      default:
        throw malformed();
    }
  }

  #take(length: number): Buffer {
    const from = this.#at;
    if (length > this.#bytes.length - from) throw malformed();
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }
}

function textItem(item: JsonValue | undefined): string {
  if (typeof item !== "string") throw malformed();
  return item;
}

function halfFloat(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Members in CBOR. *Documented*: times are tagged as seconds since the epoch (tag 1). */
export function cborOf(members: ServiceMembers): Buffer {
  const parts: Buffer[] = [];
  write(members, parts);
  return Buffer.concat(parts);
}

function write(value: ServiceValue, parts: Buffer[]): void {
  if (value === undefined || value === null) parts.push(Buffer.of(0xf6));
  else if (value === true) parts.push(Buffer.of(0xf5));
  else if (value === false) parts.push(Buffer.of(0xf4));
  else if (typeof value === "number") parts.push(number(value));
  else if (typeof value === "string") {
    const bytes = Buffer.from(value);
    parts.push(head(3, bytes.length), bytes);
  } else if (value instanceof Date) parts.push(Buffer.of(0xc1), number(value.getTime() / 1_000));
  else if (isList(value)) {
    parts.push(head(4, value.length));
    for (const each of value) write(each, parts);
  } else {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    parts.push(head(5, entries.length));
    for (const [name, member] of entries) {
      write(name, parts);
      write(member, parts);
    }
  }
}

function number(value: number): Buffer {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }
  const double = Buffer.alloc(9);
  double[0] = 0xfb;
  double.writeDoubleBE(value, 1);
  return double;
}

function head(type: number, length: number): Buffer {
  const major = type << 5;
  if (length < 24) return Buffer.of(major | length);
  if (length < 0x1_00) return Buffer.of(major | 24, length);
  const bytes = Buffer.alloc(length < 0x1_00_00 ? 3 : length < 0x1_00_00_00_00 ? 5 : 9);
  if (bytes.length === 3) bytes.writeUInt16BE(length, 1);
  else if (bytes.length === 5) bytes.writeUInt32BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  bytes[0] = major | { 3: 25, 5: 26, 9: 27 }[bytes.length as 3 | 5 | 9];
  return bytes;
}
