export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its upper left corner. */
export interface Box extends Point, Size {}

/** The way of an edge: horizontal and vertical pieces from the border of a card to that of another. */
export interface EdgeRoute {
  readonly points: readonly Point[];
  /** The centre of the label, absent where the label is shown on hover only. */
  readonly label?: Point;
  readonly isRail: boolean;
}

export function moved<P extends Point>(place: P, by: Point): P {
  return { ...place, x: place.x + by.x, y: place.y + by.y };
}

export function movedRoute(route: EdgeRoute, by: Point): EdgeRoute {
  return {
    points: route.points.map((point) => moved(point, by)),
    ...(route.label && { label: moved(route.label, by) }),
    isRail: route.isRail,
  };
}

/** Without repeated points and points on a straight piece: an arrow turns wrong on a piece of length 0. */
export function withoutIdlePoints(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && isNear(last.x, point.x) && isNear(last.y, point.y)) continue;
    const before = kept.at(-2);
    if (last && before && isBetween(before, last, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function isBetween(before: Point, middle: Point, after: Point): boolean {
  return (
    (isNear(before.x, middle.x) && isNear(middle.x, after.x)) ||
    (isNear(before.y, middle.y) && isNear(middle.y, after.y))
  );
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.01;
}
