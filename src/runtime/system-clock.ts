import type { Clock } from "../ports/clock.ts";

/** The longest delay that a timer of Node takes; a longer one is waited for in pieces. */
const longestTimerMs = 2_147_483_647;

/** The machine's clock. A step back does not fire anything early: deadlines are checked against `now` when woken. */
export const systemClock: Clock = {
  now: () => Date.now(),
  schedule(at, wake) {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const delay = at - Date.now();
      timer = setTimeout(
        () => (at > Date.now() ? arm() : wake()),
        Math.max(0, Math.min(delay, longestTimerMs)),
      );
    };
    arm();
    return () => clearTimeout(timer);
  },
};
