import { guard } from "./failure/guard.ts";
import { continueMap } from "./states/map.ts";
import { continueParallel } from "./states/parallel.ts";
import type { Turn } from "./turn.ts";

/**
 * Tells the states whose branches or iterations have ended. It must be called before anything else happens, so that
 * their events are chained to the end that caused them.
 */
export function settle(turn: Turn): void {
  for (let end = turn.ended.shift(); end !== undefined; end = turn.ended.shift()) {
    const { index } = end;
    const parent = turn.branch(end.parent);
    guard(turn, parent, () => {
      if (parent.waiting?.type === "map") continueMap(turn, parent, index);
      else if (parent.waiting?.type === "parallel") continueParallel(turn, parent);
    });
  }
}
