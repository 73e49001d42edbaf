import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

test("text becomes the bytes that the platform makes of it, and comes back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = encodeUtf8(text);
      expect(Uint8Array.from(bytes)).toEqual(new TextEncoder().encode(text));
      expect(decodeUtf8(bytes)).toBe(text.toWellFormed());
    }),
  );
});

test("any bytes become some text, and Base64 keeps any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const list = [...bytes];
      const text = decodeUtf8(list);
      const isValid = Buffer.from(bytes).equals(Buffer.from(text));
      if (isValid) expect(text).toBe(Buffer.from(bytes).toString());
      else expect(text).toContain("\ufffd");
      expect(encodeBase64(list)).toBe(Buffer.from(bytes).toString("base64"));
      expect(decodeBase64(encodeBase64(list))).toEqual(list);
    }),
  );
});

test("long forms, surrogates and code points beyond the last are no text", () => {
  for (const bytes of [
    [0xc0, 0x80],
    [0xe0, 0x80, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xff],
    [0xe2, 0x82],
  ]) {
    expect(decodeUtf8(bytes)).toBe("\ufffd".repeat(bytes.length));
  }
});
