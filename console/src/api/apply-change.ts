import type { QueryClient } from "@tanstack/react-query";
import type {
  ExecutionChange,
  ExecutionView,
  VisitPage,
  VisitView,
} from "../../../src/console/view-types.ts";
import { keys } from "./keys.ts";

/** Puts what has changed into what the page has read: values, so that the same change twice is once. */
export function applyChange(client: QueryClient, change: ExecutionChange): void {
  const { executionArn } = change;
  client.setQueryData<ExecutionView>(keys.execution(executionArn), (view) =>
    view === undefined ? view : changedView(view, change),
  );
  client.setQueryData<VisitPage>(keys.visits(executionArn), (page) =>
    page === undefined ? page : changedVisits(page, change),
  );
  void client.invalidateQueries({ queryKey: keys.events(executionArn) });
}

export function changedView(view: ExecutionView, change: ExecutionChange): ExecutionView {
  if (change.lastEventId < view.lastEventId) return view;
  const { nodes, edges, visits: _visits, ...changed } = change;
  return {
    ...withoutEnd(view),
    ...changed,
    nodes: merged(view.nodes, nodes, ({ key }) => key),
    edges: merged(view.edges, edges, ({ kind, from, to }) => `${kind} ${from} ${to}`),
  };
}

/** Without what a change says only while it is so: a redrive takes the end away. */
function withoutEnd({
  stopDate: _stopDate,
  notRedrivable: _notRedrivable,
  redriveDate: _redriveDate,
  redrivenBy: _redrivenBy,
  error: _error,
  cause: _cause,
  failedVisit: _failedVisit,
  ...rest
}: ExecutionView): ExecutionView {
  return rest;
}

export function changedVisits(page: VisitPage, change: ExecutionChange): VisitPage {
  const visits = merged<VisitView>(page.visits, change.visits, ({ id }) => String(id));
  return { visits: [...visits].sort((a, b) => a.id - b.id), total: change.visitCount };
}

function merged<T>(
  known: readonly T[],
  changed: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  const all = new Map(known.map((item) => [keyOf(item), item]));
  for (const item of changed) all.set(keyOf(item), item);
  return [...all.values()];
}
