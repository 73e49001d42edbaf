import type { TimeWindow } from "../view-types.ts";

/** Our choice: what one bar of the day stands for. */
export const barMs = 30 * 60_000;
export const bars = 48;

/**
 * The 24 hours that end with the half hour of `now`. Bars begin on the half hour, so that a window that was chosen by
 * them is still made of whole bars later.
 */
export function dayOf(now: number): TimeWindow {
  const to = (Math.floor(now / barMs) + 1) * barMs;
  return { from: to - bars * barMs, to };
}
