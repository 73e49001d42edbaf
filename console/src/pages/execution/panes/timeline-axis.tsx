import { useFormat, useText } from "../../../i18n/language.tsx";
import { useDurations } from "./use-durations.ts";
import { foldWidth, ticksOf, type Scale } from "./run-scale.ts";

/** The room that a label needs at the right edge, in pixels. */
const labelRoom = 48;

/** Round times since the start, folds and where now is. */
export function TimelineAxis({
  scale,
  offset,
  width,
  now,
  moment,
}: {
  readonly scale: Scale;
  readonly offset: number;
  readonly width: number;
  /** Where now is, if the run goes on. */
  readonly now: number | undefined;
  /** Where the moment is that is shown. */
  readonly moment: number | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const durationOf = useDurations();
  /** As exact as its neighbours are near. */
  const labelOf = (offsetMs: number, stepMs: number): string => {
    const isExact = stepMs >= 60_000 || offsetMs < (stepMs < 1_000 ? 1_000 : 3_600_000);
    if (isExact) return durationOf(offsetMs);
    const rest = offsetMs % 60_000;
    const seconds = text.run.seconds(format.number(rest / 1_000));
    if (offsetMs < 60_000) return seconds;
    return rest === 0 ? durationOf(offsetMs) : `${durationOf(offsetMs - rest)} ${seconds}`;
  };
  // No label is cut off, and none is beneath that of now.
  const end = Math.min(width - labelRoom, now ?? Infinity);
  const ticks = ticksOf(scale, offset, offset + width).filter(({ x }) => x - offset <= end);
  const marked = [
    ...(now === undefined ? [] : [{ x: now, label: text.run.now, look: "bg-run text-bg" }]),
    ...(moment === undefined
      ? []
      : [
          {
            x: moment,
            label: format.duration(scale.time(moment + offset) - scale.from),
            look: "bg-accent text-accent-text",
          },
        ]),
  ].filter(({ x }) => x >= 0 && x <= width);
  return (
    <div
      aria-hidden
      className="relative h-[28px] overflow-hidden text-[11px] text-dim tabular-nums"
    >
      {ticks.map(({ x, offsetMs, stepMs }) => (
        <span
          key={offsetMs}
          className="absolute top-0 flex h-full items-center border-l border-line pl-1 whitespace-nowrap"
          style={{ left: x - offset }}
        >
          {labelOf(offsetMs, stepMs)}
        </span>
      ))}
      {scale.folds.map(({ from, to, x }) => (
        <span
          key={from}
          title={text.run.idle(format.duration(to - from))}
          className="absolute top-0 flex h-full items-center justify-center bg-surface text-[10px] text-faint"
          style={{ left: x - offset - 8, width: foldWidth + 16 }}
        >
          <span className="truncate">{format.duration(to - from)}</span>
        </span>
      ))}
      {marked.map(({ x, label, look }) => (
        <span
          key={label}
          className={`absolute top-1.5 rounded px-1 py-px text-[10px] leading-3.5 font-medium whitespace-nowrap ${look}`}
          style={x > width - labelRoom ? { right: width - x } : { left: x }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}

/** Lines and folds behind the rows. */
export function TimelineGrid({
  scale,
  offset,
  width,
  height,
  now,
}: {
  readonly scale: Scale;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly now: number | undefined;
}) {
  return (
    <svg
      aria-hidden
      width={width}
      height={height}
      className="pointer-events-none absolute top-0 left-0 block"
    >
      {ticksOf(scale, offset, offset + width).map(({ x, offsetMs }) => (
        <line
          key={offsetMs}
          x1={Math.round(x - offset) + 0.5}
          x2={Math.round(x - offset) + 0.5}
          y2={height}
          className="stroke-line opacity-60"
        />
      ))}
      {scale.folds.map(({ from, x }) => (
        <Fold key={from} x={x - offset} height={height} />
      ))}
      {now !== undefined && (
        <line
          x1={now}
          x2={now}
          y2={height}
          strokeWidth={1.5}
          strokeDasharray="3 3"
          className="stroke-run"
        />
      )}
    </svg>
  );
}

/** Two zigzag lines, and nothing between them. */
function Fold({ x, height }: { readonly x: number; readonly height: number }) {
  const zigzag = (at: number) => {
    let path = `M${at},0`;
    for (let y = 0; y < height; y += 12) path += `l4,6l-4,6`;
    return path;
  };
  return (
    <g>
      <rect x={x} width={foldWidth} height={height} className="fill-sunken" />
      <path d={zigzag(x)} className="fill-none stroke-line-strong" />
      <path d={zigzag(x + foldWidth - 4)} className="fill-none stroke-line-strong" />
    </g>
  );
}
