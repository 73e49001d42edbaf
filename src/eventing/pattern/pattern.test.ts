import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { matches } from "./matches.ts";
import { parsePattern } from "./parse-pattern.ts";
import { InvalidEventPattern } from "./invalid-event-pattern.ts";
import { matchingCases, refusedPatterns } from "./pattern-cases.fixture.ts";
import { refusedRules, refusedValues, rulerCases, takenValues } from "./ruler-cases.fixture.ts";

function isMatch(pattern: string, event: string): boolean {
  return matches(parsePattern(pattern), parseJson(event) as JsonObject);
}

describe("an event matches as AWS says", () => {
  test.each(matchingCases)("%s: %s", (_name, expected, pattern, event) => {
    expect(isMatch(pattern, event)).toBe(expected);
  });
});

describe("Event Ruler's own tests hold", () => {
  test.each(rulerCases)("$test: $pattern", ({ pattern, matching, others }) => {
    const text = JSON.stringify(pattern);
    for (const event of matching) expect(isMatch(text, JSON.stringify(event))).toBe(true);
    for (const event of others) expect(isMatch(text, JSON.stringify(event))).toBe(false);
  });

  test.each(takenValues)("%s is taken", (value) => {
    expect(parsePattern(`{"a": [${value}]}`).ways).toHaveLength(1);
  });

  test.each([...refusedValues.map((value) => `{"a": [${value}]}`), ...refusedRules])(
    "%s is refused",
    (pattern) => {
      expect(() => parsePattern(pattern)).toThrow(InvalidEventPattern);
    },
  );
});

describe("a pattern is refused in AWS's words and with its place", () => {
  test.each(refusedPatterns)("%s", (pattern, reason, places) => {
    const place = `\n at [Source: (String)"${pattern}"; line: 1, column: `;
    const shown = places.map((column) => `${place}${column}]`).join("");
    expect(() => parsePattern(pattern)).toThrow(
      `Event pattern is not valid. Reason: ${reason}${shown}`,
    );
  });
});

test("an error shows the line, and no more than 500 characters of the pattern", () => {
  const pattern = `{\n  "a": ["${"x".repeat(600)}"],\n  "b": 1 }`;
  expect(() => parsePattern(pattern)).toThrow(
    `"b" must be an object or an array\n at [Source: (String)"${pattern.slice(0, 500)}"[truncated ${pattern.length - 500} chars]; line: 3, column: 9]`,
  );
});

test("what the parser of the pattern takes for JSON is what JSON.parse takes", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(() => parsePattern(`{"a": [1], "b": ${text}`)).toThrow();
      expect(() => parsePattern(`${text}]`)).toThrow();
    }),
  );
});

test("the values of any event are matched by a pattern made of them", () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const name = fc.stringMatching(/^[a-z.]{1,4}$/);
  const event = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { minKeys: 1 })), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(event, (given) => {
      const pattern = JSON.stringify(inLists(given));
      fc.pre(!hasClash(given));
      expect(isMatch(pattern, JSON.stringify(given))).toBe(true);
    }),
  );
});

/** Each value in a list, as a pattern has it. */
function inLists(event: object): object {
  return Object.fromEntries(
    Object.entries(event).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === "object" && value !== null ? inLists(value) : [value],
    ]),
  );
}

/** Whether two ways through names with dots lead to one field: the last list of a pattern counts. */
function hasClash(event: object): boolean {
  const names = Object.entries(event).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? Object.keys(value).map((inner) => `${name}.${inner}`)
      : [name],
  );
  return new Set(names).size < names.length;
}

test("wildcards agree with a regular expression", () => {
  const text = fc.stringMatching(/^[ab*]{0,12}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^(\*?[ab]{1,3}){0,4}\*?$/), text, (wildcard, value) => {
      const expected = new RegExp(`^${wildcard.replaceAll("*", ".*")}$`).test(value);
      const pattern = JSON.stringify({ a: [{ wildcard }] });
      expect(isMatch(pattern, JSON.stringify({ a: value }))).toBe(expected);
    }),
  );
});

test("long pieces of a wildcard are found as short ones are", () => {
  const piece = fc.stringMatching(/^[ab]{9,14}$/);
  fc.assert(
    fc.property(piece, fc.stringMatching(/^[ab]{0,60}$/), (long, value) => {
      const pattern = JSON.stringify({ a: [{ wildcard: `*${long}*` }] });
      expect(isMatch(pattern, JSON.stringify({ a: value }))).toBe(value.includes(long));
    }),
  );
});

test("a hostile wildcard takes milliseconds", () => {
  const pattern = parsePattern(
    JSON.stringify({ a: [{ wildcard: `${`*${"a".repeat(60)}b`.repeat(60)}*` }] }),
  );
  const event = { a: "a".repeat(256 * 1024) };
  const start = performance.now();
  expect(matches(pattern, event)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});

test("many ways through long lists end", () => {
  const or = (name: string): object[] =>
    Array.from({ length: 10 }, (_, index) => ({ [name]: [{ "anything-but": index }] }));
  const pattern = parsePattern(
    JSON.stringify({ l: { $or: or("a"), z: ["none"], m: { $or: or("b"), n: { $or: or("c") } } } }),
  );
  const item = { a: 99, m: { b: 99, n: { c: 99 } } };
  const list = [...Array.from({ length: 20_000 }, () => item), { z: "none" }];
  const start = performance.now();
  expect(matches(pattern, { l: list })).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});

test("a pattern has at most 1000 ways, 64 stars and 100 levels", () => {
  const or = (name: string, count: number): object[] =>
    Array.from({ length: count }, (_, index) => ({ [`${name}${index}`]: [1] }));
  const nested = (count: number): string =>
    JSON.stringify({ $or: or("a", 10), b: { $or: or("b", 10), c: { $or: or("c", count) } } });
  expect(parsePattern(nested(10)).ways).toHaveLength(1000);
  expect(() => parsePattern(nested(11))).toThrow("Rule is too complex");
  const stars = JSON.stringify({ a: [{ wildcard: "*a".repeat(65) }] });
  expect(() => parsePattern(stars)).toThrow("Rule is too complex - try using fewer wildcard");
  const deep = `${'{"a":'.repeat(101)}[1]${"}".repeat(101)}`;
  expect(() => parsePattern(deep)).toThrow("nested too deeply");
});
