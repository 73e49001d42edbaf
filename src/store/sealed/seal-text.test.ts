import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dataKeyOf, macOf } from "./data-key.ts";
import { counterBytes } from "./keystream.ts";
import { sealRepeatably, sealText } from "./seal-text.ts";
import { openText, readSealed, SealViolation, tagBytes } from "./sealed-text.ts";

const key = dataKeyOf("k1", randomBytes(32));

function opened(sealed: string, place: string): string {
  const parts = readSealed(sealed, "the text");
  if (parts === undefined) throw new Error("it is plain");
  return openText(parts, { key, place, what: "the text" });
}

/** Short ones, ones that are deflated, and ones that stay long when they are. */
const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.nat(20_000).map((length) => "x".repeat(length)),
  fc.nat(20_000).map((length) => randomBytes(length).toString("hex")),
);

test("whatever is sealed opens in its place alone, and no two texts share a block of the keystream", () => {
  /** The blocks of each nonce that have been used. */
  const used = new Map<string, Set<number>>();
  fc.assert(
    fc.property(texts, fc.string(), (text, name) => {
      const place = JSON.stringify(["test", name]);
      const sealed = sealText({ text, place, header: "h-1" }, key);
      expect(opened(sealed, place)).toBe(text);
      expect(() => opened(sealed, JSON.stringify(["test", `${name}.`]))).toThrow(SealViolation);
      expect(() => opened(sealed.replace(".h-1.", ".h-2."), place)).toThrow(SealViolation);

      const bytes = Buffer.from(sealed.split(".")[3]?.slice(1) ?? "", "base64");
      const nonce = bytes.toString("hex", 0, 12);
      const blocks = used.get(nonce) ?? new Set<number>();
      used.set(nonce, blocks);
      const count = Math.ceil((bytes.length - counterBytes - tagBytes) / counterBytes);
      for (let block = 0; block < count; block++) {
        const number = bytes.readUInt32BE(12) + block;
        expect(blocks.has(number)).toBe(false);
        blocks.add(number);
      }
    }),
    { numRuns: 200 },
  );
  expect(used.size).toBe(1);
});

test("sealed repeatably, the same is the same, and another place or text is another", () => {
  const unsealed = { text: "a", place: "[1]" };
  const sealed = sealRepeatably(unsealed, key);
  expect(sealRepeatably(unsealed, key)).toBe(sealed);
  expect(opened(sealed, "[1]")).toBe("a");
  const noncesOf = [unsealed, { ...unsealed, text: "b" }, { ...unsealed, place: "[2]" }].map(
    (each) => sealRepeatably(each, key).split(".")[3]?.slice(1, 17),
  );
  expect(new Set(noncesOf).size).toBe(3);
});

test("the tag is HMAC-SHA-256", () => {
  const bytes = randomBytes(32);
  const derived = Buffer.from(hkdfSync("sha256", bytes, "", "stepwell seals 1 mac", 32));
  const expected = createHmac("sha256", derived).update("what is said").digest("binary");
  const message = Buffer.from(`${" ".repeat(64)}what is said`);
  expect(macOf(dataKeyOf("k", bytes).mac, message)).toBe(expected);
});
