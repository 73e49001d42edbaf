import fc from "fast-check";
import { stringify } from "yaml";
import { expect, test } from "vitest";
import type { NewValue } from "./new-value.ts";
import { readDefinition } from "./read-definition.ts";
import { setValue } from "./set-value.ts";
import { applyEdits } from "./text-edits.ts";

const scalar = fc.constantFrom<NewValue>(null, true, 1, "x", "two\nlines\n", "# c", "", "{% $a %}");
/** Few names, so that two values have some of them in common. */
const name = fc.constantFrom("a", "b", "c", "d", "e f");
const object = fc.letrec<{ value: NewValue; object: Readonly<Record<string, NewValue>> }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc.array(tie("value"), { maxLength: 3 }),
      tie("object"),
    ),
    object: fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  }),
).object;

const writings: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value, null, 2),
  (value) => stringify(value),
  (value) => `# head\n${stringify(value, { indent: 4, indentSeq: false })}# end\n`,
  (value) => stringify(value, { collectionStyle: "flow" }),
  // A comment behind and above each member.
  (value) => stringify(value).replaceAll(/^( *)(\w[^:\n]*):$/gm, "$1# about $2\n$1$2: # beside"),
];

test("a whole object is given another value by its members, each of which is written once", () => {
  fc.assert(
    fc.property(
      object,
      object,
      fc.constantFrom(...writings),
      fc.boolean(),
      (before, after, write, isInner) => {
        const text = write(isInner ? { held: before, last: 1 } : before);
        const document = readDefinition(text);
        fc.pre(document.faults.length === 0);
        const path = isInner ? ["held"] : [];
        const made = readDefinition(
          applyEdits(text, setValue(document, path, after)),
          document.format,
        );
        expect(made.faults, made.text).toEqual([]);
        expect(made.value, made.text).toEqual(isInner ? { held: after, last: 1 } : after);
      },
    ),
    { numRuns: 400 },
  );
});
