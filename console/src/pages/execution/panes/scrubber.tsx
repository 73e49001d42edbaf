import { ChevronLeft, ChevronRight, FastForward, Pause, Play, Radio } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { VisitView } from "../../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button, IconButton } from "../../../parts/button.tsx";
import { firstAfter, marksOf } from "./run-marks.ts";
import { scrubberKeys } from "./scrubber-keys.ts";
import { tickPaths, whatHappened } from "./scrubber-marks.ts";
import { SpeedChoice, type Speed } from "./speed-choice.tsx";
import { usePlayer } from "./use-player.ts";
import { useSize } from "./use-size.ts";
import { useTrackDrag } from "./use-track-drag.ts";

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
  const [speed, setSpeed] = useState<Speed>(1);
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

  const onKeyDown = scrubberKeys({ marks, current, lastEventId, go, player });

  const drag = useTrackDrag(track, (share) => {
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
