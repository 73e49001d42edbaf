import fc from "fast-check";
import { expect, test } from "vitest";
import { ExpressionSyntaxError } from "./evaluation.ts";
import { compileStringMatches } from "./string-matches.ts";

test.each([
  ["log-*.txt", "log-2024.txt", true],
  ["log-*.txt", "log-.txt", true],
  ["log-*.txt", "log-.txt.gz", false],
  ["*", "", true],
  ["**", "x", true],
  ["", "", true],
  ["", "x", false],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*a", "aba", true],
  ["a*ab*b", "aab", false],
  ["a*bc*c", "abc", false],
  ["*.*.*", "a.b", false],
  ["*.*.*", "a.b.c", true],
  ["a.c", "abc", false],
  ["\\*", "*", true],
  ["\\*", "x", false],
  ["\\\\*", "\\anything", true],
  ["a\\*b*", "a*bc", true],
  ["A*", "abc", false],
] as const)("%s and %s", (pattern, text, expected) => {
  expect(compileStringMatches(pattern)(text)).toBe(expected);
});

test.each(["\\", "abc\\", "a\\bc", "*\\"])("the backslash in %s is dangling", (pattern) => {
  expect(() => compileStringMatches(pattern)).toThrow(ExpressionSyntaxError);
});

test("it agrees with the obvious recursive definition", () => {
  const matches = (pattern: string, text: string): boolean => {
    if (pattern === "") return text === "";
    if (pattern.startsWith("*")) {
      return matches(pattern.slice(1), text) || (text !== "" && matches(pattern, text.slice(1)));
    }
    return text.startsWith(pattern.charAt(0)) && matches(pattern.slice(1), text.slice(1));
  };
  const of = (characters: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...characters.split("")), maxLength: 8 });
  fc.assert(
    fc.property(of("ab*"), of("ab"), (pattern, text) => {
      expect(compileStringMatches(pattern)(text)).toBe(matches(pattern, text));
    }),
    { numRuns: 3000 },
  );
});

test("many stars cost no more than one look at the text", () => {
  const pattern = compileStringMatches(`${"*a".repeat(20_000)}*b`);
  expect(pattern("a".repeat(100_000))).toBe(false);
  expect(pattern(`${"a".repeat(100_000)}b`)).toBe(true);
});
