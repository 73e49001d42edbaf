import { useVirtualizer } from "@tanstack/react-virtual";
import { Maximize2, Route, ZoomIn, ZoomOut } from "lucide-react";
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { IconButton } from "../../../parts/button.tsx";
import { Empty } from "../../../parts/layout.tsx";
import { useFollowSelected } from "./follow-selected.ts";
import { timeOf } from "./run-marks.ts";
import { foldsOf } from "./run-scale.ts";
import { busySpans, criticalPath, type Span } from "./run-segments.ts";
import { TimelineAxis, TimelineGrid } from "./timeline-axis.tsx";
import { TimelineDrawing } from "./timeline-drawing.tsx";
import { LabelResizer, TimelineLabel, useLabelWidth } from "./timeline-labels.tsx";
import { TimelineLegend } from "./timeline-legend.tsx";
import { TimelineOverview } from "./timeline-overview.tsx";
import { areaOf, rowHeight, shapeAt, shapesOf, type Shape } from "./timeline-shapes.ts";
import { TimelineTip } from "./timeline-tip.tsx";
import type { RunRow } from "./run-rows.ts";
import { useRunRows, type RunRows } from "./use-run-rows.ts";
import { useDurations } from "./use-durations.ts";
import { useLatest } from "./use-latest.ts";
import { useSize } from "./use-size.ts";
import { useTimelineView } from "./use-timeline-view.ts";

