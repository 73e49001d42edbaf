import { useVirtualizer } from "@tanstack/react-virtual";
import { useId, useMemo, useRef, useState } from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { useText } from "../../../i18n/language.tsx";
import { Empty } from "../../../parts/layout.tsx";
import { useFollowSelected } from "./follow-selected.ts";
import { timeOf } from "./run-marks.ts";
import { criticalPath } from "./run-segments.ts";
import { TimelineAxis, TimelineGrid } from "./timeline-axis.tsx";
import { captionsOf } from "./timeline-captions.ts";
import { TimelineDrawing } from "./timeline-drawing.tsx";
import { useTimelineKeys } from "./timeline-keys.ts";
import { LabelResizer, TimelineLabel, useLabelWidth } from "./timeline-labels.tsx";
import { TimelineOverview } from "./timeline-overview.tsx";
import { useTimelinePointer } from "./timeline-pointer.ts";
import { areaOf, rowHeight, shapesOf } from "./timeline-shapes.ts";
import { useEnd, useFolds } from "./timeline-time.ts";
import { TimelineTip } from "./timeline-tip.tsx";
import { TimelineTools } from "./timeline-tools.tsx";
import type { RunRow } from "./run-rows.ts";
import { useDurations } from "./use-durations.ts";
import { useLatest } from "./use-latest.ts";
import { useRunRows, type RunRows } from "./use-run-rows.ts";
import { useSize } from "./use-size.ts";
import { useTimelineView } from "./use-timeline-view.ts";

/** Room behind the end, for how long it took. */
const endRoom = 64;
const axisHeight = 28;
const noRows: ReadonlySet<string> = new Set();

/**
 * What each row of the tree did when.
 *
 * `visits` may be all of them, also while an earlier moment is shown: then what is later than `at` is dimmed, and nothing
 * moves.
 */
