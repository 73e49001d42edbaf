import { labelSize, type Box, type EdgeRoute, type GraphLayout, type Point } from "./layout.ts";
import type { GraphModel, GraphScope } from "./model.ts";

/** For tests: what is wrong with a layout, and how often its edges cross. */
export interface LayoutFaults {
  /** One sentence for each broken rule; none is tolerated. */
  readonly faults: readonly string[];
  /** Edges of one scope that cross; those that share a rail are one line where they run together. */
  readonly crossings: number;
}

const tolerance = 0.5;

export function layoutFaults(model: GraphModel, layout: GraphLayout): LayoutFaults {
  const faults: string[] = [];
  let crossings = 0;
  const canvas: Box = { x: 0, y: 0, width: layout.width, height: layout.height };
  const boxOf = (key: string): Box => layout.nodes.get(key) ?? nowhere;
  const check = (scope: GraphScope, parent: Box) => {
    for (const [index, node] of scope.nodes.entries()) {
      const box = boxOf(node.key);
      if (!isFinite(box)) faults.push(`${node.key} has no place`);
      if (!isInside(box, parent)) faults.push(`${node.key} reaches out of its parent`);
      for (const other of scope.nodes.slice(index + 1)) {
        if (overlap(box, boxOf(other.key))) faults.push(`${node.key} overlaps ${other.key}`);
      }
      for (const [place, inner] of node.scopes.entries()) {
        const lane = layout.lanes.get(inner.key) ?? nowhere;
        if (!isInside(lane, box)) faults.push(`lane ${inner.key} reaches out of ${node.key}`);
        const next = layout.lanes.get(node.scopes[place + 1]?.key ?? "");
        if (next && lane.x + lane.width > next.x) faults.push(`lane ${inner.key} is out of order`);
        check(inner, lane);
      }
    }
    const routes: EdgeRoute[] = [];
    for (const edge of scope.edges) {
      const route = layout.edges.get(edge.id);
      const [first, last] = [route?.points[0], route?.points.at(-1)];
      if (!route || !first || !last) {
        faults.push(`${edge.id} has no route`);
        continue;
      }
      routes.push(route);
      if (!isOnBorder(first, boxOf(edge.source))) faults.push(`${edge.id} starts beside its card`);
      if (!isOnBorder(last, boxOf(edge.target))) faults.push(`${edge.id} ends beside its card`);
      for (const [a, b] of pieces(route)) {
        const piece = boxBetween(a, b);
        if (!isFinite(piece)) faults.push(`${edge.id} has a point at no place`);
        if (piece.width > tolerance && piece.height > tolerance) faults.push(`${edge.id} slants`);
        if (piece.width === 0 && piece.height === 0) faults.push(`${edge.id} has an empty piece`);
        if (!isInside(piece, parent)) faults.push(`${edge.id} reaches out of its parent`);
        for (const node of scope.nodes) {
          if (overlap(piece, boxOf(node.key))) faults.push(`${edge.id} runs through ${node.key}`);
        }
      }
    }
    crossings += countCrossings(routes);
    const labels = scope.edges.flatMap(({ id, label }) => {
      const centre = layout.edges.get(id)?.label;
      if (!centre) return [];
      const { width, height } = labelSize(label);
      return [{ id, box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height } }];
    });
    for (const [index, { id, box }] of labels.entries()) {
      if (!isInside(box, parent)) faults.push(`the label of ${id} reaches out of its parent`);
      for (const other of labels.slice(index + 1)) {
        if (overlap(box, other.box)) faults.push(`the label of ${id} covers that of ${other.id}`);
      }
      for (const { key } of scope.nodes) {
        if (overlap(box, boxOf(key))) faults.push(`the label of ${id} covers ${key}`);
      }
    }
  };
  check(model.root, canvas);
  return { faults, crossings };
}

const nowhere: Box = { x: NaN, y: NaN, width: NaN, height: NaN };

function isFinite({ x, y, width, height }: Box): boolean {
  return [x, y, width, height].every(Number.isFinite);
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - tolerance &&
    inner.y >= outer.y - tolerance &&
    inner.x + inner.width <= outer.x + outer.width + tolerance &&
    inner.y + inner.height <= outer.y + outer.height + tolerance
  );
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x < b.x + b.width - tolerance &&
    b.x < a.x + a.width - tolerance &&
    a.y < b.y + b.height - tolerance &&
    b.y < a.y + a.height - tolerance
  );
}

function isOnBorder({ x, y }: Point, box: Box): boolean {
  const isNear = (a: number, b: number) => Math.abs(a - b) <= tolerance;
  const isAcross = x >= box.x - tolerance && x <= box.x + box.width + tolerance;
  const isAlong = y >= box.y - tolerance && y <= box.y + box.height + tolerance;
  return (
    (isAcross && (isNear(y, box.y) || isNear(y, box.y + box.height))) ||
    (isAlong && (isNear(x, box.x) || isNear(x, box.x + box.width)))
  );
}

function pieces({ points }: EdgeRoute): [Point, Point][] {
  return points.slice(1).map((point, index) => [points[index] ?? point, point]);
}

function boxBetween(a: Point, b: Point): Box {
  return {
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x),
    height: Math.abs(a.y - b.y),
  };
}

function countCrossings(routes: readonly EdgeRoute[]): number {
  const all = routes.flatMap((route, edge) =>
    pieces(route).map(([a, b]) => ({ edge, ...boxBetween(a, b) })),
  );
  const upright = all.filter(({ width }) => width < tolerance);
  const flat = all.filter(({ height }) => height < tolerance);
  return flat.reduce(
    (sum, across) => sum + upright.filter((along) => doCross(across, along)).length,
    0,
  );
}

function doCross(across: Box & { edge: number }, along: Box & { edge: number }): boolean {
  return (
    across.edge !== along.edge &&
    along.x > across.x + tolerance &&
    along.x < across.x + across.width - tolerance &&
    across.y > along.y + tolerance &&
    across.y < along.y + along.height - tolerance
  );
}
