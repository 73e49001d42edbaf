import { expect, test } from "vitest";
import { panSpeed } from "./auto-pan.ts";

const size = { width: 800, height: 600 };

test("in the middle nothing moves, and at a border the graph comes in from there, faster the nearer it is", () => {
  expect(panSpeed({ x: 400, y: 300 }, size)).toEqual({ x: 0, y: 0 });
  const [far, near] = [panSpeed({ x: 400, y: 570 }, size), panSpeed({ x: 400, y: 590 }, size)];
  expect(far.y).toBeLessThan(0);
  expect(near.y).toBeLessThan(far.y);
  expect(panSpeed({ x: 5, y: 300 }, size).x).toBeGreaterThan(0);
});

test("beyond the border it is no faster than at it", () => {
  expect(panSpeed({ x: -300, y: 300 }, size)).toEqual(panSpeed({ x: 0, y: 300 }, size));
});

test("a window of the size of two borders has a calm middle", () => {
  expect(panSpeed({ x: 40, y: 40 }, { width: 80, height: 80 })).toEqual({ x: 0, y: 0 });
});
