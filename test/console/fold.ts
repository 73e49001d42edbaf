import { ExecutionFold } from "../../src/console/execution/execution-fold.ts";
import type { NodeView, VisitView } from "../../src/console/view-types.ts";
import type { JournalEvent } from "../../src/machine/journal/journal-event.ts";

export function foldOf(events: readonly JournalEvent[]): ExecutionFold {
  const fold = new ExecutionFold();
  for (const event of events) fold.apply(event);
  return fold;
}

export function visitsOf(fold: ExecutionFold): readonly VisitView[] {
  return fold.visits(() => true, 0, Infinity).visits;
}

/** What the visits say of each state: the law that the fold's own counters are held to. */
export function countedNodes(visits: readonly VisitView[]): readonly Partial<NodeView>[] {
  const nodes = [];
  for (const [key, all] of Map.groupBy(visits, (visit) => visit.key)) {
    const count = (status: VisitView["status"]): number =>
      all.filter((visit) => visit.status === status).length;
    const items = all.flatMap((visit) => (visit.items === undefined ? [] : [visit.items]));
    const sum = (name: keyof (typeof items)[number]): number =>
      items.reduce((total, each) => total + each[name], 0);
    nodes.push({
      key,
      entries: all.length,
      running: count("running"),
      waiting: count("waiting"),
      retrying: count("retrying"),
      succeeded: count("succeeded"),
      caught: count("caught"),
      failed: count("failed"),
      aborted: count("aborted"),
      attempts: all.reduce((total, { attempts }) => total + attempts.length, 0),
      firstAt: Math.min(...all.map(({ enteredAt }) => enteredAt)),
      totalMs: all.reduce(
        (total, { enteredAt, exitedAt }) => total + (exitedAt ?? enteredAt) - enteredAt,
        0,
      ),
      lastVisit: Math.max(...all.map(({ id }) => id)),
      ...(items.length > 0 && {
        items: {
          total: sum("total"),
          started: sum("started"),
          succeeded: sum("succeeded"),
          failed: sum("failed"),
          aborted: sum("aborted"),
        },
      }),
    });
  }
  return nodes;
}

/** The newer values over the older ones, as the page merges them. */
export function merged<T>(older: readonly T[], newer: readonly T[], keyOf: (each: T) => unknown) {
  const all = new Map(older.map((each) => [keyOf(each), each]));
  for (const each of newer) all.set(keyOf(each), each);
  return [...all.values()];
}
