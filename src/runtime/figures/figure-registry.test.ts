import { expect, test } from "vitest";
import { FigureRegistry } from "./figure-registry.ts";

test("a counter grows, for each of its labels by itself", () => {
  const figures = new FigureRegistry();
  figures.counter("calls_total", "Calls", { operation: "A" }).add();
  figures.counter("calls_total", "Calls", { operation: "B" }).add(4);
  figures.counter("calls_total", "Calls", { operation: "A" }).add(2);
  expect(figures.read()).toEqual([
    {
      name: "calls_total",
      help: "Calls",
      type: "counter",
      samples: [
        { labels: { operation: "A" }, value: 3 },
        { labels: { operation: "B" }, value: 4 },
      ],
    },
  ]);
});

test("labels are the same in whichever order they are given", () => {
  const figures = new FigureRegistry();
  figures.counter("c_total", "", { a: "1", b: "2" }).add();
  figures.counter("c_total", "", { b: "2", a: "1" }).add();
  expect(figures.read()).toMatchObject([{ samples: [{ value: 2 }] }]);
});

test("a histogram tells how many values are not above each of its bounds", () => {
  const figures = new FigureRegistry();
  const histogram = figures.histogram("took_seconds", "Took", [1, 2, 5]);
  for (const value of [0.5, 1, 1.5, 5, 6, 100]) histogram.observe(value);
  expect(figures.read()).toEqual([
    {
      name: "took_seconds",
      help: "Took",
      type: "histogram",
      samples: [
        {
          labels: {},
          count: 6,
          sum: 114,
          buckets: [
            { bound: 1, count: 2 },
            { bound: 2, count: 3 },
            { bound: 5, count: 4 },
            { bound: Number.POSITIVE_INFINITY, count: 6 },
          ],
        },
      ],
    },
  ]);
});

test("a gauge is asked when somebody looks", () => {
  const figures = new FigureRegistry();
  let value = 1;
  figures.gauge("one", "", () => value);
  figures.gauge("several", "", () => [{ labels: { of: "a" }, value }]);
  value = 2;
  expect(figures.read()).toMatchObject([
    { name: "one", type: "gauge", samples: [{ labels: {}, value: 2 }] },
    { name: "several", type: "gauge", samples: [{ labels: { of: "a" }, value: 2 }] },
  ]);
});

test("one name is of one kind", () => {
  const figures = new FigureRegistry();
  figures.counter("c_total", "");
  expect(() => figures.histogram("c_total", "", [1])).toThrow("c_total is a counter");
});
