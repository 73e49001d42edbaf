import { useEffect, useId, useRef } from "react";
import { useFormat } from "../../../i18n/language.tsx";
import type { Tone } from "../../../parts/status.tsx";
import type { Area, Shape } from "./timeline-shapes.ts";

/** More shapes than this are painted, not built. Our choice: beyond some thousand elements a frame takes too long. */
const mostElements = 2_000;
/** Narrower gaps do not say how long they are. */
const leastLabelWidth = 46;

const fills: Readonly<Record<Tone, string>> = {
  ok: "fill-ok",
  fail: "fill-fail",
  run: "fill-run",
  wait: "fill-wait",
  off: "fill-off",
};
const strokes: Readonly<Record<Tone, string>> = {
  ok: "stroke-ok",
  fail: "stroke-fail",
  run: "stroke-run",
  wait: "stroke-wait",
  off: "stroke-off",
};
const softFills: Readonly<Record<Tone, string>> = {
  ok: "fill-ok-soft",
  fail: "fill-fail-soft",
  run: "fill-run-soft",
  wait: "fill-wait-soft",
  off: "fill-off-soft",
};

/** How long a row took, behind its end. */
export interface Caption {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** There is no room behind it: it ends where the row begins. */
  readonly isBefore: boolean;
}

interface Drawing {
  readonly captions: readonly Caption[];
  readonly shapes: readonly Shape[];
  readonly areas: readonly Area[];
  /** Rows that are outlined: the critical path. */
  readonly outlined: ReadonlySet<string>;
  readonly width: number;
  readonly height: number;
  /** Where its top is, in the list of rows. */
  readonly top: number;
  /** What is later than this is dimmed. */
  readonly moment: number | undefined;
}

/** The segments of the rows that are seen. */
export function TimelineDrawing(drawing: Drawing) {
  const { moment, width, height, top } = drawing;
  return (
    <>
      {drawing.shapes.length > mostElements ? <Painted {...drawing} /> : <Built {...drawing} />}
      {moment !== undefined && moment < width && (
        <span
          aria-hidden
          className="pointer-events-none absolute right-0 border-l-2 border-accent bg-surface/65"
          style={{ left: Math.max(-2, moment), top, height }}
        />
      )}
    </>
  );
}

function Built({ shapes, areas, captions, outlined, width, height, top }: Drawing) {
  const format = useFormat();
  const hatch = useId();
  return (
    <svg
      aria-hidden
      width={width}
      height={height}
      className="pointer-events-none absolute left-0 block"
      style={{ top }}
    >
      <defs>
        <pattern
          id={hatch}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="6" strokeWidth="2" className="stroke-line-strong" />
        </pattern>
      </defs>
      {areas.map(({ points, bottom, tone }, index) => (
        <path
          key={index}
          d={`M${points.map(([x, y]) => `${x.toFixed(1)},${(y - top).toFixed(1)}`).join("L")}V${bottom - top}H${(points[0]?.[0] ?? 0).toFixed(1)}Z`}
          className={`${softFills[tone]} ${strokes[tone]}`}
          strokeWidth={1}
        />
      ))}
      {shapes.map((shape, index) => {
        const { x, width: wide, height: high, kind, tone, segment } = shape;
        const y = shape.y - top;
        const look =
          kind === "retry"
            ? undefined
            : kind === "timer"
              ? `${softFills[tone]} ${strokes[tone]}`
              : kind === "holder"
                ? `${fills[tone]} opacity-55`
                : fills[tone];
        return (
          <g key={index}>
            <rect
              x={kind === "timer" ? x + 0.5 : x}
              y={kind === "timer" ? y + 0.5 : y}
              width={kind === "timer" ? Math.max(1, wide - 1) : wide}
              height={kind === "timer" ? high - 1 : high}
              rx={kind === "holder" || kind === "queued" ? 1.5 : Math.min(3, wide / 2)}
              {...(look === undefined ? { fill: `url(#${hatch})` } : { className: look })}
            />
            {kind === "retry" && segment.delayMs !== undefined && wide >= leastLabelWidth && (
              <text
                x={Math.max(x, 0) + Math.min(wide, width - Math.max(x, 0)) / 2}
                y={y + high / 2}
                dy="0.35em"
                textAnchor="middle"
                strokeWidth={4}
                paintOrder="stroke"
                className="fill-dim stroke-surface text-[10px] tabular-nums"
              >
                {format.duration(segment.delayMs)}
              </text>
            )}
          </g>
        );
      })}
      {outlinesOf(shapes, outlined).map(({ x, y, right, height: high }) => (
        <rect
          key={y}
          x={x - 2.5}
          y={y - top - 2.5}
          width={right - x + 5}
          height={high + 5}
          rx={5}
          strokeWidth={1.5}
          className="fill-none stroke-text"
        />
      ))}
      {captions.map(({ x, y, text, isBefore }) => (
        <text
          key={y}
          x={x}
          y={y - top}
          dy="0.35em"
          textAnchor={isBefore ? "end" : "start"}
          className="fill-faint text-[10.5px] tabular-nums"
        >
          {text}
        </text>
      ))}
    </svg>
  );
}

function Painted({ shapes, areas, outlined, width, height, top }: Drawing) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || !context) return;
    const density = devicePixelRatio || 1;
    element.width = Math.round(width * density);
    element.height = Math.round(height * density);
    context.scale(density, density);
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(`--${name}`);
    context.clearRect(0, 0, width, height);
    for (const { points, bottom, tone } of areas) {
      context.fillStyle = colour(`${tone}-soft`);
      context.beginPath();
      context.moveTo(points[0]?.[0] ?? 0, bottom - top);
      for (const [x, y] of points) context.lineTo(x, y - top);
      context.lineTo(points.at(-1)?.[0] ?? 0, bottom - top);
      context.fill();
    }
    for (const { x, y, width: wide, height: high, kind, tone } of shapes) {
      context.globalAlpha = kind === "holder" ? 0.55 : 1;
      context.fillStyle = kind === "retry" ? colour("line-strong") : colour(tone);
      context.fillRect(
        x,
        y - top + (kind === "retry" ? high / 2 - 1 : 0),
        wide,
        kind === "retry" ? 2 : high,
      );
    }
    context.globalAlpha = 1;
    context.strokeStyle = colour("text");
    for (const { x, y, right, height: high } of outlinesOf(shapes, outlined)) {
      context.strokeRect(x - 2.5, y - top - 2.5, right - x + 5, high + 5);
    }
  });
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute left-0 block"
      style={{ top, width, height }}
    />
  );
}

/** One outline for each row, around all that it did. */
function outlinesOf(shapes: readonly Shape[], outlined: ReadonlySet<string>) {
  const rows = new Map<string, { x: number; y: number; right: number; height: number }>();
  for (const { x, y, width, height, kind, row } of shapes) {
    if (kind === "holder" || kind === "queued" || !outlined.has(row.id)) continue;
    const known = rows.get(row.id);
    if (known === undefined) rows.set(row.id, { x, y, right: x + width, height });
    else known.right = Math.max(known.right, x + width);
  }
  return [...rows.values()];
}
