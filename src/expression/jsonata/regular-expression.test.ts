import fc from "fast-check";
import { expect, test } from "vitest";
import { ExpressionSyntaxError } from "../evaluation.ts";
import { defaultLimits } from "./limits.ts";
import { compileRegularExpression } from "./regular-expression.ts";
import { Run } from "./run.ts";

const run = () =>
  new Run(
    {
      document: undefined,
      lookup: () => undefined,
      random: { next: () => 0, uuid: () => "" },
      now: 0,
    },
    defaultLimits,
  );

function find(expression: RegExp, text: string, from = 0) {
  return compileRegularExpression(expression.source, expression.flags).find(text, from, run());
}

test("a match has its place, its text and its groups", () => {
  expect(find(/(a)(b)?(c)/, "xxac")).toEqual({
    text: "ac",
    start: 2,
    groups: ["a", undefined, "c"],
  });
  expect(find(/a/, "aba", 1)).toEqual({ text: "a", start: 2, groups: [] });
  expect(find(/a/, "b")).toBeUndefined();
  expect(find(/a/, "b", 5)).toBeUndefined();
});

test.each([
  [/\s/, "\u00a0"],
  [/[\s]/, "\u2003"],
  [/\S/, "\u00a0x"],
  [/[^\s]/, "\u00a0x"],
  [/./, "\r\u2028\nx"],
  [/[.]/, "a."],
  [/\./, "a."],
  [/\u0041/, "A"],
  [/a\/b/, "a/b"],
  [/[^]/, "\n"],
  [/x/i, "X"],
  [/^b/m, "a\nb"],
  [/(?<name>a)/, "a"],
  [/[\]x]/, "]"],
])("%s means what it means in JavaScript", (expression, text) => {
  const theirs = expression.exec(text);
  expect(find(expression, text)?.start).toBe(theirs?.index);
});

test.each([/(?=a)/, /(?<!a)b/, /(a)\1/, /a{2000}/])("%s is refused", (expression) => {
  expect(() => compileRegularExpression(expression.source, "")).toThrow(ExpressionSyntaxError);
});

test("it finds what JavaScript finds", () => {
  const atom = fc.constantFrom(
    "a",
    "b",
    ".",
    "[ab]",
    "[^a]",
    "\\w",
    "\\s",
    "(a|b)",
    "(ab)",
    "^",
    "$",
    "\\b",
  );
  const quantified = fc
    .tuple(atom, fc.constantFrom("", "", "?", "*", "+", "+?", "{1,2}"))
    .map(([a, q]) => (/^(\^|\$|\\b)$/.test(a) ? a : a + q));
  const pattern = fc
    .array(quantified, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(""));
  const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n", "é"), maxLength: 12 });
  fc.assert(
    fc.property(pattern, text, (source, subject) => {
      const theirs = new RegExp(source).exec(subject);
      const ours = find(new RegExp(source), subject);
      expect(ours?.start).toBe(theirs?.index);
      expect(ours?.text).toBe(theirs?.[0]);
    }),
    { numRuns: 2000, seed: 7 },
  );
});
