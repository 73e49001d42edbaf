import { expect, test } from "vitest";
import { EvaluationError, type EvaluationScope } from "./evaluation.ts";
import type { JsonValue } from "./json.ts";
import { parseJson } from "./parse-json.ts";
import { charge, chargeValues, weight } from "./steps.ts";

/** A scope with so many steps for all that is evaluated in it. */
function scopeWith(left: number): EvaluationScope & { steps: { left: number } } {
  const steps = {
    left,
    spend(spent: number) {
      steps.left -= spent;
    },
  };
  return {
    steps,
    context: {},
    variables: { lookup: () => undefined },
    random: { next: () => 0.5, uuid: () => "id" },
    now: 0,
  };
}

test.each<[JsonValue, number]>([
  [null, 0.5],
  [parseJson("12345678901234567890"), 0.5],
  ["a".repeat(64), 2.5],
  [[1, [2]], 2],
  [{ ["n".repeat(32)]: true }, 2.5],
])("%j weighs %d steps", (value, steps) => {
  expect(weight(value, 1_000)).toBe(steps);
});

test("no more of a value is looked at than what the answer needs", () => {
  let looked = 0;
  const item = (): JsonValue => {
    looked++;
    return 1;
  };
  const items = Array.from({ length: 1_000 });
  const watched = new Proxy(items, {
    get: (list, name) =>
      typeof name === "string" && /^\d+$/.test(name) ? item() : Reflect.get(list, name),
  }) as JsonValue;
  expect(weight(watched, 10)).toBeGreaterThan(10);
  expect(looked).toBeLessThan(25);
});

test("what has no steps left fails, and tells whoever shares them", () => {
  const scope = scopeWith(10);
  charge(scope, 8);
  expect(() => chargeValues(scope, [1, 2, 3, 4, 5, 6])).toThrow(EvaluationError);
  expect(scope.steps.left).toBeLessThan(0);
});

test("where nobody counts nothing is charged", () => {
  const { steps: _, ...scope } = scopeWith(0);
  charge(scope, 1e9);
});
