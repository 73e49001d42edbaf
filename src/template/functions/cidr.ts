/** Documented: how many blocks one call gives. */
const maximumBlocks = 256;

/**
 * The first `count` blocks of `bits` host bits each in a block: `Fn::Cidr`. `undefined` for arguments that have no such blocks.
 *
 * Documented: "Subnet bits is the inverse of subnet mask", so that 8 bits make blocks of /24, or of /120 in IPv6.
 */
export function cidr(block: string, count: number, bits: number): readonly string[] | undefined {
  const [address, mask] = block.split("/");
  const isV6 = block.includes(":");
  const width = isV6 ? 128 : 32;
  const start = isV6 ? parseV6(address ?? "") : parseV4(address ?? "");
  const length = Number(mask);
  if (start === undefined || mask === undefined || !isWhole(length, 0, width)) return undefined;
  if (!isWhole(count, 1, maximumBlocks) || !isWhole(bits, 1, width)) return undefined;
  const size = 1n << BigInt(bits);
  const whole = 1n << BigInt(width - length);
  if (size * BigInt(count) > whole) return undefined;
  const first = (start / whole) * whole;
  return Array.from({ length: count }, (_, index) => {
    const at = first + BigInt(index) * size;
    return `${isV6 ? printV6(at) : printV4(at)}/${String(width - bits)}`;
  });
}

function isWhole(value: number, minimum: number, maximum: number): boolean {
  return Number.isInteger(value) && value >= minimum && value <= maximum;
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split(".").map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const [head, tail, more] = text.split("::");
  if (more !== undefined || head === undefined) return undefined;
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [
    ...before,
    ...Array<string>(tail === undefined ? 0 : missing).fill("0"),
    ...after,
  ];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function printV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

/** The longest run of zero groups is left out, as RFC 5952 says. */
function printV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const text = groups.join(":");
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return text;
  const at = text.indexOf(longest);
  return `${text.slice(0, at)}::${text.slice(at + longest.length).replace(/^:/, "")}`;
}
