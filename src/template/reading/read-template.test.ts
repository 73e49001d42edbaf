import fc from "fast-check";
import { stringify } from "yaml";
import { describe, expect, test } from "vitest";
import { template, problemOf } from "../templates.fixture.ts";
import { TemplateError } from "../template.ts";
import { readValue } from "./read-value.ts";

const topic = "Resources:\n  T:\n    Type: AWS::SNS::Topic\n";
const read = (text: string) => readValue(text).value;

describe("short tags are the functions that they stand for", () => {
  test.each([
    ["!Ref A", { Ref: "A" }],
    ["!GetAtt A.B.C", { "Fn::GetAtt": ["A", "B.C"] }],
    ["!GetAtt [A, B]", { "Fn::GetAtt": ["A", "B"] }],
    ["!Sub '${A}'", { "Fn::Sub": "${A}" }],
    ["!Join ['', [a, !Ref B]]", { "Fn::Join": ["", ["a", { Ref: "B" }]] }],
    ["!If [A, 1, !Ref 'AWS::NoValue']", { "Fn::If": ["A", 1, { Ref: "AWS::NoValue" }] }],
    ["!Not [!Condition A]", { "Fn::Not": [{ Condition: "A" }] }],
    ["!FindInMap [M, a, b]", { "Fn::FindInMap": ["M", "a", "b"] }],
    ["!GetAZs ''", { "Fn::GetAZs": "" }],
    ["!Transform { Name: N }", { "Fn::Transform": { Name: "N" } }],
    ["!Cidr [a, 1, 2]", { "Fn::Cidr": ["a", 1, 2] }],
  ])("%s", (text, value) => {
    expect(read(`P: ${text}`)).toEqual({ P: value });
  });
});

describe("a plain scalar", () => {
  test.each([
    ["2012-10-17", "2012-10-17"],
    ["012345678901", "012345678901"],
    ["10:30", "10:30"],
    ["yes", true],
    ["Off", false],
    ["'yes'", "yes"],
    ["~", null],
    ["", null],
    ["1.5", 1.5],
    ["!!str 1", "1"],
    ["0x1F", "0x1F"],
  ])("%s is what CloudFormation takes it for", (text, value) => {
    expect(read(`P: ${text}`)).toEqual({ P: value });
  });

  test("a number keeps its text", () => {
    expect(JSON.stringify(read("P: 1.0"))).toBe('{"P":1.0}');
  });
});

describe("what real templates have", () => {
  test("anchors and merge keys are written out, and own members win", () => {
    const text = "a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n";
    expect(read(text)).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 3 } });
  });

  test("of a name that is there twice the last one counts", () => {
    expect(read("a: 1\na: 2")).toEqual({ a: 2 });
  });

  test("a closing bracket may be as far left as the name of its value", () => {
    expect(read("a:\n  b: {\n    c: 1\n  }\nd: 2")).toEqual({ a: { b: { c: 1 } }, d: 2 });
  });

  test("a bracket in a block text is left alone", () => {
    expect(read('a: |\n  {\n  }\nb: {\n "c": 1\n}\n')).toEqual({ a: "{\n}\n", b: { c: 1 } });
  });

  test("__proto__ is a name like any other", () => {
    expect(Object.keys(read("__proto__: 1\na: 2") as object)).toEqual(["__proto__", "a"]);
  });
});

describe("a template that is none is told so in AWS's words", () => {
  test.each([
    ["", "Template format error: unsupported structure."],
    ["- a", "Template format error: unsupported structure."],
    ["a: [1", "Template format error: YAML not well-formed. (line 1, column 6)"],
    ["a: b: c", "Template format error: YAML not well-formed. (line 1, column 4)"],
    ["a: !Nothing b", "Template format error: YAML not well-formed. (line 1, column 4)"],
    ["a: *b", "Template format error: YAML not well-formed. (line 1, column 4)"],
    ["a: 1\n---\nb: 2", "Template format error: YAML not well-formed. (line 2, column 1)"],
    ['{\n  "a": 1,\n}', "Template format error: JSON not well-formed. (line 3, column 1)"],
    ["Description: a", "Template format error: At least one Resources member must be defined."],
    ["Resources: {}", "Template format error: At least one Resources member must be defined."],
    ["Nothing: 1\n" + topic, "Invalid template property or properties [Nothing]"],
    [
      "Resources:\n  a-b:\n    Type: T",
      "Template format error: Resource name a-b is non alphanumeric.",
    ],
    [
      "Resources:\n  A:\n    Properties: {}",
      "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
    ],
    ["Resources:\n  A:\n    Type: T\n    Foo: 1", "Invalid template resource property 'Foo'"],
  ])("%j", (text, problem) => {
    expect(problemOf(() => template(text))).toBe(problem);
  });
});

