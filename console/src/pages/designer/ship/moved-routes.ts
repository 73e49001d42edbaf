import type { Route } from "../../workflows/rollout-words.tsx";

/** Where an alias leads once a version has a share of its starts; the rest stays with the one that has the most now. */
export function movedRoutes(
  before: readonly Route[],
  version: string,
  weight: number,
): readonly Route[] {
  const others = before.filter((route) => route.version !== version);
  const [main] = others.toSorted((a, b) => b.weight - a.weight);
  if (main === undefined || weight >= 100) return [{ version, weight: 100 }];
  return [
    { version: main.version, weight: 100 - weight },
    { version, weight },
  ];
}
