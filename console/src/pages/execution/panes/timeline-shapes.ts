import type { VisitStatus } from "../../../../../src/console/view-types.ts";
import { toneOf, type Tone } from "../../../parts/status.tsx";
import type { RunRow } from "./run-rows.ts";
import type { Scale } from "./run-scale.ts";
import { concurrency, segmentsOf, type Segment, type SegmentKind } from "./run-segments.ts";

/** Height of a row, in pixels. */
export const rowHeight = 28;

/** Something that is drawn for a segment; places are within the chart. */
export interface Shape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly kind: SegmentKind;
  readonly tone: Tone;
  readonly segment: Segment;
  readonly row: RunRow;
}

/** How many lanes of a Map were under way, as an area. */
export interface Area {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly bottom: number;
  readonly tone: Tone;
  readonly most: number;
}

const heights: Readonly<Record<SegmentKind, number>> = {
  queued: 3,
  running: 12,
  succeeded: 12,
  failed: 12,
  aborted: 12,
  waiting: 12,
  timer: 12,
  retry: 12,
  state: 12,
  holder: 5,
};
/** What took no time is seen, too. */
const leastWidth = 3;
/** From so many items on, a Map shows how many were under way. */
const leastLanes = 4;

/** What is seen of a row between the left edge (`offset`, in pixels of the scale) and the right one. */
export function shapesOf(
  row: RunRow,
  top: number,
  scale: Scale,
  offset: number,
  width: number,
  end: number,
): readonly Shape[] {
  const shapes: Shape[] = [];
  const hasArea = isArea(row);
  for (const segment of segmentsOf(row, end)) {
    const left = scale.x(segment.from) - offset;
    const right = Math.max(scale.x(segment.to) - offset, left + leastWidth);
    if (right < 0 || left > width) continue;
    const height = heights[segment.kind];
    const x = Math.max(-4, left);
    const last = shapes.at(-1);
    // What is too small to be told apart is drawn once.
    if (last?.kind === segment.kind && right <= last.x + last.width) continue;
    shapes.push({
      x,
      y: hasArea ? top + rowHeight - height - 3 : top + (rowHeight - height) / 2,
      width: Math.min(width + 4, right) - x,
      height,
      kind: segment.kind,
      tone: toneOfSegment(segment.kind, row.visit?.status ?? row.lane?.status ?? "running"),
      segment,
      row,
    });
  }
  return shapes;
}

function isArea({ visit, children }: RunRow): boolean {
  return visit?.type === "Map" && children.length >= leastLanes;
}

export function areaOf(
  row: RunRow,
  top: number,
  scale: Scale,
  offset: number,
  width: number,
  end: number,
): Area | undefined {
  if (!isArea(row)) return undefined;
  const steps = concurrency(row, end);
  const most = steps.reduce((highest, { count }) => Math.max(highest, count), 1);
  const bottom = top + rowHeight - 8;
  const height = rowHeight - 12;
  const points: [number, number][] = [];
  let before = 0;
  for (const { at, count } of steps) {
    const x = Math.min(Math.max(scale.x(at) - offset, -1), width + 1);
    const y = bottom - (count / most) * height;
    const last = points.at(-1);
    // Within one pixel the highest of them is shown.
    if (last !== undefined && x - last[0] < 0.5) last[1] = Math.min(last[1], y);
    else points.push([x, bottom - (before / most) * height], [x, y]);
    before = count;
  }
  return { points, bottom, most, tone: toneOf(row.visit?.status ?? "running") };
}

function toneOfSegment(kind: SegmentKind, status: VisitStatus): Tone {
  switch (kind) {
    case "queued":
    case "aborted":
    case "retry":
      return "off";
    case "running":
      return "run";
    case "succeeded":
      return "ok";
    case "failed":
      return "fail";
    case "waiting":
    case "timer":
      return "wait";
    case "state":
    case "holder":
      return toneOf(status);
  }
}

/** The shape at a place, or the nearest one within a few pixels. */
export function shapeAt(shapes: readonly Shape[], x: number, y: number): Shape | undefined {
  const reach = 4;
  let nearest: Shape | undefined;
  let distance = reach;
  for (const shape of shapes) {
    const top = Math.floor(shape.y / rowHeight) * rowHeight;
    if (y < top || y >= top + rowHeight) continue;
    const away = Math.max(shape.x - x, x - shape.x - shape.width, 0);
    if (away > distance || (away === distance && nearest !== undefined && away > 0)) continue;
    nearest = shape;
    distance = away;
  }
  return nearest;
}
