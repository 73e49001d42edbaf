import type { VisitView } from "../../../../../../src/console/view-types.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import { firstAfter, marksOf, type RunMark } from "../../../execution/panes/run-marks.ts";

/**
 * How one goes on in a recording.
 *
 * `into`: to the next state that is entered, within a Parallel or Map, too. `over`: to the end of the state; from there to
 * the next one beside it. `out`: to the end of the Parallel or Map around it. `go`: to a breakpoint, or the end. A breakpoint on the way stops each of them.
 */
export type Step = "into" | "over" | "out" | "go";

export interface Recorded {
  readonly visits: readonly VisitView[];
  readonly lastEventId: number;
}

/** The event that a step leads to; the recording's last one where nothing else comes. */
export function stepFrom(
  { visits, lastEventId }: Recorded,
  at: number,
  step: Step,
  breakpoints: ReadonlySet<NodeKey>,
): number {
  const marks = marksOf(visits);
  const ahead = marks.slice(firstAfter(marks, at));
  const target = targetOf(step, visits, visitAt(visits, at), at, ahead) ?? lastEventId;
  const stop = ahead.find(
    ({ what, visit, id }) => what === "entered" && id < target && breakpoints.has(visit.key),
  );
  return Math.min(stop?.id ?? target, lastEventId);
}

/** The event before, where something is known to have happened. */
export function stepBack({ visits }: Recorded, at: number): number {
  const marks = marksOf(visits);
  return marks[firstAfter(marks, at - 1) - 1]?.id ?? 1;
}

/** The visit that the newest thing that happened by then is of; none before the first state. */
export function visitAt(visits: readonly VisitView[], at: number): VisitView | undefined {
  const marks = marksOf(visits);
  const last = marks[firstAfter(marks, at) - 1];
  return last?.visit;
}

function targetOf(
  step: Step,
  visits: readonly VisitView[],
  visit: VisitView | undefined,
  at: number,
  ahead: readonly RunMark[],
): number | undefined {
  const entered = (fits: (visit: VisitView) => boolean) =>
    ahead.find((mark) => mark.what === "entered" && fits(mark.visit))?.id;
  switch (step) {
    case "go":
      return undefined;
    case "into":
      return entered(() => true);
    case "out": {
      const around = visits.find(({ id }) => id === visit?.parent);
      return around && endOf(visits, around, at);
    }
    case "over": {
      if (visit === undefined) return entered(() => true);
      const end = endOf(visits, visit, at);
      if (end !== undefined) return end;
      const next = entered(({ parent, lane }) => parent === visit.parent && lane === visit.lane);
      const around = visits.find(({ id }) => id === visit.parent);
      return next ?? (around && endOf(visits, around, at));
    }
  }
}

/** The event that ended a visit, if that comes after `at`. One that was never left ends with what happened last within it. */
function endOf(visits: readonly VisitView[], visit: VisitView, at: number): number | undefined {
  const end = visit.exitEventId ?? newestWithin(visits, visit);
  return end > at ? end : undefined;
}

function newestWithin(visits: readonly VisitView[], visit: VisitView): number {
  const within = new Set([visit.id]);
  // In the order of entry: what holds another comes before it.
  for (const { id, parent } of visits) if (within.has(parent)) within.add(id);
  return marksOf(visits).findLast((mark) => within.has(mark.visit.id))?.id ?? visit.id;
}

/**
 * The place in another recording of the same definition that is the same as one in this: the same thing that happened to the
 * same state as many times. Where that does not happen there, the nearest event.
 */
export function samePlace(from: Recorded, at: number, to: Recorded): number {
  const marks = marksOf(from.visits);
  const until = marks.slice(0, firstAfter(marks, at));
  const mark = until.at(-1);
  if (mark === undefined) return Math.min(at, to.lastEventId);
  const isSame = (other: RunMark) => other.what === mark.what && other.visit.key === mark.visit.key;
  const there = marksOf(to.visits).filter(isSame)[until.filter(isSame).length - 1];
  return there?.id ?? Math.min(at, to.lastEventId);
}
