import fc from "fast-check";
import { expect, test } from "vitest";
import { arrowHead, roundedPath } from "./rounded-path.ts";

const point = fc.record({
  x: fc.integer({ min: 0, max: 500 }),
  y: fc.integer({ min: 0, max: 500 }),
});

test("a path and its arrow have numbers only, also where points lie on one another", () => {
  fc.assert(
    fc.property(fc.array(point, { maxLength: 8 }), (points) => {
      expect(roundedPath(points)).not.toMatch(/NaN|Infinity|undefined/);
      expect(arrowHead(points, 8)).not.toMatch(/NaN|Infinity|undefined/);
    }),
  );
});

test("corners are cut by at most half of what they join", () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 100, y: 10 },
  ]);
  expect(path).toBe("M0 0L0 5Q0 10 5 10L100 10");
});

test("the arrow points the way that the edge goes", () => {
  expect(
    arrowHead(
      [
        { x: 0, y: 0 },
        { x: 0, y: 20 },
      ],
      10,
    ),
  ).toBe("0,20 5,10 -5,10");
});
