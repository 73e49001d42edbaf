import { ChevronLeft, ChevronRight, FastForward, Pause, Play, Radio } from "lucide-react";
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import type { Catalogue } from "../../../i18n/catalogue.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button, IconButton } from "../../../parts/button.tsx";
import { nextStep } from "./playback.ts";
import { firstAfter, marksOf, type RunMark } from "./run-marks.ts";
import { useSize } from "./use-size.ts";

const speeds = [1, 10, 100] as const;
const trackHeight = 24;

/** The moment that is shown: event by event, from the start of the execution to its end, or to now. */
export function Scrubber({
  lastEventId,
  at,
  onChange,
  visits,
  startDate,
  stopDate,
  isLive,
}: {
  readonly lastEventId: number;
  /** The event that is shown; absent: the newest, whatever it is. */
  readonly at: number | undefined;
  readonly onChange: (at: number | undefined) => void;
  /** All of them, not those of the moment. */
  readonly visits: readonly VisitView[];
  readonly startDate: number;
  readonly stopDate?: number | undefined;
  readonly isLive: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const track = useRef<HTMLDivElement>(null);
  const { width } = useSize(track);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const marks = marksOf(visits);
  const current = Math.min(at ?? lastEventId, lastEventId);
  const go = useCallback(
    (eventId: number) => {
      const next = Math.min(Math.max(1, Math.round(eventId)), lastEventId);
      // The end of a run that goes on is where it is live.
      onChange(next >= lastEventId ? undefined : next);
    },
    [lastEventId, onChange],
  );
  const player = usePlayer(marks, current, lastEventId, speed, go);
  const stop = player.stop;

  /** The next or previous event that entered a state. */
  function goToState(by: 1 | -1): void {
    const entries = marks.filter(({ what }) => what === "entered");
    const index = firstAfter(entries, by === 1 ? current : current - 1);
    go(entries[by === 1 ? index : index - 1]?.id ?? (by === 1 ? lastEventId : 1));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = (by: 1 | -1) => (event.shiftKey ? goToState(by) : go(current + by));
    const page = Math.max(10, Math.round(lastEventId / 20));
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(-1),
      ArrowDown: () => move(-1),
      ArrowRight: () => move(1),
      ArrowUp: () => move(1),
      PageDown: () => go(current - page),
      PageUp: () => go(current + page),
      Home: () => go(1),
      End: () => go(lastEventId),
      " ": player.toggle,
    };
    const act = moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    if (event.key !== " ") stop();
    act();
  }

  const drag = useDrag(track, (share) => {
    stop();
    go(1 + share * (lastEventId - 1));
  });

  const place = (eventId: number) =>
    lastEventId <= 1 ? width : ((eventId - 1) / (lastEventId - 1)) * width;
  const ticks = useMemo(() => tickPaths(marks, lastEventId, width), [marks, lastEventId, width]);
  const mark = marks[firstAfter(marks, current) - 1];
  const what = whatHappened(mark, current, text, (value) => format.number(value));
  const time = mark?.at ?? startDate;
  const isAtEnd = at === undefined || at >= lastEventId;
  const shownTime = isAtEnd && stopDate !== undefined ? stopDate : time;
  return (
    <div className="@container">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5">
        <div className="flex items-center">
          <IconButton
            label={text.run.previousEvent}
            isDisabled={current <= 1}
            onPress={() => {
              stop();
              go(current - 1);
            }}
          >
            <ChevronLeft aria-hidden size={16} />
          </IconButton>
          <IconButton
            label={player.isPlaying ? text.run.pause : text.run.play}
            onPress={player.toggle}
          >
            {player.isPlaying ? <Pause aria-hidden size={16} /> : <Play aria-hidden size={16} />}
          </IconButton>
          <IconButton
            label={text.run.nextEvent}
            isDisabled={isAtEnd}
            onPress={() => {
              stop();
              go(current + 1);
            }}
          >
            <ChevronRight aria-hidden size={16} />
          </IconButton>
          <SpeedChoice speed={speed} onChange={setSpeed} />
        </div>
        <div
          ref={track}
          role="slider"
          tabIndex={0}
          aria-label={text.run.scrubber}
          aria-valuemin={1}
          aria-valuemax={lastEventId}
          aria-valuenow={current}
          aria-valuetext={`${text.run.event(format.number(current), format.number(lastEventId))}, ${format.exactTime(shownTime)}, ${what}`}
          onKeyDown={onKeyDown}
          {...drag}
          className="relative h-[24px] min-w-40 grow basis-0 cursor-pointer touch-none @max-lg:order-last @max-lg:basis-full"
        >
          <span className="absolute inset-x-0 top-[11px] h-0.5 rounded bg-line" />
          <span
            className="absolute top-[11px] left-0 h-0.5 rounded bg-accent"
            style={{ width: place(current) }}
          />
          <svg
            aria-hidden
            width={width}
            height={trackHeight}
            className="pointer-events-none absolute inset-0"
          >
            <path d={ticks.entered} className="stroke-line-strong" />
            <path d={ticks.failed} strokeWidth={2} className="stroke-fail" />
          </svg>
          <span
            className="absolute top-[4px] h-[16px] w-[16px] rounded-full border-2 border-surface bg-accent shadow-card"
            style={{ left: Math.min(Math.max(place(current) - 8, -2), width - 14) }}
          />
        </div>
        <div className="flex min-w-0 items-center gap-2 text-xs @max-lg:grow @max-lg:justify-end">
          <span className="text-dim tabular-nums whitespace-nowrap">
            {text.run.eventShort(format.number(current), format.number(lastEventId))}
          </span>
          <Button
            look={isAtEnd ? "quiet" : "plain"}
            isDisabled={isAtEnd}
            onPress={() => {
              stop();
              onChange(undefined);
            }}
            className="disabled:opacity-100"
          >
            {isLive ? (
              <Radio aria-hidden size={14} className={isAtEnd ? "text-ok" : ""} />
            ) : (
              <FastForward aria-hidden size={14} />
            )}
            {isLive
              ? isAtEnd
                ? text.run.live
                : text.run.backToLive
              : isAtEnd
                ? text.run.end
                : text.run.backToEnd}
          </Button>
        </div>
      </div>
      {!isAtEnd && (
        <p className="flex items-baseline gap-2 truncate px-4 pb-1.5 text-xs text-dim">
          <span className="tabular-nums">{format.exactTime(time)}</span>
          <span className="tabular-nums">+{format.duration(time - startDate)}</span>
          <span className="truncate text-text">{what}</span>
        </p>
      )}
    </div>
  );
}

