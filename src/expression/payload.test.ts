import { describe, expect, test } from "vitest";
import { exceedsBytes, Payload, utf8Length } from "./payload.ts";

describe("a payload", () => {
  test("made of null has the value null, before and after its text was asked for", () => {
    const payload = Payload.ofValue(null);
    expect(payload.value).toBeNull();
    expect(payload.text).toBe("null");
    expect(payload.value).toBeNull();
    expect(Payload.ofText("null").value).toBeNull();
  });

  test("made of text keeps it to the letter", () => {
    const payload = Payload.ofText(' {"a": 1.0} ');
    expect(JSON.stringify(payload.value)).toBe('{"a":1.0}');
    expect(payload.text).toBe(' {"a": 1.0} ');
  });

  test("refuses outside text that is no JSON", () => {
    expect(() => Payload.parse("{")).toThrow(SyntaxError);
    expect(Payload.parse("[1]").value).toEqual([1]);
  });
});

test.each(["", "a", "é", "€", "😀", "a😀é", "\ud800", "\udc00x"])(
  "the bytes of %j are those of its UTF-8 text",
  (text) => {
    expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
  },
);

test("a text exceeds a limit by its bytes, not by its characters", () => {
  expect(exceedsBytes("é".repeat(5), 10)).toBe(false);
  expect(exceedsBytes("é".repeat(5) + "x", 10)).toBe(true);
  expect(exceedsBytes("x".repeat(11), 10)).toBe(true);
  expect(exceedsBytes("x".repeat(3), 10)).toBe(false);
});
