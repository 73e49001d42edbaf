import { expect, test } from "vitest";
import { pathLength } from "./path-length.ts";

test.each([
  ["a", 0],
  ["$states.input.a", 2],
  ["a.b + c.d.e - f.g", 2],
  ["a.b and c.d and e.f or g.h in i.j", 1],
  ["a.b[c.d.e = 1].f", 2],
  ["a.(b.c.d.e).f", 3],
  ["{'x': a.b, 'y': c.d}.z", 1],
  ["'a.b.c.d' & a.b", 1],
  ["1.5 + 2.5", 0],
])("%s has at most %d steps in a path", (text, steps) => {
  expect(pathLength(text)).toBe(steps);
});
