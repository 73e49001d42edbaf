import fc from "fast-check";
import { expect, test } from "vitest";
import { createLiteralMatcher } from "./literal-matcher.ts";

const letters = fc.array(fc.constantFrom("a", "b", "C", "ü"), { minLength: 4, maxLength: 8 });
const literal = letters.map((some) => some.join(""));
const text = fc
  .array(fc.constantFrom("a", "b", "C", "A", "ü", "-"), { maxLength: 60 })
  .map((some) => some.join(""));

const folded = (whole: string): string => whole.replaceAll(/[A-Z]/g, (one) => one.toLowerCase());

test("no literal is left, in either case, and what belongs to none is left as it was", () => {
  fc.assert(
    fc.property(fc.array(literal, { maxLength: 6 }), text, (literals, whole) => {
      const replaced = createLiteralMatcher(literals, "*")(whole);
      const hidden = new Set<number>();
      for (const one of literals) {
        for (let at = 0; at < whole.length; at++) {
          if (!folded(whole).startsWith(folded(one), at)) continue;
          for (let index = at; index < at + one.length; index++) hidden.add(index);
        }
      }
      const kept = whole
        .split("")
        .filter((_, at) => !hidden.has(at))
        .join("");
      expect(replaced.replaceAll("*", "")).toBe(kept);
      expect(replaced.includes("*")).toBe(hidden.size > 0);
    }),
  );
});

test("literals that overlap are hidden as one", () => {
  const matcher = createLiteralMatcher(["abcdef", "defghi"], "*");
  expect(matcher("<abcdefghi> abcdefabcdef")).toBe("<*> **");
});

test("what is shorter than four characters is no literal", () => {
  expect(createLiteralMatcher(["abc"], "*")("abc")).toBe("abc");
});
