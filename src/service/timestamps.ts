import type { EpochMs } from "../machine/ids.ts";

/** A time as the API's JSON has it: seconds since the epoch, with a fraction. */
export function epochSeconds(at: EpochMs): number {
  return at / 1000;
}
