import { expect, test } from "vitest";
import { createLineBuffer } from "./line-buffer.ts";

function delivered(...pieces: readonly string[]): readonly string[] {
  const out: string[] = [];
  const buffer = createLineBuffer((text) => out.push(text));
  for (const piece of pieces) buffer.push(piece);
  buffer.end();
  return out;
}

test("a line that comes in pieces is delivered once, whole", () => {
  expect(delivered("a", "b", "c\nd", "e\n")).toEqual(["abc\n", "de\n"]);
});

test("lines that come together are delivered together", () => {
  expect(delivered("a\nb\nc")).toEqual(["a\nb\n", "c"]);
});

test("what has no end is not kept without bound", () => {
  const pieces = Array.from({ length: 5 }, () => "x".repeat(10_000));
  const out = delivered(...pieces);
  expect(out.join("")).toHaveLength(50_000);
  expect(Math.max(...out.map((text) => text.length))).toBeLessThanOrEqual(30_000);
});
