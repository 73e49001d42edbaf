import { createPortal } from "react-dom";
import { useFormat, useText } from "../../../i18n/language.tsx";
import type { Shape } from "./timeline-shapes.ts";
import { useRowName } from "./use-run-rows.ts";

const width = 280;

/** What a segment says, exactly, beside the pointer. */
export function TimelineTip({
  shape,
  x,
  y,
  end,
}: {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
  readonly end: number;
}) {
  const text = useText();
  const format = useFormat();
  const nameOf = useRowName();
  const { row, segment, kind } = shape;
  const { visit } = row;
  const status = visit?.status ?? row.lane?.status;
  const what =
    kind === "retry" && segment.delayMs !== undefined
      ? text.run.retryIn(format.duration(segment.delayMs))
      : (kind === "holder" || kind === "state") && status !== undefined
        ? text.status[status]
        : text.run.segment[kind];
  const isOpen = segment.to >= end && (visit?.exitedAt ?? row.lane?.to) === undefined;
  return createPortal(
    <div
      aria-hidden
      className="pointer-events-none fixed z-50 rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-high"
      style={{
        width,
        left: Math.max(8, Math.min(x + 14, innerWidth - width - 8)),
        ...(y > innerHeight - 160 ? { bottom: innerHeight - y + 14 } : { top: y + 16 }),
      }}
    >
      <p className="truncate text-[13px] font-semibold">{nameOf(row)}</p>
      <p className="text-dim">
        {what}
        {segment.attempt !== undefined && kind !== "retry"
          ? ` · ${text.run.attempt(format.number(segment.attempt))}`
          : ""}
      </p>
      <p className="mt-1 flex justify-between gap-3 tabular-nums">
        <span className="text-dim">
          {text.run.to(
            format.exactTime(segment.from),
            isOpen ? text.run.now : format.exactTime(segment.to),
          )}
        </span>
        <span className="font-medium">{format.duration(segment.to - segment.from)}</span>
      </p>
      {segment.error !== undefined && <p className="mt-1 break-words text-fail">{segment.error}</p>}
    </div>,
    document.body,
  );
}
