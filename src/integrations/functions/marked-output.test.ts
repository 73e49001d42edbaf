import fc from "fast-check";
import { expect, test } from "vitest";
import { MarkedOutput } from "./marked-output.ts";

const ids = ["11111111-2222-3333-4444-555555555555", "99999999-8888-7777-6666-555555555555"];

function taken(pieces: readonly string[]): readonly (readonly [id: string, text: string])[] {
  const all: [string, string][] = [["", ""]];
  const last = () => all.at(-1) as [string, string];
  const output = new MarkedOutput(
    (text) => (last()[1] += text),
    (id) => all.push([id, ""]),
  );
  for (const piece of pieces) output.push(piece);
  output.end();
  return all;
}

test("what follows a mark is its call's, however the stream is cut into pieces", () => {
  const whole = `before\n\0${ids[0]}\0first\nhalf\0${ids[1]}\0second\0 and a zero\n`;
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 8 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      const pieces = places.slice(1).map((to, index) => whole.slice(places[index], to));
      expect(taken(pieces)).toEqual([
        ["", "before\n"],
        [ids[0], "first\nhalf"],
        [ids[1], "second\0 and a zero\n"],
      ]);
    }),
  );
});
