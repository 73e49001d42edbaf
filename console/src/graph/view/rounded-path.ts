import type { Point } from "../layout.ts";

const radius = 8;

/** The path of an edge: straight pieces with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${first.x} ${first.y}`;
  for (let index = 0; index < rest.length; index++) {
    const before = points[index] as Point;
    const corner = rest[index] as Point;
    const after = rest[index + 1];
    if (after === undefined) {
      path += `L${corner.x} ${corner.y}`;
      continue;
    }
    const cut = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const from = towards(corner, before, cut);
    const to = towards(corner, after, cut);
    path += `L${from.x} ${from.y}Q${corner.x} ${corner.y} ${to.x} ${to.y}`;
  }
  return path;
}

/** The corners of the arrow at an edge's end. */
export function arrowHead(points: readonly Point[], size: number): string {
  const tip = points.at(-1);
  if (tip === undefined) return "";
  // Two points in one place have no direction between them.
  const before = points.findLast((point) => distance(point, tip) > 0.5) ?? tip;
  const back = towards(tip, before, size);
  const across = {
    x: ((tip.y - back.y) / size) * (size / 2),
    y: ((back.x - tip.x) / size) * (size / 2),
  };
  return `${tip.x},${tip.y} ${back.x + across.x},${back.y + across.y} ${back.x - across.x},${back.y - across.y}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return {
    x: from.x + ((to.x - from.x) / whole) * length,
    y: from.y + ((to.y - from.y) / whole) * length,
  };
}