/** How far one key press moves and zooms. */
const panStep = 80;
const zoomStep = 1.5;
/** Room behind the end, for how long it took. */
const endRoom = 64;
const axisHeight = 28;
/** About how wide a character of a caption is. */
const characterWidth = 6;
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
  const format = useFormat();
  const id = useId();
  const own = useRunRows(visits, selected);
  const { shown, tree, isOpen, toggle } = shared ?? own;
  const scroller = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const { width: fullWidth, height: fullHeight } = useSize(scroller);
  const [labelWidth, setLabelWidth] = useLabelWidth(fullWidth);
  const [isCriticalShown, setCriticalShown] = useState(false);
  const [tip, setTip] = useState<{
    readonly shape: Shape;
    readonly x: number;
    readonly y: number;
  }>();

  /** What was selected by keyboard, for those who hear it. */
  const [said, setSaid] = useState("");
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
  const captions = seen.flatMap(({ row, start }) => {
    const from = row.visit?.enteredAt ?? row.lane?.from;
    if (from === undefined) return [];
    const to = (row.visit === undefined ? row.lane?.to : row.visit.exitedAt) ?? end;
    const said = durationOf(to - from);
    const room = said.length * characterWidth + 8;
    const y = start + rowHeight / 2;
    const before = scale.x(from) - offset;
    const after = scale.x(Math.max(from, to)) - offset;
    if (after < 0 || before > width) return [];
    if (after <= width - room) return [{ x: after + 8, y, text: said, isBefore: false }];
    return before >= room ? [{ x: before - 8, y, text: said, isBefore: true }] : [];
  });

  useWheel(chart, (event) => {
    const lines = event.deltaMode === 1 ? 16 : 1;
    const [dx, dy] = [event.deltaX * lines, event.deltaY * lines];
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) view.pan(dx === 0 ? dy : dx);
    else view.zoom(Math.exp(-dy * 0.002), placeIn(chart.current, event).x);
  });

  const pressed = useLatest((row: RunRow) => {
    if (row.visit === undefined) toggle(row);
    else onSelect(row.visit.id);
  });
  const drag = useRef<{ x: number; y: number; hasMoved: boolean }>(undefined);
  function onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, hasMoved: false };
  }
  function onPointerMove(event: PointerEvent): void {
    const begun = drag.current;
    if (begun !== undefined) {
      const [dx, dy] = [event.clientX - begun.x, event.clientY - begun.y];
      if (!begun.hasMoved && Math.hypot(dx, dy) < 4) return;
      drag.current = { x: event.clientX, y: event.clientY, hasMoved: true };
      setTip(undefined);
      if (view.isZoomed) view.pan(-dx);
      // A finger scrolls by itself.
      if (event.pointerType !== "touch") scroller.current?.scrollBy(0, -dy);
      return;
    }
    const { x, y } = placeIn(chart.current, event);
    const shape = shapeAt(shapes, x, y);
    setTip(shape && { shape, x: event.clientX, y: event.clientY });
  }
  function onPointerUp(event: PointerEvent): void {
    const begun = drag.current;
    drag.current = undefined;
    if (begun === undefined || begun.hasMoved) return;
    const row = shown[Math.floor(placeIn(chart.current, event).y / rowHeight)];
    if (row !== undefined) pressed(row);
  }

  function selectNext(by: 1 | -1): void {
    for (let index = selectedIndex + by; index >= 0 && index < shown.length; index += by) {
      const visit = shown[index]?.visit;
      if (visit === undefined) continue;
      const took = format.duration((visit.exitedAt ?? end) - visit.enteredAt);
      setSaid(`${visit.name}, ${text.status[visit.status]}, ${took}`);
      return onSelect(visit.id);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const selectedRow = shown[selectedIndex];
    const moves: Readonly<Record<string, () => void>> = {
      "+": () => view.zoom(zoomStep, width / 2),
      "=": () => view.zoom(zoomStep, width / 2),
      "-": () => view.zoom(1 / zoomStep, width / 2),
      "0": view.fit,
      ArrowLeft: () => view.pan(-panStep),
      ArrowRight: () => view.pan(panStep),
      ArrowDown: () => selectNext(1),
      ArrowUp: () => selectNext(-1),
      Enter: () => {
        if (selectedRow !== undefined && selectedRow.children.length > 0) toggle(selectedRow);
      },
      z: () => {
        const visit = selectedRow?.visit;
        if (visit === undefined) return;
        const margin = ((visit.exitedAt ?? end) - visit.enteredAt) * 0.1;
        view.show(visit.enteredAt - margin, (visit.exitedAt ?? end) + margin);
      },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  }

  const nowX = isLive ? scale.x(spanEnd) - offset : undefined;
  const momentX = momentAt === undefined ? undefined : scale.x(momentAt) - offset;
  const height = virtual.getTotalSize();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-0.5 border-b border-line py-1.5 pr-2 pl-3">
        <TimelineLegend />
        <div className="flex shrink-0 gap-0.5">
          <IconButton
            label={`${text.run.critical}: ${text.run.criticalHint}`}
            aria-pressed={isCriticalShown}
            look={isCriticalShown ? "plain" : "quiet"}
            onPress={() => setCriticalShown(!isCriticalShown)}
          >
            <Route aria-hidden size={15} />
          </IconButton>
          <IconButton
            label={text.run.zoomOut}
            isDisabled={!view.isZoomed}
            onPress={() => view.zoom(1 / zoomStep, width / 2)}
          >
            <ZoomOut aria-hidden size={15} />
          </IconButton>
          <IconButton label={text.run.zoomIn} onPress={() => view.zoom(zoomStep, width / 2)}>
            <ZoomIn aria-hidden size={15} />
          </IconButton>
          <IconButton label={text.run.fit} isDisabled={!view.isZoomed} onPress={view.fit}>
            <Maximize2 aria-hidden size={15} />
          </IconButton>
        </div>
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
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
        onKeyDown={onKeyDown}
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
              onPointerDown={onPointerDown}
              onPointerMove={onPointerMove}
              onPointerUp={onPointerUp}
              onPointerCancel={() => (drag.current = undefined)}
              onPointerLeave={() => setTip(undefined)}
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
        {tip !== undefined && <TimelineTip {...tip} end={end} />}
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

/** The time that the run has come to. It never goes back, whatever the clocks say. */
function useEnd(
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
function useFolds(visits: readonly VisitView[], span: Span, end: number): readonly Span[] {
  const kept = useRef<readonly Span[]>([]);
  const busy = useMemo(() => busySpans(visits, end), [visits, end]);
  const folds = useMemo(() => foldsOf(busy, span, kept.current), [busy, span]);
  useEffect(() => {
    kept.current = folds;
  }, [folds]);
  return folds;
}

/** React's own wheel handler cannot keep the page from scrolling. */
function useWheel(
  target: { readonly current: HTMLElement | null },
  onWheel: (event: WheelEvent) => void,
): void {
  const handler = useRef(onWheel);
  useEffect(() => {
    handler.current = onWheel;
  });
  const element = target.current;
  useEffect(() => {
    const there = target.current;
    if (there === null) return undefined;
    const listen = (event: WheelEvent) => {
      event.preventDefault();
      handler.current(event);
    };
    there.addEventListener("wheel", listen, { passive: false });
    return () => there.removeEventListener("wheel", listen);
  }, [target, element]);
}

function placeIn(
  element: HTMLElement | null,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): { readonly x: number; readonly y: number } {
  const box = element?.getBoundingClientRect();
  return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
}
