import type { RunRow } from "./run-rows.ts";
import type { Scale } from "./run-scale.ts";
import type { Caption } from "./timeline-drawing.tsx";
import { rowHeight } from "./timeline-shapes.ts";

/** About how wide a character of a caption is. */
const characterWidth = 6;

/** How long the rows that are seen took: behind their ends, or before their beginnings where there is no room. */
export function captionsOf(
  seen: readonly { readonly row: RunRow; readonly start: number }[],
  {
    scale,
    offset,
    width,
    end,
    durationOf,
  }: {
    readonly scale: Scale;
    readonly offset: number;
    readonly width: number;
    readonly end: number;
    readonly durationOf: (milliseconds: number) => string;
  },
): readonly Caption[] {
  return seen.flatMap(({ row, start }): readonly Caption[] => {
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
}
