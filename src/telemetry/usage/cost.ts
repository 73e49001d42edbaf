import type { Prices } from "./prices.ts";
import type { Used } from "./usage.ts";

/** What AWS would have charged, in the currency of the prices. */
export interface Cost {
  readonly transitions: number;
  readonly requests: number;
  readonly duration: number;
  readonly total: number;
}

const secondsPerHour = 3_600;

/** For all that an account used in a month: the free transitions and the cheaper tiers are the account's. */
export function costOfMonth({ transitions, requests, gbSeconds }: Used, prices: Prices): Cost {
  const { standard, express } = prices;
  const billed = Math.max(0, transitions - standard.freeTransitions);
  return costOf({
    transitions: (billed / 1_000) * standard.perThousandTransitions,
    requests: (requests / 1_000_000) * express.perMillionRequests,
    duration: durationCost(gbSeconds, prices),
  });
}

/** What one thing more costs: without what is free, at the first tier. */
export function listCost({ transitions, requests, gbSeconds }: Used, prices: Prices): Cost {
  const { standard, express } = prices;
  const [first] = express.gbSecondTiers;
  return costOf({
    transitions: (transitions / 1_000) * standard.perThousandTransitions,
    requests: (requests / 1_000_000) * express.perMillionRequests,
    duration: gbSeconds * (first?.perGbSecond ?? 0),
  });
}

/** The part of an account's cost that falls to whoever used a part of it. */
export function shareOfCost(part: Used, whole: Used, cost: Cost): Cost {
  const share = (used: number, all: number): number => (all === 0 ? 0 : used / all);
  return costOf({
    transitions: cost.transitions * share(part.transitions, whole.transitions),
    requests: cost.requests * share(part.requests, whole.requests),
    duration: cost.duration * share(part.gbSeconds, whole.gbSeconds),
  });
}

function durationCost(gbSeconds: number, { express }: Prices): number {
  let cost = 0;
  let from = 0;
  for (const { upToGbHours = Number.POSITIVE_INFINITY, perGbSecond } of express.gbSecondTiers) {
    const to = upToGbHours * secondsPerHour;
    cost += Math.max(0, Math.min(gbSeconds, to) - from) * perGbSecond;
    from = to;
  }
  return cost;
}

function costOf({ transitions, requests, duration }: Omit<Cost, "total">): Cost {
  return { transitions, requests, duration, total: transitions + requests + duration };
}
