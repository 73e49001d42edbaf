import { useEffect, useMemo, useRef } from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { foldsOf } from "./run-scale.ts";
import { busySpans, type Span } from "./run-segments.ts";

/** The time that the run has come to. It never goes back, whatever the clocks say. */
export function useEnd(
  startDate: number,
  stopDate: number | undefined,
  now: number,
  visits: readonly VisitView[],
): number {
  const latest = useMemo(
    () =>
      visits.reduce(
        (most, visit) => Math.max(most, visit.enteredAt, visit.exitedAt ?? 0),
        startDate,
      ),
    [visits, startDate],
  );
  const reached = useRef(startDate);
  const end = Math.max(stopDate ?? Math.max(now, reached.current), latest, startDate + 1);
  useEffect(() => {
    reached.current = end;
  }, [end]);
  return end;
}

/** The folded stretches; those of before stay. */
export function useFolds(visits: readonly VisitView[], span: Span, end: number): readonly Span[] {
  const kept = useRef<readonly Span[]>([]);
  const busy = useMemo(() => busySpans(visits, end), [visits, end]);
  const folds = useMemo(() => foldsOf(busy, span, kept.current), [busy, span]);
  useEffect(() => {
    kept.current = folds;
  }, [folds]);
  return folds;
}
