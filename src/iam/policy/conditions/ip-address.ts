import { remembered } from "./remembered.ts";
import type { ValueOperator } from "./value-operator.ts";

/** `203.0.113.0/24`, `2001:DB8::/32`; an address without a prefix is that one alone. */
export const ipAddress: ValueOperator = {
  compile(text) {
    const range = parseRange(text);
    if (range === undefined) return undefined;
    return {
      matches(givenText) {
        const given = addressOf(givenText);
        return given === undefined ? "unknown" : isWithin(given, range);
      },
    };
  },
};

/** The bits of an address: 32, or 128. */
type Address = string;

const addressOf = remembered((text: string) => parseAddress(text));

interface Range {
  /** Of the whole address. */
  readonly bits: number;
  readonly prefix: Address;
}

function isWithin(given: Address, { bits, prefix }: Range): boolean {
  return given.length === bits && given.startsWith(prefix);
}

function parseRange(text: string): Range | undefined {
  const [, written = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  const bits = address.length;
  const length = prefix === undefined ? bits : Number(prefix);
  return length > bits ? undefined : { bits, prefix: address.slice(0, length) };
}

/** What IPv6 has before an address of IPv4: a socket for both tells those who call by the latter so. */
const mappedPrefix = "0".repeat(80) + "1".repeat(16);

function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) return parseV4(text);
  const bits = parseV6(text);
  return bits?.startsWith(mappedPrefix) ? bits.slice(mappedPrefix.length) : bits;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) {
    return undefined;
  }
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte < 256)
    ? bytes.map((byte) => toBits(byte, 8)).join("")
    : undefined;
}

function parseV6(text: string): Address | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [before = "", after] = halves;
  const left = parseGroups(before, after === undefined);
  const right = after === undefined ? "" : parseGroups(after, true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 128 - left.length - right.length;
  const isFilled = after === undefined ? missing === 0 : missing >= 16;
  return isFilled ? left + "0".repeat(missing) + right : undefined;
}

/** Groups of four digits; the end of the address may have an address of IPv4 in it. */
function parseGroups(text: string, isEnd: boolean): string | undefined {
  if (text === "") return "";
  const groups = text.split(":");
  const bits = groups.map((group, index) => {
    if (isEnd && index === groups.length - 1 && group.includes(".")) return parseV4(group);
    return /^[0-9a-f]{1,4}$/i.test(group) ? toBits(Number.parseInt(group, 16), 16) : undefined;
  });
  return bits.every((group) => group !== undefined) ? bits.join("") : undefined;
}

function toBits(value: number, length: number): string {
  return value.toString(2).padStart(length, "0");
}
