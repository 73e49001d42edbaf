import { describe, expect, test } from "vitest";
import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { compileReferencePath } from "./reference-path.ts";

const scope: EvaluationScope = {
  context: {},
  variables: { lookup: () => undefined },
  random: createRandomSource(0),
  now: 0,
};

describe("a reference path", () => {
  test.each([
    "$[*]",
    "$..a",
    "$.a[0,1]",
    "$.a[1:]",
    "$.a[?(@.b)]",
    "$['a','b']",
    "$.a.length()",
    "a",
  ])("cannot be %s, which does not name one node", (path) => {
    expect(() => compileReferencePath(path)).toThrow(ExpressionSyntaxError);
  });

  test("may escape characters of names, as in the examples of the specification", () => {
    const cases: readonly (readonly [string, JsonValue])[] = [
      ["$.store\\.book", { "store.book": 1 }],
      ["$.\\stor\\e.boo\\k", { store: { book: 1 } }],
      ["$.foo.\\.bar", { foo: { ".bar": 1 } }],
      ["$.foo\\@bar.baz\\[\\[.\\?pretty", { "foo@bar": { "baz[[": { "?pretty": 1 } } }],
      ["$.&Ж中.\ud800\udf46", { "&Ж中": { "\ud800\udf46": 1 } }],
      ["$['store'][0]['book']", { store: [{ book: 1 }] }],
    ];
    for (const [path, input] of cases) {
      expect(compileReferencePath(path).evaluate(input, scope), path).toBe(1);
    }
  });
});

describe("replacing the node", () => {
  function replace(path: string, input: JsonValue, value: JsonValue): JsonValue {
    return compileReferencePath(path).replace(input, value);
  }

  test("of the root gives the value", () => {
    expect(replace("$", { a: 1 }, 2)).toBe(2);
  });

  test("makes the objects on the way and keeps what is beside it", () => {
    expect(replace("$.a.b", {}, 1)).toEqual({ a: { b: 1 } });
    expect(replace("$.a.b", { a: { c: 2 }, d: 3 }, 1)).toEqual({ a: { c: 2, b: 1 }, d: 3 });
    expect(replace("$['x y'].z", { "x y": { z: 1 } }, null)).toEqual({ "x y": { z: null } });
  });

  test("of an element replaces it in its array", () => {
    expect(replace("$.a[1].b", { a: [1, { c: 2 }] }, 3)).toEqual({ a: [1, { c: 2, b: 3 }] });
    expect(replace("$[-1]", [1, 2], 3)).toEqual([1, 3]);
  });

  test("copies what it changes and shares the rest", () => {
    const input = { a: { b: 1 }, c: { d: 2 } };
    const before = structuredClone(input);
    const output = replace("$.a.b", input, 9) as typeof input;
    expect(input).toEqual(before);
    expect(output.a.b).toBe(9);
    expect(output.c).toBe(input.c);
  });

  test("adds a member __proto__ as data", () => {
    const output = replace("$.__proto__.polluted", {}, true);
    expect(JSON.stringify(output)).toBe('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  test.each([
    ["$.a", [1]],
    ["$.a", "text"],
    ["$.a", null],
    ["$.a.b", { a: 1 }],
    ["$.a[0]", {}],
    ["$.a[0]", { a: {} }],
    ["$.a[1]", { a: [0] }],
    ["$.a[-2]", { a: [0] }],
  ] as const)("%s does not suit %j", (path, input) => {
    let caught: unknown;
    try {
      replace(path, input, 1);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(EvaluationError);
    expect((caught as EvaluationError).errorName).toBe("States.ResultPathMatchFailure");
    expect((caught as EvaluationError).message).toContain(path);
  });
});
