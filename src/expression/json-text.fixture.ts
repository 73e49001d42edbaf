import fc from "fast-check";

/** Numbers as people and programs write them: long, tiny, with zeros at the end, with exponents. */
const numberText = fc
  .tuple(
    fc.constantFrom("", "-"),
    fc.oneof(
      fc.constant("0"),
      fc.bigInt({ min: 1n, max: 10n ** 30n }).map(String),
      fc.nat().map(String),
    ),
    fc.oneof(fc.constant(""), fc.stringMatching(/^\.\d{1,20}$/)),
    fc.oneof(fc.constant(""), fc.stringMatching(/^[eE][-+]?\d{1,3}$/)),
  )
  .map((parts) => parts.join(""));

const nameText = fc
  .oneof(
    fc.string(),
    fc.nat({ max: 30 }).map(String),
    fc.constantFrom(
      "__proto__",
      "toJSON",
      "constructor",
      "length",
      "4294967295",
      "01",
      "-1",
      "1.0",
    ),
  )
  .map((name) => JSON.stringify(name));

export const blanks = fc.stringMatching(/^[ \n\t]{0,2}$/);

/** JSON texts with all that is easily lost of them; compact but for the blanks that `between` gives. */
export const jsonText = (between: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.letrec<{ value: string; members: string; items: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(
        numberText,
        fc.string({ unit: "binary" }).map((text) => JSON.stringify(text.toWellFormed())),
        fc.constantFrom("true", "false", "null", "{}", "[]"),
      ),
      tie("members"),
      tie("items"),
    ),
    members: fc
      .uniqueArray(fc.tuple(nameText, tie("value")), { selector: ([name]) => name, maxLength: 5 })
      .chain((members) =>
        between.map(
          (gap) => `{${members.map(([n, v]) => `${gap}${n}${gap}:${gap}${v}`).join(",")}}`,
        ),
      ),
    items: fc
      .array(tie("value"), { maxLength: 5 })
      .chain((items) => between.map((gap) => `[${items.join(`${gap},${gap}`)}]`)),
  })).value;