export function RunTimeline({
  visits,
  selected,
  onSelect,
  startDate,
  stopDate,
  now,
  at,
  rows: shared,
}: {
  readonly visits: readonly VisitView[];
  /** The id of the selected visit. */
  readonly selected: number | undefined;
  readonly onSelect: (visit: number) => void;
  readonly startDate: number;
  readonly stopDate?: number | undefined;
  /** The server's time. */
  readonly now: number;
  /** The event whose moment is shown. */
  readonly at?: number | undefined;
  /** What is open and looked for, where the tree shares it. */
  readonly rows?: RunRows;
}) {
  const text = useText();
  const id = useId();
  const own = useRunRows(visits, selected);
  const { shown, tree, isOpen, toggle } = shared ?? own;
  const scroller = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const { width: fullWidth, height: fullHeight } = useSize(scroller);
  const [labelWidth, setLabelWidth] = useLabelWidth(fullWidth);
  const [isCriticalShown, setCriticalShown] = useState(false);
  const durationOf = useDurations();

  const isLive = stopDate === undefined;
  const width = Math.max(80, fullWidth - labelWidth);
  const momentAt = at === undefined ? undefined : timeOf(visits, at);
  const spanEnd = useEnd(startDate, stopDate, now, visits);
  // Where an earlier moment is shown, what was open then has not gone on.
  const end = momentAt ?? spanEnd;
  const span = useMemo(() => ({ from: startDate, to: spanEnd }), [startDate, spanEnd]);
  const folds = useFolds(visits, span, spanEnd);
  const view = useTimelineView(span, folds, width - endRoom);
  const { scale, offset } = view;

  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollPaddingStart: axisHeight,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.start ?? 0;
  const last = items.at(-1)?.end ?? 0;
  const selectedIndex = shown.findIndex(
    ({ visit }) => visit !== undefined && visit.id === selected,
  );
  useFollowSelected(selected, selectedIndex, (index) => virtual.scrollToIndex(index));

  const critical = useMemo(
    () => (isCriticalShown ? criticalPath(tree) : noRows),
    [isCriticalShown, tree],
  );
  const seen = items.flatMap(({ index, start }) => {
    const row = shown[index];
    return row === undefined ? [] : [{ row, start }];
  });
  const shapes = seen.flatMap(({ row, start }) => shapesOf(row, start, scale, offset, width, end));
  const areas = seen.flatMap(
    ({ row, start }) => areaOf(row, start, scale, offset, width, end) ?? [],
  );
  const captions = captionsOf(seen, { scale, offset, width, end, durationOf });

  const pressed = useLatest((row: RunRow) => {
    if (row.visit === undefined) toggle(row);
    else onSelect(row.visit.id);
  });
  const pointer = useTimelinePointer({ chart, scroller, view, shown, shapes, onPress: pressed });
  const keys = useTimelineKeys({ view, width, end, shown, selectedIndex, onSelect, toggle });

  const nowX = isLive ? scale.x(spanEnd) - offset : undefined;
  const momentX = momentAt === undefined ? undefined : scale.x(momentAt) - offset;
  const height = virtual.getTotalSize();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <TimelineTools
        view={view}
        width={width}
        isCriticalShown={isCriticalShown}
        onCritical={setCriticalShown}
      />
      <p aria-live="polite" className="sr-only">
        {keys.said}
      </p>
      <p id={`${id}keys`} className="sr-only">
        {text.run.timelineAs} {text.run.timelineKeys}
      </p>
      <div
        ref={scroller}
        role="group"
        tabIndex={0}
        aria-label={text.run.timeline}
        aria-describedby={`${id}keys`}
        onKeyDown={keys.onKeyDown}
        className="relative min-h-0 grow overflow-x-hidden overflow-y-auto focus-visible:-outline-offset-2"
      >
        <div className="sticky top-0 z-20 flex border-b border-line bg-surface">
          <div
            className="shrink-0 truncate pl-3 text-xs leading-[28px] font-medium text-dim"
            style={{ width: labelWidth }}
          >
            {text.run.name}
          </div>
          <div className="min-w-0 grow">
            <TimelineAxis scale={scale} offset={offset} width={width} now={nowX} moment={momentX} />
          </div>
          <LabelResizer width={labelWidth} most={fullWidth - 120} onChange={setLabelWidth} />
        </div>
        {shown.length === 0 ? (
          <Empty title={visits.length === 0 ? text.run.noStates : text.run.noMatch}>
            {visits.length === 0 ? text.run.noStatesHint : undefined}
          </Empty>
        ) : (
          <div className="relative min-h-[calc(100%-29px)]" style={{ height }}>
            {items.map(({ index, start }) => {
              const row = shown[index];
              if (row === undefined) return null;
              return (
                <TimelineLabel
                  key={row.id}
                  row={row}
                  top={start}
                  width={labelWidth}
                  isSelected={index === selectedIndex}
                  isOpen={isOpen(row)}
                  onPress={pressed}
                  onToggle={toggle}
                />
              );
            })}
            <span
              aria-hidden
              className="absolute inset-y-0 z-10 w-px bg-line"
              style={{ left: labelWidth - 1 }}
            />
            <div
              ref={chart}
              className={`absolute inset-y-0 right-0 touch-pan-y overflow-hidden ${view.isZoomed ? "cursor-grab active:cursor-grabbing" : "cursor-pointer"}`}
              style={{ left: labelWidth }}
              {...pointer.handlers}
            >
              <div
                className="absolute inset-x-0"
                style={{ top: first, height: Math.max(last - first, 0) }}
              >
                <TimelineGrid
                  scale={scale}
                  offset={offset}
                  width={width}
                  height={Math.max(last - first, fullHeight - axisHeight - 1)}
                  now={nowX}
                />
              </div>
              <TimelineDrawing
                shapes={shapes}
                areas={areas}
                captions={captions}
                outlined={critical}
                width={width}
                height={last - first}
                top={first}
                moment={momentX}
              />
            </div>
          </div>
        )}
        {pointer.tip !== undefined && <TimelineTip {...pointer.tip} end={end} />}
      </div>
      {view.isZoomed && (
        <div className="flex shrink-0 border-t border-line" style={{ paddingLeft: labelWidth }}>
          <TimelineOverview
            rows={shown}
            whole={view.whole}
            from={view.whole.x(scale.time(offset))}
            to={view.whole.x(scale.time(offset + width - endRoom))}
            end={end}
            onChange={(from, to) => view.show(view.whole.time(from), view.whole.time(to))}
          />
        </div>
      )}
    </div>
  );
}
