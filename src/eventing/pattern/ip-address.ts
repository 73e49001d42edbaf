/** An address of IP as a number, with how many bits it has. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Addresses from one to another, both included. */
export interface IpRange {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** What is wrong with a range. */
export class InvalidCidr extends Error {
  override readonly name = "InvalidCidr";
}

/** `10.0.0.33`, `2001:db8::1`; `undefined` for what is no address. */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > longestAddress) return undefined;
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

/**
 * Reads `10.0.0.0/24`. The words are those of Event Ruler. A range begins at the address that is written, even where that has bits
 * behind the mask (*observed* in Event Ruler: `10.0.0.5/24` begins at `10.0.0.5`).
 */
export function parseCidr(text: string): IpRange {
  const [written = "", mask, more] = text.split("/");
  if (mask === undefined || more !== undefined) {
    throw new InvalidCidr("Malformed CIDR, one '/' required");
  }
  if (!/^[-+]?\d{1,9}$/.test(mask)) {
    throw new InvalidCidr("Malformed CIDR, mask bits must be an integer");
  }
  const maskBits = Number(mask);
  if (maskBits < 0) throw new InvalidCidr("Malformed CIDR, mask bits must not be negative");
  const address = parseIpAddress(written);
  if (address === undefined) throw new InvalidCidr(`Nonstandard IP address: ${written}`);
  const { bits, value } = address;
  if (maskBits >= bits) {
    throw new InvalidCidr(`IPv${bits === 32 ? 4 : 6} mask bits must be < ${bits}`);
  }
  return { bits, first: value, last: value | ((1n << BigInt(bits - maskBits)) - 1n) };
}

export function isInRange(address: IpAddress, range: IpRange): boolean {
  return address.bits === range.bits && address.value >= range.first && address.value <= range.last;
}

/** An IPv6 address that ends in one of IPv4, all of it written out. */
const longestAddress = 45;

function parseV4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return { bits: 32, value };
}

function parseV6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [front, back] = halves.map(groupsOf);
  if (front === undefined) return undefined;
  if (halves.length === 1) return front.length === 8 ? fromGroups(front) : undefined;
  if (back === undefined || front.length + back.length > 7) return undefined;
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return fromGroups([...front, ...zeros, ...back]);
}

function groupsOf(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16));
}

function fromGroups(groups: readonly number[]): IpAddress {
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}
