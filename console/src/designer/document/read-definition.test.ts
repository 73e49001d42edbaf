import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDefinition } from "./read-definition.ts";

const codesOf = (text: string, format?: "json" | "yaml") =>
  readDefinition(text, format).faults.map(({ code }) => code);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("a JSON text", () => {
  const piece = fc.constantFrom(
    ...Array.from('{}[]:,"\\ \n\t01-.eE+truefalsnu$%é'),
    '"a":',
    "null",
    '{"a":1}',
    "[1,2]",
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
    fc.json(),
  );

  test("has faults if, and only if, no parser of JSON takes it", () => {
    fc.assert(
      fc.property(text, (each) => {
        const { faults, value } = readDefinition(each, "json");
        expect(faults.length === 0).toBe(isJson(each));
        if (faults.length === 0) expect(value).toEqual(JSON.parse(each));
      }),
      { numRuns: 3000 },
    );
  });

  test("says of each value where it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const written = JSON.stringify(value, null, 1);
        const document = readDefinition(written, "json");
        const check = (each: unknown, path: readonly (string | number)[]): void => {
          const span = document.spanOf(path);
          expect(JSON.parse(written.slice(span?.from, span?.to))).toEqual(each);
          expect(document.pathAt(span?.from ?? 0)).toEqual(path);
          if (typeof each !== "object" || each === null) return;
          for (const [name, member] of Object.entries(each)) {
            check(member, [...path, Array.isArray(each) ? Number(name) : name]);
          }
        };
        check(JSON.parse(written), []);
      }),
    );
  });

  test("that is being typed still says where the cursor is", () => {
    const cases: readonly (readonly [string, readonly (string | number)[]])[] = [
      ['{"States": {"A": {"Next": |', ["States", "A", "Next"]],
      ['{"States": {"A": {"Next": "B|\n}}}', ["States", "A", "Next"]],
      ['{"a": [1, 2|', ["a", 1]],
      ['{"a": 1 "b": |2}', ["b"]],
      ['{"a": {"b|": 1}}', ["a", "b"]],
      ['{"a": 1}  |', []],
    ];
    for (const [written, path] of cases) {
      const offset = written.indexOf("|");
      expect(readDefinition(written.replace("|", ""), "json").pathAt(offset), written).toEqual(
        path,
      );
    }
  });

  test("has a value even with a member called __proto__, which changes nothing else", () => {
    const { value } = readDefinition('{"__proto__": {"a": 1}}');
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
  });

  test("has faults with codes for what is empty, not closed, behind the end, or too deep", () => {
    expect(codesOf(" ", "json")).toEqual(["empty"]);
    expect(codesOf('{"a": [1')).toEqual(["unclosed", "unclosed"]);
    expect(codesOf("{} x")).toEqual(["syntax"]);
    expect(codesOf("[".repeat(5000))).toContain("tooDeep");
    expect(codesOf(" ".repeat(4_000_001))).toEqual(["tooLong"]);
  });
});

describe("a YAML text", () => {
  test("says of values, keys and the cursor where they are", () => {
    const text = "A:\n  - b: 'x' # c\n    d: |\n      l\nE:\n";
    const document = readDefinition(text);
    const at = (path: readonly (string | number)[]) => {
      const span = document.spanOf(path);
      return text.slice(span?.from, span?.to);
    };
    expect(document.format).toBe("yaml");
    expect(at(["A", 0, "b"])).toBe("'x'");
    expect(at(["A", 0, "d"])).toBe("|\n      l");
    expect(document.keySpanOf(["E"])).toEqual({ from: 35, to: 36 });
    expect(document.pathAt(text.indexOf("x"))).toEqual(["A", 0, "b"]);
    expect(document.spanOf(["A", 1])).toBeUndefined();
  });

  test("is refused where it is no JSON, or more than one document", () => {
    expect(codesOf("a: 1\n---\nb: 2\n")).toEqual(["manyDocuments"]);
    expect(codesOf("a: .inf\n")).toEqual(["notJson"]);
    expect(codesOf("? [a]\n: 1\n")).toEqual(["notJson"]);
    expect(codesOf("a: *b\n")).toContain("badAlias");
    expect(codesOf("a: &b [*b]\n")).toContain("badAlias");
    expect(codesOf("a: [1\n")).toContain("syntax");
    expect(codesOf("# nothing\n")).toEqual(["empty"]);
  });

  test("of aliases that multiply is not read into memory", () => {
    const bomb = Array.from({ length: 30 }, (_, at) =>
      at === 0 ? "a0: &a0 [x, x]" : `a${at}: &a${at} [*a${at - 1}, *a${at - 1}]`,
    ).join("\n");
    expect(codesOf(bomb)).toEqual(["badAlias"]);
  });
});
