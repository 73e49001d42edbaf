import { expect, test } from "vitest";
import { defaultOperatorDepth } from "./default-operator-depth.ts";

test.each([
  ["1", 0],
  ["$a ?? 1", 1],
  ["$a ?: 1", 1],
  ["$a ?? $b ?? $c ?? $d", 1],
  ["($a ?? $b) ?? $c", 2],
  ["(($a ?? 1) ?? 2) ?: 3", 3],
  ["[$a ?? 1, $b ?? 2, $c ?? 3]", 1],
  ["{'a': $a ?? 1, 'b': ($b ?? 1)}", 1],
  ["($a ?? 1) + 2 ?? 3", 2],
  ["f($a ?? 1, 2) ?? 3", 2],
  ["x[$a ?? 1].y ?? 3", 2],
  ["$a ? 1 : 2", 0],
  ["'(?? ?? ??)' ?? 1", 1],
  ['"\\"(??" ?? 1', 1],
  ["`a ?? b` ?? 1", 1],
  ["/* ?? ((( */ 1", 0],
  ["/* never closed ?? 1", 0],
  ["$match($a, /(x??)/) ?? 1", 1],
  ["$match($a, /[\\/?:]/) ?? 1", 1],
  ["1 / 2 ?? (3 / 4 ?? 1)", 1],
  ["$a and /x(??)/ ?? 1", 1],
  ["and / 2 ?? 1", 1],
  ["'never closed ?? 1", 0],
  ["$match($a, /never closed ?? 1", 0],
  [") ?? 1", 1],
  ["1.5e3 ?? 1", 1],
  ["$sort(?, ?) ?? 1", 1],
])("%s", (text, depth) => {
  expect(defaultOperatorDepth(text)).toBe(depth);
});
