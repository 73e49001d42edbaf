import { describe, expect, test } from "vitest";
import type { EvaluationScope } from "../../evaluation.ts";
import { createRandomSource } from "../../random.ts";
import { compileJsonata } from "../compile-jsonata.ts";

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: createRandomSource("aws"),
  now: 0,
};
const evaluate = (text: string): unknown => compileJsonata(text).evaluate(undefined, scope);

describe("$partition", () => {
  test.each([
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    ["$partition([0], 1)", [[0]]],
    ["$partition([1,2,3], 2.9)", [[1, 2], [3]]],
    ["$partition([1,2,3])", [[1, 2, 3]]],
    ["$partition([], 2)", undefined],
    ["$partition([1,2], 0)", undefined],
    ["$partition($none, 2)", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test("a negative size is an error", () => {
    expect(() => evaluate("$partition([1], -1)")).toThrow(
      "Second argument must be zero or greater",
    );
  });
});

describe("$range", () => {
  test.each([
    ["$range(0, 10, 2)", [0, 2, 4, 6, 8, 10]],
    ["$range(0, 9, 2)", [0, 2, 4, 6, 8]],
    ["$range(10, 0, -5)", [10, 5, 0]],
    ["$range(-1.7, 2, 1.9)", [-1, 0, 1, 2]],
    ["$range(3, 3, 1)", 3],
    ["$range(5, 1, 1)", undefined],
    ["$range(1, 5, 0)", undefined],
    ["$range(1, 5)", undefined],
    ["$range($none, 5, 1)", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test("the end is required", () => {
    expect(() => evaluate("$range(1)")).toThrow('Argument 2 of function "range" does not match');
  });
});

describe("$hash", () => {
  test.each([
    ["$hash('input', 'MD5')", "a43c1b0aa53a0c908810c06ab1ff3967"],
    ["$hash('input', 'SHA-1')", "140f86aae51ab9e1cda9b4254fe98a74eb54c1a1"],
    [
      "$hash('input', 'SHA-256')",
      "c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20",
    ],
    ["$length($hash('input', 'SHA-384'))", 96],
    ["$length($hash('input', 'SHA-512'))", 128],
    ["$hash('input')", undefined],
    ["$hash($none, 'MD5')", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toBe(result);
  });

  test("other algorithms are an error", () => {
    expect(() => evaluate("$hash('input', 'sha-1')")).toThrow("Unknown hash algorithm: sha-1");
  });
});

describe("$random", () => {
  test("a seed gives the number that AWS gives", () => {
    expect(evaluate("$random(42)")).toBe(0.7275636800328681);
    expect(evaluate("$random(42.9)")).toBe(0.7275636800328681);
    expect(evaluate("$random(-1)")).toBe(evaluate("$random(-1)"));
    expect(evaluate("$random(1/0)")).toBe(evaluate("$random(0)"));
  });

  test("without a seed each number is another one", () => {
    const [first, second] = evaluate("[$random(), $random()]") as [number, number];
    expect(first).not.toBe(second);
    for (const number of [first, second]) {
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }
  });
});

test("$uuid is a version 4 UUID", () => {
  expect(evaluate("$uuid()")).toMatch(
    /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
  );
});

describe("$parse", () => {
  test.each([
    ["$parse('{\"a\": [1, null]}')", { a: [1, null] }],
    ["$parse('-0.5')", -0.5],
    ["$parse('null')", null],
    ['$parse(\'{"a": {"b": 2}}\').a.b', 2],
    ["$parse()", undefined],
    ["$parse($none)", undefined],
  ])("%s", (text, result) => {
    expect(evaluate(text)).toEqual(result);
  });

  test("the whole number -0 is 0, and other numbers keep their text", () => {
    const text = '[-0, {"-0": "-0 \\" -0"}, -0.0, 1e-0, -0e1, 9007199254740993]';
    const expression = `$parse(${JSON.stringify(text)})`;
    expect(JSON.stringify(evaluate(expression))).toBe(
      '[0,{"-0":"-0 \\" -0"},-0.0,1e-0,-0e1,9007199254740993]',
    );
    expect(JSON.stringify(evaluate("$parse('-0')"))).toBe("0");
  });

  test("what is no JSON, or nested too deeply to work with, is an error", () => {
    const nested = (levels: number) => `$parse('${"[".repeat(levels)}${"]".repeat(levels)}')`;
    expect(() => evaluate("$parse('{')")).toThrow("not valid JSON");
    expect(() => evaluate(nested(1_000))).not.toThrow();
    expect(() => evaluate(nested(1_001))).toThrow("not valid JSON");
    expect(() => evaluate(nested(15_000))).toThrow("not valid JSON");
    expect(() => evaluate("$parse(1)")).toThrow('Argument 1 of function "parse" does not match');
  });
});
