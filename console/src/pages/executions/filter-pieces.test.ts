import { expect, test } from "vitest";
import {
  asksServer,
  rowTermsOf,
  hasTerms,
  piecesOf,
  textOf,
  withOnly,
  withoutTerms,
  withTerm,
} from "./filter-pieces.ts";

test("the pieces of a filter are the terms as they are written", () => {
  const text = String.raw`status:failed state:"Authorize card" lost "two words"`;
  const pieces = piecesOf(text);
  expect(pieces.map(({ field, value }) => [field, value])).toEqual([
    ["status", "failed"],
    ["state", "Authorize card"],
    ["text", "lost"],
    ["text", "two words"],
  ]);
  expect(textOf(pieces)).toBe(text);
});

test("a piece that says nothing keeps its text and tells what is wrong", () => {
  const pieces = piecesOf("colour:red status:lost started:soon duration:long status:");
  expect(pieces.map(({ problem }) => problem)).toEqual([
    "field",
    "status",
    "started",
    "duration",
    "value",
  ]);
});

test("a member of the input is a field, as it is written", () => {
  const [piece, bare] = piecesOf('input.order.Id:"A 1" output.status:');
  expect(piece).toMatchObject({ field: "input.order.Id", value: "A 1" });
  expect(bare).toMatchObject({ field: "output.status", problem: "value" });
  expect(asksServer('input.order.Id:"A 1"')).toBe(true);
  expect(rowTermsOf("input.a:1 state:X status:failed")).toEqual([
    { field: "status", value: "failed" },
  ]);
});

test("a term is put in once, whatever its case", () => {
  const failed = { field: "status", value: "failed" } as const;
  expect(withTerm("a", failed)).toBe("a status:failed");
  expect(withTerm("status:FAILED", failed)).toBe("status:FAILED");
  expect(hasTerms("status:FAILED", [failed])).toBe(true);
  expect(withoutTerms("a status:FAILED", [failed])).toBe("a");
});

test("a time replaces the times that were asked for", () => {
  const hour = { field: "started", value: ">-1h" } as const;
  expect(withOnly("started:>-24h status:failed", [hour])).toBe("status:failed started:>-1h");
});
