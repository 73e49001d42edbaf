import { expect, test } from "vitest";
import { foldedDiff, lineDiff, sideBySide } from "./line-diff.ts";

const short = (left: string, right: string) =>
  lineDiff(left, right)
    .map(({ kind, text }) => ({ same: " ", added: "+", removed: "-" })[kind] + text)
    .join("|");

test("only what differs is removed and added", () => {
  expect(short("a\nb\nc\nd", "a\nx\nc\ny\nd")).toBe(" a|-b|+x| c|+y| d");
});

test("the same texts have no difference", () => {
  expect(short("a\nb", "a\nb")).toBe(" a| b");
});

test("lines keep the numbers they have in each text", () => {
  expect(lineDiff("a\nb", "x\na\nb")).toEqual([
    { kind: "added", text: "x", right: 1 },
    { kind: "same", text: "a", left: 1, right: 2 },
    { kind: "same", text: "b", left: 2, right: 3 },
  ]);
});

test("both texts can be read from any difference", () => {
  const words = ["a", "b", "c", "d"];
  let seed = 7;
  const text = () =>
    Array.from({ length: 12 }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return words[seed % 4];
    }).join("\n");
  for (let round = 0; round < 200; round++) {
    const [left, right] = [text(), text()];
    const lines = lineDiff(left, right);
    const side = (kind: "added" | "removed") =>
      lines
        .filter((line) => line.kind !== kind)
        .map((line) => line.text)
        .join("\n");
    expect(side("added")).toBe(left);
    expect(side("removed")).toBe(right);
  }
});

test("lines far from a change are folded", () => {
  const left = Array.from({ length: 20 }, (_, index) => String(index));
  const right = left.with(10, "new");
  const pieces = foldedDiff(lineDiff(left.join("\n"), right.join("\n")));
  expect(pieces.map(({ isFolded, lines }) => [isFolded, lines.length])).toEqual([
    [true, 7],
    [false, 8],
    [true, 6],
  ]);
});

test("side by side, a changed line stands beside what it became", () => {
  const rows = sideBySide(lineDiff("a\nb\nc", "a\nB\nc\nd"));
  expect(rows.map(({ left, right }) => [left?.text, right?.text])).toEqual([
    ["a", "a"],
    ["b", "B"],
    ["c", "c"],
    [undefined, "d"],
  ]);
});
