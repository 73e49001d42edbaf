import { describe, expect, test } from "vitest";
import { inferSchema } from "./infer-schema.ts";
import { findIn, keysAbove, linesOf } from "./json-lines.ts";
import { jsonText, parseJson, writtenNumber } from "./json-value.ts";
import { recognise } from "./recognise.ts";
import { tablesIn } from "./tables.ts";
import { asJsonPath } from "./value-path.ts";

describe("values", () => {
  test("a number keeps its digits on the way in and out", () => {
    const value = parseJson('{"a": 12345678901234567890, "b": 1.50, "c": 2}') as object;
    expect(writtenNumber(Reflect.get(value, "a"))).toBe("12345678901234567890");
    expect(jsonText(value)).toBe('{\n  "a": 12345678901234567890,\n  "b": 1.50,\n  "c": 2\n}');
  });
});

describe("lines", () => {
  const value = { a: [1, { b: "x" }], text: '{"inner": [true]}', deep: { c: { d: { e: 1 } } } };
  const shown = (turned: readonly string[] = []) =>
    linesOf(value, new Set(turned)).map(({ key, depth }) => `${"  ".repeat(depth)}${key}`);

  test("the first levels are open, and what is pressed is turned", () => {
    expect(shown(["$.a"])).toEqual(["$", "  $.a", "  $.text", "  $.deep", "    $.deep.c"]);
    expect(shown(["$.deep.c"])).toContain("      $.deep.c.d");
  });

  test("JSON in a text is opened beneath it, and its lines have the path of the text", () => {
    const lines = linesOf(value, new Set(["$.text"]));
    const inner = lines.filter(({ isWithin }) => isWithin);
    expect(inner.map(({ key }) => key)).toEqual(["$.text ", "$.text .inner", "$.text .inner[0]"]);
    expect(inner.map(({ path }) => asJsonPath(path))).toEqual(["$.text", "$.text", "$.text"]);
  });

  test("a search finds names and values, and opens what they are within", () => {
    expect(findIn(value, "E").map(asJsonPath)).toEqual(["$.text", "$.deep", "$.deep.c.d.e"]);
    const found = findIn(value, "e").at(-1) ?? [];
    const keys = linesOf(value, new Set(), keysAbove(found)).map(({ key }) => key);
    expect(keys).toContain("$.deep.c.d.e");
    expect(findIn(value, "")).toEqual([]);
  });
});

describe("what a scalar is", () => {
  const kindOf = (value: unknown) => recognise(value)?.kind;

  test("JSON, times, ARNs and base64 are recognised", () => {
    expect(recognise('[1, {"a": 2}]')).toEqual({ kind: "json", value: [1, { a: 2 }] });
    expect(recognise("2026-01-02T03:04:05Z")).toEqual({ kind: "time", at: 1_767_323_045_000 });
    expect(recognise(1_767_323_045)).toEqual({ kind: "time", at: 1_767_323_045_000 });
    expect(recognise(1_767_323_045_678)).toEqual({ kind: "time", at: 1_767_323_045_678 });
    expect(recognise("arn:aws:states:eu-west-1:123456789012:execution:m:e")).toMatchObject({
      kind: "arn",
      parts: { service: "states", region: "eu-west-1", resource: "execution:m:e" },
    });
    expect(recognise(btoa('{"hello": "world"}'))).toEqual({
      kind: "base64",
      text: '{"hello": "world"}',
    });
  });

  test("words, ids, amounts and bytes are only what they are", () => {
    for (const value of [
      "order-1001",
      "2026-01-02",
      "{not JSON",
      "ABCDEFGHIJKLMNOP",
      "0f8fad5bd9cb469fa16570867728950e",
      "/////////////////////w==",
      42,
      999_999_999,
      true,
      null,
    ]) {
      expect(kindOf(value), String(value)).toBeUndefined();
    }
  });
});

test("a schema says what every item has, and what only some have", () => {
  const value = parseJson(
    '{"items": [{"sku": "a", "n": 1}, {"sku": null, "price": 1.5}], "none": []}',
  );
  expect(inferSchema(value)).toEqual({
    type: "object",
    properties: {
      items: {
        type: "array",
        items: {
          type: "object",
          properties: {
            sku: { type: ["null", "string"] },
            n: { type: "integer" },
            price: { type: "number" },
          },
          required: ["sku"],
        },
      },
      none: { type: "array" },
    },
    required: ["items", "none"],
  });
});

test("arrays of objects are tables, wherever they are in the document", () => {
  const value = { a: { rows: [{ x: 1 }, { y: null }] }, list: [1, 2], mixed: [{ x: 1 }, 2] };
  expect(tablesIn(value)).toEqual([
    {
      path: ["a", "rows"],
      columns: ["x", "y"],
      rows: [
        [1, undefined],
        [undefined, null],
      ],
      isCut: false,
    },
  ]);
  expect(tablesIn([{ a: 1 }])).toMatchObject([{ path: [] }]);
  expect(tablesIn("text")).toEqual([]);
});
