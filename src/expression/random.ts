import type { RandomSource } from "./evaluation.ts";

/**
 * A source whose sequence follows from the seed alone: two FNV hashes of it start the generator sfc32.
 *
 * Made once for each activation and seldom asked, so that nothing is computed before the first draw. Not
 * for secrets.
 */
export function createRandomSource(seed: string | number): RandomSource {
  let draw: (() => number) | undefined;
  const next32 = (): number => (draw ??= sfc32(String(seed)))();
  return {
    // 53 bits, all that a double can tell apart below one.
    next: () => ((next32() >>> 5) * 0x400_0000 + (next32() >>> 6)) / 0x20_0000_0000_0000,
    uuid: () => uuid(next32),
  };
}

/** Chris Doty-Humphrey's small fast counting generator: 128 bits of state, passes PractRand. */
function sfc32(seed: string): () => number {
  let a = fnv1a(seed, 0x811c_9dc5);
  let b = fnv1a(seed, 0x9e37_79b9);
  let c = seed.length;
  let counter = 1;
  const next = (): number => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    return result >>> 0;
  };
  // Its author's number of rounds until similar seeds no longer show.
  for (let round = 0; round < 12; round++) next();
  return next;
}

function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return hash;
}

function uuid(next32: () => number): string {
  const version = (next32() & 0xffff_0fff) | 0x4000;
  const variant = (next32() & 0x3fff_ffff) | 0x8000_0000;
  const digits = [next32(), version, variant, next32()].map((word) =>
    (word >>> 0).toString(16).padStart(8, "0"),
  );
  const [first = "", second = "", third = "", fourth = ""] = digits;
  const groups = [second.slice(0, 4), second.slice(4), third.slice(0, 4), third.slice(4) + fourth];
  return `${first}-${groups.join("-")}`;
}
