import { expect, test } from "vitest";
import type { JournalChunk } from "../ports/store.ts";
import { packChunks, unpackChunks } from "./packed-journal.ts";

function chunk(firstEventId: number, lastEventId: number, data: string): JournalChunk {
  return { firstEventId, lastEventId, data };
}

/** As ten tasks leave it: one chunk for each. */
const typical = Array.from({ length: 10 }, (_, index) =>
  chunk(
    index * 3 + 1,
    index * 3 + 3,
    JSON.stringify({
      p: [`{"order":${index}}`],
      e: ["LambdaFunctionSucceeded", "TaskStateExited", "TaskStateEntered"].map((type, step) => [
        type,
        index * 3 + step + 1,
        index * 3 + step,
        1_700_000_000_000 + index,
        0,
        0,
        { name: `Step${index}` },
      ]),
    }),
  ),
);

test.for(
  Object.entries({
    "one chunk": [chunk(1, 4, '{"p":[],"e":[]}')],
    "private events between public ones": [
      chunk(0, 0, "a"),
      chunk(1, 2, "b"),
      chunk(3, 3, "c"),
      chunk(0, 0, "d"),
    ],
    "private events only": [chunk(0, 0, "a"), chunk(0, 0, "b")],
    "texts of every kind": [chunk(1, 1, ""), chunk(2, 2, "\0\n"), chunk(3, 3, "ünï–😀\u2028")],
    "a long text": [chunk(1, 1, "x".repeat(3_000_000)), chunk(2, 2, "y")],
    "a typical journal": typical,
  }),
)("%s comes back as it was", ([, chunks]) => {
  const block = packChunks(chunks);
  expect(unpackChunks(block.data, "it")).toStrictEqual(chunks);
  const ids = chunks.flatMap((each) => [each.firstEventId, each.lastEventId]).filter(Boolean);
  expect([block.firstEventId, block.lastEventId]).toEqual([ids[0] ?? 0, ids.at(-1) ?? 0]);
});

test("what was packed in the first layout is read for ever", () => {
  const packed =
    "AdMEzh4otS/9IDKRAQBbMCwxLDE5LDAsMCwxNV0KeyJwIjpbInt9Il0sImUiOltdfXsicCI6W10sImUiOltdfQ==";
  expect(unpackChunks(Buffer.from(packed, "base64"), "it")).toEqual([
    chunk(1, 2, '{"p":["{}"],"e":[]}'),
    chunk(3, 3, '{"p":[],"e":[]}'),
  ]);
});

test("a typical journal becomes less than a quarter as long", () => {
  const length = typical.reduce((total, { data }) => total + data.length, 0);
  expect(packChunks(typical).data.length).toBeLessThan(length / 4);
});

test("a change of any byte is noticed, and the message says whose journal it is", () => {
  const { data } = packChunks(typical.slice(0, 2));
  for (let index = 0; index < data.length; index++) {
    const damaged = Buffer.from(data);
    damaged[index] = (damaged[index] ?? 0) ^ 0x10;
    expect(() => unpackChunks(damaged, "arn:e1"), `byte ${index}`).toThrow(/arn:e1.*damaged/);
  }
  for (const length of [0, 1, 5, data.length - 1]) {
    expect(() => unpackChunks(data.subarray(0, length), "arn:e1")).toThrow(/arn:e1.*damaged/);
  }
});
