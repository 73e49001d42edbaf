import fc from "fast-check";
import type { JsonValue } from "../../src/expression/json.ts";
import type { EvaluationScope } from "../../src/expression/evaluation.ts";
import { createRandomSource } from "../../src/expression/random.ts";
import { TurnSteps } from "../../src/machine/turn-steps.ts";

/** Names that mean something to JavaScript, to the languages, or are awkward to write. */
export const names = fc.constantFrom(
  "a",
  "b",
  "items",
  "id",
  "name",
  "text",
  "wide",
  "0",
  "",
  "odd key",
  "it's",
  "한",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "length",
);

/** Numbers at the ends of something. */
export const numbers = fc.constantFrom(
  0,
  -0,
  1,
  -1,
  2,
  10,
  1.5,
  -2.5,
  255,
  256,
  1_000,
  1_001,
  65_536,
  1_000_000,
  2_147_483_647,
  2_147_483_648,
  4_294_967_296,
  1e21,
  1e308,
  5e-324,
);

/** Texts that some parser or other reads as something. */
export const texts = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "A,B,,C",
    "{}",
    "{}".repeat(5_000),
    "\\{}",
    "[]",
    '{"a":1}',
    '{"__proto__":{"x":1}}',
    "[".repeat(5_000),
    "$",
    "$$",
    "{% 1 %}",
    "${X}",
    "2026-02-30T25:00:00Z",
    "2026-01-01T00:00:00.123456789Z",
    "\u0000",
    "\ud800",
    "\u202e",
    "🜁",
    "ß",
    "İ",
    "a".repeat(10_000),
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
    " ".repeat(10_000),
    "=?utf-8?q?x?=",
    "a\r\nX-Injected: 1",
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);

export const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(null, true, false),
    numbers,
    texts,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** JSON text that is deep, or long, or not JSON at all. */
export const jsonTexts = fc.oneof(
  { weight: 6, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.nat(20_000).map((depth) => "[".repeat(depth) + "]".repeat(depth)) },
  {
    weight: 1,
    arbitrary: fc.nat(5_000).map((depth) => `${'{"a":'.repeat(depth)}0${"}".repeat(depth)}`),
  },
  { weight: 1, arbitrary: fc.nat(200_000).map((length) => JSON.stringify("x".repeat(length))) },
  {
    weight: 1,
    arbitrary: fc.nat(20_000).map((length) => `[${Array(length).fill("0").join()}]`),
  },
  { weight: 1, arbitrary: fc.nat(300_000).map((digits) => `1${"0".repeat(digits)}`) },
  { weight: 1, arbitrary: texts },
);

/** The same document for all expressions: what is wide, long and deep at once is here. It is frozen: a write to it throws. */
export const largeInput: JsonValue = frozen({
  a: 1,
  b: -2.5,
  text: "a".repeat(50_000),
  name: "n",
  items: Array.from({ length: 2_000 }, (_, id) => ({ id, name: `n${id % 7}`, a: [id, `${id}`] })),
  wide: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`k${index}`, index])),
  deep: JSON.parse("[".repeat(900) + "]".repeat(900)) as JsonValue,
  many: Array.from({ length: 20_000 }, (_, index) => index),
});

function frozen(value: JsonValue): JsonValue {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

export function openScope(): EvaluationScope {
  return {
    context: { Execution: { Id: "e", Input: { a: [1, 2] } } },
    variables: { lookup: (name) => (name === "v" ? { a: [1, { b: 2 }] } : undefined) },
    random: createRandomSource(7),
    now: Date.UTC(2026, 0, 1),
    steps: new TurnSteps(),
  };
}

const scraps = fc.constantFrom(
  ..."{}[]()'\"\\,:.$@?*%=<>&|~^#! \n\u0000\ud800é".split(""),
  "null",
  "__proto__",
  "1e999",
  "/*",
  "{%",
  "%}",
  "\\u0000",
);

/** A text with a few wounds: something cut out, put in, or there twice. */
export function damaged(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const wound = fc.tuple(fc.constantFrom("cut", "put", "twice"), fc.nat(), fc.nat(40), scraps);
  return fc.tuple(text, fc.array(wound, { minLength: 1, maxLength: 4 })).map(([whole, wounds]) =>
    wounds.reduce((before, [how, place, length, scrap]) => {
      const at = place % (before.length + 1);
      const piece = before.slice(at, at + length);
      if (how === "cut") return before.slice(0, at) + before.slice(at + length);
      return before.slice(0, at) + (how === "put" ? scrap : piece) + before.slice(at);
    }, whole),
  );
}
