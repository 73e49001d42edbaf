import type { AttemptView, VisitView } from "../../../../../src/console/view-types.ts";
import type { RunRow } from "./run-rows.ts";

export type SegmentKind =
  | "queued"
  | "running"
  | "succeeded"
  | "failed"
  | "aborted"
  | "waiting"
  | "timer"
  | "retry"
  /** A state that does nothing that takes time. */
  | "state"
  /** A Parallel, a Map, one of their branches or items. */
  | "holder";

/** What a row did from one time to another. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly from: number;
  readonly to: number;
  /** Which attempt, from 1. */
  readonly attempt?: number;
  readonly error?: string;
  /** How long the Retrier asked to wait. */
  readonly delayMs?: number;
}

/** What the row did until `end`: the time that the run has come to. */
export function segmentsOf({ visit, lane }: RunRow, end: number): readonly Segment[] {
  if (visit !== undefined) return visitSegments(visit, end);
  if (lane === undefined) return [];
  return [{ kind: "holder", from: lane.from, to: lane.to ?? Math.max(end, lane.from) }];
}

function visitSegments(visit: VisitView, end: number): readonly Segment[] {
  const to = visit.exitedAt ?? Math.max(end, visit.enteredAt);
  const whole = { from: visit.enteredAt, to };
  if (visit.type === "Parallel" || visit.type === "Map") return [{ kind: "holder", ...whole }];
  if (visit.type === "Wait") return [{ kind: "timer", ...whole }];
  if (visit.attempts.length === 0) return [{ kind: "state", ...whole }];
  return visit.attempts.flatMap((attempt, index) => [
    ...attemptSegments(attempt, index + 1, to),
    ...retryGap(attempt, index + 1, visit.attempts[index + 1]?.scheduledAt ?? to),
  ]);
}

function attemptSegments(attempt: AttemptView, number: number, end: number): readonly Segment[] {
  const { scheduledAt, startedAt, submittedAt, status, error } = attempt;
  const to = attempt.endedAt ?? end;
  const about = { attempt: number, ...(error !== undefined && { error }) };
  const segments: Segment[] = [];
  const add = (kind: SegmentKind, from: number, until: number) => {
    segments.push({ kind, from, to: Math.max(from, until), ...about });
  };
  const begun = startedAt ?? submittedAt ?? (status === "scheduled" ? to : scheduledAt);
  if (begun > scheduledAt) add("queued", scheduledAt, begun);
  if (status === "scheduled") return segments;
  if (submittedAt === undefined) {
    add(status === "waiting" ? "waiting" : status, begun, to);
    return segments;
  }
  // Handing it over went well, whatever came of what was handed over.
  add(status === "running" ? "running" : "succeeded", begun, submittedAt);
  add("waiting", submittedAt, to);
  if (status === "failed" || status === "aborted") add(status, to, to);
  return segments;
}

function retryGap(attempt: AttemptView, number: number, until: number): readonly Segment[] {
  const { endedAt, retryAt } = attempt;
  if (endedAt === undefined || retryAt === undefined) return [];
  const delayMs = retryAt - endedAt;
  return [{ kind: "retry", from: endedAt, to: Math.max(endedAt, until), attempt: number, delayMs }];
}

const idleKinds: ReadonlySet<SegmentKind> = new Set(["waiting", "timer", "retry", "holder"]);

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** When anything ran, in order and without overlaps. */
export function busySpans(visits: readonly VisitView[], end: number): readonly Span[] {
  const spans = visits
    .flatMap((visit) => visitSegments(visit, end))
    .filter(({ kind }) => !idleKinds.has(kind))
    .sort((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of spans) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** The visits that the end of the run had to wait for: in each Parallel or Map, those of the lane that ended last. */
export function criticalPath(tree: readonly RunRow[]): ReadonlySet<string> {
  const path = new Set<string>();
  const follow = (rows: readonly RunRow[]): void => {
    for (const row of rows) {
      path.add(row.id);
      const last = row.children.reduce<RunRow | undefined>(
        (latest, lane) => (endOf(lane) > (latest ? endOf(latest) : -1) ? lane : latest),
        undefined,
      );
      if (last === undefined) continue;
      path.add(last.id);
      follow(last.children);
    }
  };
  follow(tree);
  return path;
}

function endOf({ lane }: RunRow): number {
  return lane?.to ?? Infinity;
}

/** How many lanes were under way, from each time at which it changed. */
export function concurrency(
  { children }: RunRow,
  end: number,
): readonly { readonly at: number; readonly count: number }[] {
  const changes = children
    .flatMap(({ lane }) =>
      lane === undefined
        ? []
        : [
            { at: lane.from, by: 1 },
            { at: lane.to ?? end, by: -1 },
          ],
    )
    .sort((a, b) => a.at - b.at);
  const steps: { at: number; count: number }[] = [];
  let count = 0;
  for (const { at, by } of changes) {
    count += by;
    const last = steps.at(-1);
    if (last?.at === at) last.count = count;
    else steps.push({ at, count });
  }
  return steps;
}
