import type { ExecutionFold } from "../execution/execution-fold.ts";
import {
  type InlineItemsView,
  itemStatuses,
  type ItemStatus,
  type VisitView,
} from "../view-types.ts";
import { packStatuses } from "./pack-statuses.ts";
import { rangesOf } from "./map-run-views.ts";

/** Our choice: iterations that are shown; an inline Map has no more, for a history is full before. */
const mostShown = 40_000;
const mostGroups = 50;

/** How the iterations of an inline Map are doing, by the index of their items; `undefined`: it is no such visit. */
export function inlineItems(fold: ExecutionFold, mapVisit: number): InlineItemsView | undefined {
  const map = fold.visit(mapVisit);
  if (map?.type !== "Map" || map.mapRunArn !== undefined) return undefined;
  const { visits } = fold.visits(({ parent }) => parent === mapVisit, 0, Infinity);
  // What an iteration has come to says the state that it entered last.
  const last = new Map<number, VisitView>();
  for (const visit of visits) last.set(visit.lane, visit);
  const highest = Math.max(-1, ...last.keys());
  const total = Math.min(mostShown, Math.max(map.items?.total ?? 0, highest + 1));
  const statuses = new Uint8Array(total);
  const failures = new Map<string, { readonly cause?: string; readonly indexes: number[] }>();
  for (const [lane, visit] of last) {
    if (lane >= total) continue;
    const status = statusOf(visit);
    statuses[lane] = itemStatuses.indexOf(status);
    if (status !== "failed") continue;
    const error = visit.error ?? errorWithin(fold, visit) ?? "";
    const group = failures.get(error);
    if (group !== undefined) group.indexes.push(lane);
    else
      failures.set(error, {
        indexes: [lane],
        ...(visit.cause !== undefined && { cause: visit.cause }),
      });
  }
  const errors = [...failures]
    .sort(([, a], [, b]) => b.indexes.length - a.indexes.length)
    .slice(0, mostGroups)
    .map(([error, { indexes, cause }]) => ({
      error,
      count: indexes.length,
      ...(cause !== undefined && { cause }),
      ranges: rangesOf(indexes.sort((a, b) => a - b)),
    }));
  return { items: { total, packed: packStatuses(statuses, total) }, errors };
}

function statusOf({ status }: VisitView): ItemStatus {
  switch (status) {
    case "running":
    case "waiting":
    case "retrying":
      return "running";
    case "succeeded":
    case "caught":
      return "succeeded";
    case "failed":
      return "failed";
    case "aborted":
      return "aborted";
  }
}

/** A Parallel or Map that fails says no error of its own: what failed in it does. */
function errorWithin(fold: ExecutionFold, { id }: VisitView): string | undefined {
  for (let holder = id; ;) {
    const [inner] = fold.visits(
      ({ parent, status }) => parent === holder && status === "failed",
      0,
      1,
    ).visits;
    if (inner === undefined) return undefined;
    if (inner.error !== undefined) return inner.error;
    holder = inner.id;
  }
}
