import type { AttemptView, VisitView } from "../../../../../src/console/view-types.ts";

/** What the visits tell of one event: the events between two marks are known to lie between their times. */
export interface RunMark {
  /** The event. */
  readonly id: number;
  readonly at: number;
  readonly what: "entered" | "scheduled" | "succeeded" | "failed" | "aborted" | "left" | "caught";
  readonly visit: VisitView;
  readonly attempt?: AttemptView;
  /** Which try it is, from 1. */
  readonly number?: number;
}

const known = new WeakMap<readonly VisitView[], readonly RunMark[]>();

/** In the order of the events. */
export function marksOf(visits: readonly VisitView[]): readonly RunMark[] {
  const marks = known.get(visits) ?? visits.flatMap(marksOfVisit).sort((a, b) => a.id - b.id);
  known.set(visits, marks);
  return marks;
}

function marksOfVisit(visit: VisitView): RunMark[] {
  const marks: RunMark[] = [{ id: visit.id, at: visit.enteredAt, what: "entered", visit }];
  visit.attempts.forEach((attempt, index) => {
    const which = { visit, attempt, number: index + 1 };
    marks.push({ id: attempt.id, at: attempt.scheduledAt, what: "scheduled", ...which });
    const { endedAt, endEventId, status } = attempt;
    if (endedAt === undefined || endEventId === undefined) return;
    const what = status === "succeeded" || status === "aborted" ? status : "failed";
    marks.push({ id: endEventId, at: endedAt, what, ...which });
  });
  if (visit.exitEventId !== undefined && visit.exitedAt !== undefined) {
    const what = visit.status === "caught" ? "caught" : "left";
    marks.push({ id: visit.exitEventId, at: visit.exitedAt, what, visit });
  }
  return marks;
}

/** Where the first mark after that event is; their number, where there is none. */
export function firstAfter(marks: readonly Pick<RunMark, "id">[], eventId: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.id ?? 0) <= eventId) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When that event happened, as nearly as the visits say: not before, and seldom later. */
export function timeOf(visits: readonly VisitView[], eventId: number): number | undefined {
  const marks = marksOf(visits);
  return (marks[firstAfter(marks, eventId) - 1] ?? marks[0])?.at;
}