describe("places", () => {
  const text =
    "Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      Name: !Sub\n        - a\n        - b\n";

  test("a member's is where its name stands; a tag is not counted", () => {
    const read = template(text);
    expect(read.place(["Resources", "T"])).toEqual({ line: 2, column: 3 });
    expect(read.place(["Resources", "T", "Properties", "Name", "Fn::Sub", 1])).toEqual({
      line: 7,
      column: 11,
    });
  });

  test("what is not there has the place of what is around it", () => {
    expect(template(text).place(["Resources", "T", "Nothing", "x"])).toEqual({
      line: 2,
      column: 3,
    });
  });

  test("of JSON as well, with tabs", () => {
    const json = '{\n\t"Resources": {\n\t\t"T": {"Type": "AWS::SNS::Topic"}}}';
    expect(template(json).place(["Resources", "T"])).toEqual({ line: 3, column: 3 });
  });
});

describe("bounds", () => {
  const laughs = Array.from({ length: 9 }, (_, index) =>
    index === 0
      ? "a0: &a0 [x, x]"
      : `a${index}: &a${index} [${Array(10)
          .fill(`*a${index - 1}`)
          .join(", ")}]`,
  ).join("\n");

  test.each([
    ["a bomb of aliases", laughs, "more than 250000 values"],
    ["an alias of itself", "a: &a [*a]", "more than 200 levels of nesting"],
    ["brackets in brackets", "[".repeat(500_000), "more than 200 levels of nesting"],
    ["sequences on one line", "- ".repeat(100_000), "more than 200 levels of nesting"],
    ["JSON in JSON", '{"a":'.repeat(5000), "nesting depth"],
    ["a megabyte", `a: ${"x".repeat(1_000_001)}`, "Template may not exceed 1000000 bytes"],
  ])("%s is refused at once", (_name, text, problem) => {
    expect(problemOf(() => template(text))).toContain(problem);
  });

  test("five hundred resources are taken, and one more is not", () => {
    const resources = (count: number) =>
      `Resources:\n${Array.from({ length: count }, (_, index) => `  R${index}: {Type: AWS::SNS::Topic}`).join("\n")}`;
    expect(problemOf(() => template(resources(500)))).toBe("nothing");
    expect(problemOf(() => template(resources(501)))).toBe(
      "Template format error: Number of resources, 501, is greater than maximum allowed, 500",
    );
  });
});

test("any text is a template or a problem of its own, never another exception", () => {
  const pieces = fc.constantFrom(
    "Resources:",
    "\n",
    "  ",
    "- ",
    "!Sub ",
    "!GetAtt ",
    "&a ",
    "*a",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "'",
    '"',
    "|",
    "? ",
    "%",
    "Type",
    "<<",
    "\t",
    "#",
    "---",
    "...",
    "@",
    "\u0000",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      try {
        template(parts.join(""));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(TemplateError);
      }
    }),
  );
});

test("data that is written as YAML or as JSON is read back as it was", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.jsonValue({ maxDepth: 3 })),
      (data) => {
        // JSON has no -0.
        const plain: unknown = JSON.parse(JSON.stringify(data));
        // As a key without quotes it takes in the members of another object.
        fc.pre(!JSON.stringify(plain).includes('"<<":'));
        expect(JSON.parse(JSON.stringify(read(JSON.stringify(plain))))).toEqual(plain);
        const text = stringify(plain, {
          version: "1.1",
          aliasDuplicateObjects: false,
          defaultStringType: "QUOTE_DOUBLE",
          defaultKeyType: "PLAIN",
        });
        if (Object.keys(data).length > 0) {
          expect(JSON.parse(JSON.stringify(read(`# YAML\n${text}`)))).toEqual(plain);
        }
      },
    ),
    { numRuns: 50 },
  );
});
