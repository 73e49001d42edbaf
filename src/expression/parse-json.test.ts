import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactNumber } from "./exact-number.ts";
import { isJsonObject, jsonEquals, ownMember } from "./json.ts";
import { blanks, jsonText } from "./json-text.fixture.ts";
import { JsonTooDeep, parseJson } from "./parse-json.ts";

test("a compact text comes out of the value as it went in: numbers, strings and order", () => {
  fc.assert(
    fc.property(jsonText(fc.constant("")), (text) => {
      expect(JSON.stringify(parseJson(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test("blanks between change nothing of the value", () => {
  fc.assert(
    fc.property(jsonText(blanks), (text) => {
      const value = parseJson(text);
      const again = parseJson(JSON.stringify(value));
      expect(JSON.stringify(again)).toBe(JSON.stringify(value));
      // What it means to everybody else is the same.
      expect(JSON.parse(JSON.stringify(value))).toEqual(JSON.parse(text));
    }),
    { numRuns: 1_000 },
  );
});

test("what a double keeps is a double", () => {
  const text = '[0,1,-1,0.5,123456789012345,9007199254740991,0.1,1e+21,5e-324,"1.0"]';
  const values = parseJson(text) as unknown[];
  expect(values.filter((value) => value instanceof ExactNumber)).toEqual([]);
  expect(JSON.stringify(values)).toBe(text);
});

describe("an exact number", () => {
  test.each([
    "9007199254740993",
    "1.0",
    "-0",
    "1e2",
    "1E400",
    "0.10",
    "0.0000001",
    "12345678901234567890.5",
  ])("%s keeps its text, wherever it stands", (number) => {
    for (const text of [number, `[${number}]`, `{"a":${number}}`]) {
      expect(JSON.stringify(parseJson(text))).toBe(text);
    }
  });

  test("is no object, and shows nothing of itself", () => {
    const number = parseJson("1.0");
    expect(isJsonObject(number)).toBe(false);
    expect(Object.keys(number as object)).toEqual([]);
    expect(Number(number)).toBe(1);
  });

  test("equals the number that it is; long integers are told apart by their digits", () => {
    expect(jsonEquals(parseJson("1.0"), 1)).toBe(true);
    expect(jsonEquals(parseJson("1.0"), parseJson("1.00"))).toBe(true);
    expect(jsonEquals(parseJson("9007199254740993"), parseJson("9007199254740992"))).toBe(false);
    expect(jsonEquals(parseJson("1.0"), "1.0")).toBe(false);
  });
});

describe("members", () => {
  test("are kept in the order that they were written in, also when some are whole numbers", () => {
    const text = '{"b":1,"10":2,"2":3,"a":{"1":1,"0":0}}';
    const value = parseJson(text);
    expect(JSON.stringify(value)).toBe(text);
    if (!isJsonObject(value)) throw new Error("not an object");
    expect(Object.keys(value)).toEqual(["b", "10", "2", "a"]);
    expect(ownMember(value, "10")).toBe(2);
    expect({ ...value }).toEqual(JSON.parse(text));
  });

  test("of one name are the last one, in the place of the first", () => {
    expect(JSON.stringify(parseJson('{"5":1,"a":2,"3":3,"5":4}'))).toBe('{"5":4,"a":2,"3":3}');
  });
});

describe("depth", () => {
  const nested = (levels: number): string => "[".repeat(levels) + "]".repeat(levels);

  test("of a thousand levels is taken, one more is not, and a hundred times as much neither", () => {
    expect(parseJson(nested(1_000))).toBeDefined();
    expect(() => parseJson(nested(1_001))).toThrow(JsonTooDeep);
    expect(() => parseJson(nested(100_000))).toThrow(JsonTooDeep);
    expect(() => parseJson(`[1.0,${nested(1_000)}]`)).toThrow(JsonTooDeep);
  });

  test("counts what is open, not what there is, and no brackets in strings", () => {
    expect(parseJson(`[${Array.from({ length: 2_000 }, () => "[[]]").join()}]`)).toHaveLength(
      2_000,
    );
    expect(parseJson(`["${"[".repeat(2_000)}\\"${"[".repeat(2_000)}"]`)).toHaveLength(1);
  });
});

test.each(["", "{", '{"a":1.0', "[1.0,]", "01", "1.", '"\\x"', '{"1":1 "2":2}', "tru", '"'])(
  "%s is no JSON",
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);