/** Steps through ×1, ×10, ×100. */
function SpeedChoice({
  speed,
  onChange,
}: {
  readonly speed: (typeof speeds)[number];
  readonly onChange: (speed: (typeof speeds)[number]) => void;
}) {
  const text = useText();
  return (
    <div
      role="group"
      aria-label={text.run.speed}
      className="ml-1 flex overflow-hidden rounded-md border border-line"
    >
      {speeds.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === speed}
          onClick={() => onChange(each)}
          className={`h-[24px] min-w-8 px-1.5 text-[11px] font-medium tabular-nums focus-visible:-outline-offset-2 ${each === speed ? "bg-accent-soft text-text" : "text-dim hover:bg-sunken"}`}
        >
          {text.run.times(String(each))}
        </button>
      ))}
    </div>
  );
}

/** Plays from where it is, or from the start where it is at its end. */
function usePlayer(
  marks: readonly RunMark[],
  current: number,
  lastEventId: number,
  speed: number,
  go: (eventId: number) => void,
): { readonly isPlaying: boolean; readonly toggle: () => void; readonly stop: () => void } {
  const [isPlaying, setIsPlaying] = useState(false);
  const latest = useRef({ marks, lastEventId, go });
  useEffect(() => {
    latest.current = { marks, lastEventId, go };
  });
  // A step that was begun is taken, whatever else the page draws meanwhile.
  useEffect(() => {
    if (!isPlaying) return undefined;
    const { marks: known, lastEventId: last } = latest.current;
    const step = nextStep(known, current, last, speed);
    if (step === undefined) {
      setIsPlaying(false);
      return undefined;
    }
    const timer = setTimeout(() => latest.current.go(step.to), step.afterMs);
    return () => clearTimeout(timer);
  }, [isPlaying, current, speed]);
  const stop = useCallback(() => setIsPlaying(false), []);
  const toggle = useCallback(() => {
    if (!isPlaying && current >= lastEventId) go(1);
    setIsPlaying(!isPlaying);
  }, [isPlaying, current, lastEventId, go]);
  return { isPlaying, toggle, stop };
}

/** Tells which share of the track the pointer is at, once for each frame. */
function useDrag(
  track: { readonly current: HTMLElement | null },
  onMove: (share: number) => void,
): {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
} {
  const isDown = useRef(false);
  const frame = useRef(0);
  const latest = useRef(onMove);
  useEffect(() => {
    latest.current = onMove;
  });
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  const follow = (event: PointerEvent) => {
    const { clientX } = event;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      const box = track.current?.getBoundingClientRect();
      if (box === undefined || box.width === 0) return;
      latest.current(Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
    });
  };
  const end = () => {
    isDown.current = false;
  };
  return {
    onPointerDown(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      isDown.current = true;
      follow(event);
    },
    onPointerMove(event) {
      if (isDown.current) follow(event);
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}

/** Small strokes where states were entered, larger ones where something failed; one for each pixel. */
function tickPaths(
  marks: readonly RunMark[],
  lastEventId: number,
  width: number,
): { readonly entered: string; readonly failed: string } {
  const entered = new Set<number>();
  const failed = new Set<number>();
  for (const { id, what, visit } of marks) {
    const x = Math.round(((id - 1) / Math.max(1, lastEventId - 1)) * width);
    if (what === "failed") failed.add(x);
    else if (what === "entered")
      (visit.status === "failed" && visit.type === "Fail" ? failed : entered).add(x);
  }
  const path = (places: ReadonlySet<number>, top: number, height: number) =>
    [...places].map((x) => `M${x + 0.5},${top}v${height}`).join("");
  return { entered: path(entered, 8, 8), failed: path(failed, 5, 14) };
}

/** The event itself, or the last one before it that the states tell of. */
function whatHappened(
  mark: RunMark | undefined,
  eventId: number,
  text: Catalogue,
  number: (value: number) => string,
): string {
  if (mark === undefined) return text.run.what.started;
  const { what, visit, number: attempt = 1 } = mark;
  const said = text.run.what[what](visit.name, number(attempt));
  return mark.id === eventId ? said : text.run.what.after(said);
}
