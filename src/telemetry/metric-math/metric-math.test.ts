import { expect, test } from "vitest";
import { evaluateExpression, type MathValue, type Series } from "./evaluate-expression.ts";
import { parseExpression } from "./parse-expression.ts";

const metrics: { readonly [id: string]: MathValue } = {
  failed: new Map([
    [0, 1],
    [60, 3],
  ]),
  started: new Map([
    [0, 10],
    [60, 12],
    [120, 5],
  ]),
};

function value(text: string): unknown {
  const found = evaluateExpression(parseExpression(text), {
    metric: (id) => metrics[id],
    all: () => Object.values(metrics) as readonly Series[],
    periods: [0, 60, 120],
    periodMs: 60_000,
  });
  return typeof found === "number" ? found : Object.fromEntries(found as Map<number, number>);
}

test.each([
  ["failed / started * 100", { 0: 10, 60: 25 }],
  ["FILL(failed, 0) / started", { 0: 0.1, 60: 0.25, 120: 0 }],
  ["FILL(failed, REPEAT)", { 0: 1, 60: 3, 120: 3 }],
  ["SUM(failed)", 4],
  ["SUM([failed, started])", { 0: 11, 60: 15, 120: 5 }],
  ["SUM(METRICS())", { 0: 11, 60: 15, 120: 5 }],
  ["MAX(started) - MIN(started)", 7],
  ["started / PERIOD(started)", { 0: 10 / 60, 60: 0.2, 120: 5 / 60 }],
  ["IF(started > 9, started, 0)", { 0: 10, 60: 12, 120: 0 }],
  ["-2 ^ 2 + 3 * (1 + 1)", 2],
])("%s", (text, expected) => {
  expect(value(text)).toEqual(expected);
});

test.each([
  ["ANOMALY_DETECTION_BAND(failed)", "ANOMALY_DETECTION_BAND() with 1 arguments is not understood"],
  ["failed +", "it ends too early"],
  ["failed ; started", "'; started' is not understood"],
  ["gone", "there is no metric or expression 'gone'"],
  ["(failed", "')' is expected before 'its end'"],
])("%s is refused", (text, problem) => {
  expect(() => value(text)).toThrow(problem);
});
