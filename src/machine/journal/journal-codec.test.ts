import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import { decodeEvents, encodeEvents } from "./journal-codec.ts";
import type { JournalEvent } from "./journal-event.ts";

function passed(id: number, payload: string, name = "P", next = "Q"): JournalEvent {
  return {
    type: "PassStateExited",
    id,
    previousEventId: id - 1,
    at: 1_767_225_600_000 + id,
    branch: 2,
    payload: Payload.ofText(payload),
    details: { name },
    internal: { next },
  };
}

/** What is compared of an event: its payload by its text. */
function plain(event: JournalEvent): unknown {
  return { ...event, payload: event.payload?.text };
}

const hostile = [
  '"\\ud800"',
  '"\u2028\u2029"',
  '"\\u0000"',
  '{"__proto__":{"polluted":true},"constructor":null}',
  ' { "spaced" : 1.0 , "exact": 1e400, "big": 12345678901234567890 } ',
  '"],[\\"]}{"',
  '"😀 é \\\\ \\" \\n"',
  "null",
];

describe("a chunk of events", () => {
  test.each(hostile)("keeps the document %s to the letter", (text) => {
    const event = passed(3, text);
    const [decoded] = decodeEvents(encodeEvents([event]));
    expect(plain(decoded as JournalEvent)).toEqual(plain(event));
  });

  test.each(["__proto__", "constructor", '"],"', "a\u0000b", "\ud800", "😀"])(
    "keeps the name %j",
    (name) => {
      const event = passed(3, "{}", name, name);
      const [decoded] = decodeEvents(encodeEvents([event]));
      expect(plain(decoded as JournalEvent)).toEqual(plain(event));
    },
  );

  test("writes a document that several events carry only once, and gives them one again", () => {
    const text = JSON.stringify("x".repeat(1_000));
    const encoded = encodeEvents([passed(1, text), passed(2, text), passed(3, "{}")]);
    expect(encoded.length).toBeLessThan(1_500);
    const [first, second, third] = decodeEvents(encoded);
    expect(first?.payload).toBe(second?.payload);
    expect(third?.payload?.text).toBe("{}");
  });

  test("keeps events without payload, details or internals", () => {
    const started: JournalEvent = {
      type: "LambdaFunctionStarted",
      id: 4,
      previousEventId: 3,
      at: 5,
      branch: 0,
      payload: undefined,
      details: {},
      internal: undefined,
    };
    const retried: JournalEvent = {
      type: "RetryScheduled",
      id: 0,
      previousEventId: 3,
      at: 5,
      branch: 0,
      payload: undefined,
      details: {},
      internal: { retrier: 0, resumeAt: 6 },
    };
    expect(decodeEvents(encodeEvents([started, retried]))).toEqual([started, retried]);
  });

  test("can be empty", () => {
    expect(decodeEvents(encodeEvents([]))).toEqual([]);
  });

  test("comes back whatever it holds", () => {
    const anyEvent = fc
      .tuple(fc.nat(30_000), fc.jsonValue(), fc.string({ unit: "binary" }))
      .map(([id, value, name]) => passed(id, JSON.stringify(value), name));
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 8 }), (events) => {
        expect(decodeEvents(encodeEvents(events)).map(plain)).toEqual(events.map(plain));
      }),
    );
  });

  test("is JSON text without line breaks, so that it can be stored anywhere", () => {
    const encoded = encodeEvents(hostile.map((text, index) => passed(index + 1, text)));
    expect(encoded).not.toMatch(/[\n\r\0]/);
    expect(() => JSON.parse(encoded) as unknown).not.toThrow();
  });
});
