import { firstAfter, type RunMark } from "./run-marks.ts";

/** However long nothing happened, the next thing is shown after this, in milliseconds. */
const longestPause = 1_500;
/** Faster steps are taken together: what is shown has to be drawn. */
export const shortestStep = 80;

export interface Step {
  readonly to: number;
  readonly afterMs: number;
}

/**
 * The event to show next, and after how long, when the run is played so many times as fast as it went.
 *
 * Events between two marks have no time of their own: it is gone from mark to mark.
 */
export function nextStep(
  marks: readonly RunMark[],
  eventId: number,
  lastEventId: number,
  speed: number,
): Step | undefined {
  if (eventId >= lastEventId) return undefined;
  const index = firstAfter(marks, eventId);
  const from = (marks[index - 1] ?? marks[index])?.at;
  let waited = 0;
  for (let next = index; next < marks.length; next++) {
    const mark = marks[next] as RunMark;
    waited = Math.min((mark.at - (from ?? mark.at)) / speed, longestPause);
    if (waited >= shortestStep) return { to: mark.id, afterMs: waited };
  }
  return { to: lastEventId, afterMs: Math.max(shortestStep, waited) };
}
