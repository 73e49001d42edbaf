import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { HmacKey } from "./hmac-key.ts";

const latin1 = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 512,
});

test("a code is that of HMAC-SHA256, whatever was hashed with the key before", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(latin1), (key, texts) => {
      const hmac = new HmacKey(key);
      expect(texts.map((text) => hmac.codeOf(text))).toEqual(
        texts.map((text) => createHmac("sha256", key).update(text, "latin1").digest("hex")),
      );
    }),
  );
});

test("a text that is longer than any to sign is refused, not cut", () => {
  expect(() => new HmacKey(new Uint8Array(32)).codeOf("a".repeat(513))).toThrow(RangeError);
});
