import fc from "fast-check";
import { expect, test } from "vitest";
import { compileGlob, globSource } from "./glob.ts";

/** By definition: a star is nothing, or one character and a star again. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const first = pattern.charAt(0);
  const rest = pattern.slice(1);
  if (first === "*") return matches(rest, text) || (text !== "" && matches(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && matches(rest, text.slice(1));
}

test("a pattern matches what its definition says", () => {
  const letters = (from: string, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...from.split("")), maxLength });
  fc.assert(
    fc.property(letters("ab*?", 8), letters("ab*", 10), (pattern, text) => {
      expect(compileGlob(globSource(pattern))(text)).toBe(matches(pattern, text));
    }),
    { numRuns: 5_000 },
  );
});

test("a long piece is found where it is", () => {
  const text = (from: string, minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...from.split("")), minLength, maxLength });
  const asked = fc.tuple(text("aab??", 20, 70), text("ab", 0, 90)).chain(([piece, around]) =>
    fc.nat({ max: around.length }).map((at) => {
      const filled = piece.replaceAll("?", "b");
      return [piece, around.slice(0, at) + filled + around.slice(at), around] as const;
    }),
  );
  fc.assert(
    fc.property(asked, ([piece, having, other]) => {
      const glob = compileGlob(globSource(`*${piece}*`));
      expect(glob(having)).toBe(true);
      expect(glob(other)).toBe(new RegExp(piece.replaceAll("?", ".")).test(other));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["many stars", "a*".repeat(3_000) + "b", "a".repeat(6_000)],
  ["stars between stars", "*a*".repeat(2_000) + "b", "a".repeat(6_000)],
  ["one character and a star, again and again", "?*".repeat(3_000) + "b", "a".repeat(6_000)],
  ["characters that may be any", "*" + "?a".repeat(1_500) + "b*", "a".repeat(6_000)],
  ["a long end", "*" + "a".repeat(3_000) + "b*", "a".repeat(6_000)],
])("%s do not make a pattern slow", (_, pattern, text) => {
  const test = compileGlob(globSource(pattern));
  const start = performance.now();
  for (let run = 0; run < 10; run++) expect(test(text)).toBe(false);
  expect(performance.now() - start).toBeLessThan(500);
});
