/**
 * The first `nextDouble()` of a `java.util.Random` with this seed, which is what `$random(seed)` is on AWS:
 * `$random(42)` is 0.7275636800328681. *Observed.* The generator is specified with the class.
 */
export function javaRandom(seed: number): number {
  let state =
    (BigInt.asIntN(64, BigInt(Number.isFinite(seed) ? Math.trunc(seed) : 0)) ^ multiplier) & mask;
  const next = (bits: bigint): bigint => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}

const multiplier = 0x5_deec_e66dn;
const mask = (1n << 48n) - 1n;
