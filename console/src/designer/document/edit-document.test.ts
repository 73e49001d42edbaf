import fc from "fast-check";
import { stringify } from "yaml";
import { describe, expect, test } from "vitest";
import type { DefinitionDocument, DefinitionFormat, Path } from "./definition-document.ts";
import { addMember, insertItem, moveItem, removeEntries, renameKey } from "./edit-document.ts";
import type { NewValue } from "./new-value.ts";
import { readDefinition } from "./read-definition.ts";
import { setValue } from "./set-value.ts";
import { snippetOf } from "./snippet.ts";
import { applyEdits, invertEdits } from "./text-edits.ts";

const name = fc.oneof(
  fc.constantFrom("Next", "A b", "yes", "1", "-", "# no", "a: b", "'", '"', "{%", "~", "<<", ""),
  fc.string({ maxLength: 6 }),
);
const scalar = fc.oneof(
  fc.constantFrom<NewValue>(null, true, false, 0, -1.5, 1e21),
  fc.constantFrom(
    "{% $a %}",
    "on",
    "a, b",
    "2020-01-01",
    "two\nlines",
    "end\n",
    " x\ny",
    "# c",
    "a #b",
    "\r\n",
  ),
  fc.string({ maxLength: 8, unit: "binary" }),
  fc.integer(),
);
const value: fc.Arbitrary<NewValue> = fc.letrec<{ value: NewValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const root = fc.dictionary(name, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

const crlf = (text: string): string => text.replaceAll("\n", "\r\n");

/** Ways in which people write the same value. */
const writings: Readonly<Record<string, (value: unknown) => string>> = {
  "json 2": (each) => JSON.stringify(each, null, 2),
  "json 4": (each) => `${JSON.stringify(each, null, 4)}\n`,
  "json tabs": (each) => JSON.stringify(each, null, "\t"),
  "json one line": (each) => JSON.stringify(each),
  "json crlf": (each) => `${crlf(JSON.stringify(each, null, 2))}\r\n`,
  "yaml 2": (each) => stringify(each),
  "yaml 4": (each) => `# head\n${stringify(each, { indent: 4, singleQuote: true })}# end\n`,
  "yaml dashes at the key": (each) => stringify(each, { indentSeq: false }),
  "yaml flow": (each) => stringify(each, { collectionStyle: "flow" }),
  "yaml flow within": (each) =>
    Object.entries(each as object)
      .map(([key, member]) => `${JSON.stringify(key)}: ${JSON.stringify(member)} # c\n`)
      .join(""),
};

function formatOf(writing: string): DefinitionFormat {
  return writing.startsWith("json") ? "json" : "yaml";
}

interface Step {
  readonly do: "set" | "add" | "insert" | "remove" | "rename" | "move" | "duplicate";
  readonly pick: number;
  readonly pick2: number;
  readonly name: string;
  readonly value: NewValue;
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom("set", "add", "insert", "remove", "rename", "move", "duplicate"),
  pick: fc.nat(),
  pick2: fc.nat(),
  name,
  value,
});

type Json = NewValue | undefined;
type Holder = Record<string, Json> | Json[];

/** Every path of a value. */
function pathsOf(each: unknown, path: Path = []): readonly Path[] {
  if (typeof each !== "object" || each === null) return [path];
  const parts = Array.isArray(each)
    ? each.map((item: unknown, index) => pathsOf(item, [...path, index]))
    : Object.entries(each).map(([key, member]) => pathsOf(member, [...path, key]));
  return [path, ...parts.flat()];
}

const at = (each: unknown, path: Path): unknown =>
  path.reduce<unknown>((holder, part) => (holder as Record<string | number, unknown>)[part], each);

/** The edits of a step, and the value that they should give; `undefined` if the step does not apply. */
function performed(
  document: DefinitionDocument,
  { do: what, pick, pick2, name: key, value: given }: Step,
) {
  const expected = structuredClone(document.value) as Holder;
  const paths = pathsOf(expected);
  const path = paths[pick % paths.length] ?? [];
  const target = at(expected, path) as Json | Holder;
  const isObject = typeof target === "object" && target !== null && !Array.isArray(target);
  const last = path.at(-1);
  const holder = at(expected, path.slice(0, -1)) as Record<string | number, Json>;
  switch (what) {
    case "set":
      if (last === undefined) return { edits: setValue(document, path, given), expected: given };
      holder[last] = given;
      return { edits: setValue(document, path, given), expected };
    case "add": {
      if (!isObject || Object.hasOwn(target, key)) return undefined;
      const names = [null, ...Object.keys(target), undefined];
      const after = names[pick2 % names.length];
      (target as Record<string, Json>)[key] = given;
      return { edits: addMember(document, path, key, given, after), expected };
    }
    case "insert": {
      if (!Array.isArray(target)) return undefined;
      const index = pick2 % (target.length + 1);
      (target as Json[]).splice(index, 0, given);
      return { edits: insertItem(document, path, given, index), expected };
    }
    case "remove": {
      if (typeof target !== "object" || target === null) return undefined;
      const parts = Array.isArray(target) ? [...target.keys()] : Object.keys(target);
      const gone = parts.filter((_, index) => ((pick2 >> index) & 1) === 1);
      for (const part of gone.toReversed()) {
        if (Array.isArray(target)) (target as Json[]).splice(part as number, 1);
        else delete (target as Record<string, Json>)[part];
      }
      return { edits: removeEntries(document, path, gone), expected };
    }
    case "rename": {
      if (typeof last !== "string" || Object.hasOwn(holder, key)) return undefined;
      holder[key] = holder[last];
      delete holder[last];
      return { edits: renameKey(document, path, key), expected };
    }
    case "move": {
      if (!Array.isArray(target) || target.length === 0) return undefined;
      const [from, to] = [pick % target.length, pick2 % target.length];
      (target as Json[]).splice(to, 0, ...(target as Json[]).splice(from, 1));
      return { edits: moveItem(document, path, from, to), expected };
    }
    case "duplicate": {
      const hosts = paths.filter((each) => {
        const host = at(expected, each);
        return typeof host === "object" && host !== null;
      });
      const hostPath = hosts[pick2 % hosts.length];
      const copy = structuredClone(target) as Json;
      const snippet = snippetOf(document, path);
      if (hostPath === undefined || snippet === undefined) return undefined;
      const host = at(expected, hostPath) as Holder;
      if (Array.isArray(host)) {
        host.push(copy);
        return { edits: insertItem(document, hostPath, snippet), expected };
      }
      if (Object.hasOwn(host, key)) return undefined;
      host[key] = copy;
      return { edits: addMember(document, hostPath, key, snippet), expected };
    }
  }
}

describe.each(Object.keys(writings))("a text written as %s", (writing) => {
  test("has after any edits the value that they mean, and each can be taken back exactly", () => {
    fc.assert(
      fc.property(root, fc.array(step, { minLength: 1, maxLength: 6 }), (first, steps) => {
        const start = writings[writing]?.(first) ?? "";
        let document = readDefinition(start, formatOf(writing));
        expect(document.faults).toEqual([]);
        for (const each of steps) {
          const result = performed(document, each);
          if (result === undefined) continue;
          const { edits, expected } = result;
          const text = applyEdits(document.text, edits);
          const after = readDefinition(text, document.format);
          expect({ faults: after.faults, text, value: after.value }).toEqual({
            faults: [],
            text,
            value: expected,
          });
          expect(applyEdits(text, invertEdits(document.text, edits))).toBe(document.text);
          document = after;
        }
      }),
      { numRuns: Number(process.env["N"] ?? 300) },
    );
  });
});
