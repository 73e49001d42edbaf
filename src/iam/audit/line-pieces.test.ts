import fc from "fast-check";
import { expect, test } from "vitest";
import { hashOf, recordIn } from "./chain.ts";
import { LinePieces } from "./line-pieces.ts";

/** Short texts, one that fills a piece, and one that no piece has room for. */
const anyRecord = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 50 }),
    fc.constantFrom("한".repeat(50_000), "x".repeat(300_000), "é".repeat(90_000)),
  )
  .map((eventName) => JSON.stringify({ eventName }));

test("however lines are added and written, their bytes are the chain, each line once and in order", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyRecord, fc.nat(3)), { minLength: 1, maxLength: 30 }),
      (records) => {
        const pieces = new LinePieces();
        let text = "";
        const write = (most: number): void => {
          const some = pieces.first(most);
          text += some.map(({ bytes, used }) => bytes.toString("utf8", 0, used)).join("");
          pieces.written(some.length);
        };
        for (const [record, most] of records) {
          pieces.add(record);
          if (most > 0) write(most);
        }
        write(Infinity);
        const lines = text.split("\n");
        expect(lines.pop()).toBe("");
        const all = lines.map((line) => recordIn(line));
        expect(all.map((record) => JSON.stringify({ eventName: record?.eventName }))).toEqual(
          records.map(([record]) => record),
        );
        expect(all.map((record) => record?.sequence)).toEqual(lines.map((_, index) => index + 1));
        expect(all.slice(1).map((record) => record?.previous)).toEqual(
          lines.slice(0, -1).map(hashOf),
        );
        expect(pieces.durable).toEqual({
          sequence: lines.length,
          hash: hashOf(lines.at(-1) ?? ""),
        });
      },
    ),
    { numRuns: 40 },
  );
});
