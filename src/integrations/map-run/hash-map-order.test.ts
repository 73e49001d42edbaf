import { expect, test } from "vitest";
import { hashMapOrder } from "./hash-map-order.ts";

const inOrder = (names: readonly string[]) => hashMapOrder(names).map((index) => names[index]);

test("a recorded header comes in AWS's order", () => {
  expect(inOrder(["0", "True", "{}"])).toEqual(["0", "{}", "True"]);
  expect(inOrder(["Col1", "Col2", "Col3"])).toEqual(["Col1", "Col2", "Col3"]);
});

test("names in one bucket stay in the order of the header", () => {
  // "Aa" and "BB" are the best known names with one hash in Java.
  expect(inOrder(["BB", "Aa"])).toEqual(["BB", "Aa"]);
  expect(inOrder(["Aa", "BB"])).toEqual(["Aa", "BB"]);
});

test("more names than fit take a larger table", () => {
  // Single letters hash to their codes: `a` is 97, which is 1 of 16 and of 32; `p` is 112, 0 of 16 but 16 of 32.
  const twelve = "abcdefghijkp".split("");
  expect(inOrder(twelve)[0]).toBe("p");
  const thirteen = "abcdefghijklp".split("");
  expect(inOrder(thirteen)[0]).toBe("a");
});
