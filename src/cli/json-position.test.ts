import { expect, test } from "vitest";
import fc from "fast-check";
import { jsonPosition } from "./json-position.ts";

const source = `{
  "a": { "x\\u0041": [1, {"b": "}],\\""}, [2, 3]], "last": true },
  "twice": 1, "twice": 2
}`;

/** The text from the place that the segments lead to. */
function at(...segments: (string | number)[]): string {
  return source.slice(jsonPosition(source, segments));
}

test("a field is found by its name, which may be escaped", () => {
  expect(at("a", "xA")).toMatch(/^"x\\u0041": \[1/);
});

test("an element is found after elements that contain brackets and quotes in strings", () => {
  expect(at("a", "xA", 2)).toMatch(/^\[2, 3\]/);
  expect(at("a", "xA", 2, 1)).toMatch(/^3\]/);
  expect(at("a", "last")).toMatch(/^"last"/);
});

test("what is not there is at its nearest parent that is", () => {
  expect(at("a", "missing", "deeper")).toMatch(/^"a"/);
  expect(at("a", "xA", 7)).toMatch(/^"x\\u0041"/);
  expect(at("missing")).toBe(source);
});

test("of a name that is repeated the last place counts, whose value the parser takes", () => {
  expect(at("twice")).toMatch(/^"twice": 2/);
});

test("every place in any document is where its value begins", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 2), (json, indent) => {
      const value: unknown = JSON.parse(json);
      const text = JSON.stringify(value, null, indent);
      for (const { segments, expected } of places(value, [])) {
        const found = text.slice(jsonPosition(text, segments));
        const name = segments.at(-1);
        const start =
          typeof name === "string"
            ? JSON.stringify(name)
            : JSON.stringify(expected, null, indent).slice(0, 1);
        expect(found.startsWith(start)).toBe(true);
      }
    }),
  );
});

function* places(
  value: unknown,
  segments: (string | number)[],
): Generator<{ segments: (string | number)[]; expected: unknown }> {
  yield { segments, expected: value };
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) yield* places(element, [...segments, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* places(member, [...segments, name]);
  }
}
