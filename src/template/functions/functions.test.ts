import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, propertyOf, resolved } from "../templates.fixture.ts";
import { cidr } from "./cidr.ts";

const parameters = [
  "Parameters:",
  "  Name: {Type: String, Default: orders}",
  "  Count: {Type: Number, Default: 3}",
  "  Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}",
  "Conditions:",
  "  IsOrders: !Equals [!Ref Name, orders]",
  "  IsOther: !Not [!Condition IsOrders]",
  "Mappings:",
  "  Regions:",
  "    us-east-1: {HVM64: ami-1, Sizes: [s, m]}",
].join("\n");

const of = (property: string) => propertyOf(property, parameters);

describe("examples of AWS's documentation come to what it says", () => {
  test.each([
    ["!Base64 AWS CloudFormation", "QVdTIENsb3VkRm9ybWF0aW9u"],
    ["!Join [':', [a, b, c]]", "a:b:c"],
    ["!Join [',', !Ref Zones]", "a,b,c"],
    [
      "!Join ['', ['arn:', !Ref 'AWS::Partition', ':s3:::elasticbeanstalk-*-', !Ref 'AWS::AccountId']]",
      "arn:aws:s3:::elasticbeanstalk-*-000000000000",
    ],
    ["!Select [1, [apples, grapes, oranges, mangoes]]", "grapes"],
    ["!Select ['0', !Ref Zones]", "a"],
    ["!Split ['|', 'a|b|c']", ["a", "b", "c"]],
    ["!Split ['|', 'a||c|']", ["a", "", "c", ""]],
    ["!Select [2, !Split [',', 'x,y,z']]", "z"],
    ["!FindInMap [Regions, !Ref 'AWS::Region', HVM64]", "ami-1"],
    ["!FindInMap [Regions, !Ref 'AWS::Region', Sizes]", ["s", "m"]],
    ["!FindInMap [Regions, nowhere, HVM64, {DefaultValue: none}]", "none"],
    ["!GetAZs us-west-2", ["us-west-2a", "us-west-2b", "us-west-2c"]],
    ["!Select [0, !GetAZs '']", "us-east-1a"],
    [
      "!Cidr ['192.168.0.0/24', '6', '5']",
      [
        "192.168.0.0/27",
        "192.168.0.32/27",
        "192.168.0.64/27",
        "192.168.0.96/27",
        "192.168.0.128/27",
        "192.168.0.160/27",
      ],
    ],
    ["!Sub 'www.${AWS::Region}.${Name}'", "www.us-east-1.orders"],
    ["!Sub ['www.${Domain}', {Domain: !Ref Name}]", "www.orders"],
    ["!Sub '${!Literal} ${Count}'", "${Literal} 3"],
    ["!Length [1, 2, 3]", 3],
    ["{'Fn::Length': !Ref Zones}", 3],
    ["!ToJsonString {a: !Ref Name, b: [1]}", '{"a":"orders","b":[1]}'],
    ["!If [IsOrders, yes it is, no]", "yes it is"],
    ["!If [IsOther, 1, !Ref 'AWS::NoValue']", undefined],
    ["[1, !Ref 'AWS::NoValue', 3]", [1, 3]],
    ["!Ref Zones", ["a", "b", "c"]],
    ["!Ref Count", "3"],
    ["!Ref 'AWS::StackName'", "orders"],
    ["!Ref 'AWS::URLSuffix'", "amazonaws.com"],
  ])("%s", (property, value) => {
    expect(of(property)).toEqual(value);
  });
});

describe("a wrong call is refused in AWS's words", () => {
  test.each([
    [
      "!Join [a]",
      "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    ],
    ["!Select [9, [a]]", "Template error: Fn::Select cannot select nonexistent value at index 9"],
    [
      "!Select [-1, [a]]",
      "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
    ],
    [
      "!Split ['', a]",
      "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
    ],
    [
      "!FindInMap [Regions, nowhere, HVM64]",
      "Template error: Unable to get mapping for Regions::nowhere::HVM64",
    ],
    [
      "!FindInMap [Regions]",
      "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
    ],
    [
      "!Ref Nothing",
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
    ],
    [
      "!Sub '${Nothing} ${Nobody}'",
      "Template format error: Unresolved resource dependencies [Nothing, Nobody] in the Resources block of the template",
    ],
    [
      "!GetAtt Nothing.Arn",
      "Template error: instance of Fn::GetAtt references undefined resource Nothing",
    ],
    [
      "!Sub '${Nothing.Arn}'",
      "Template error: instance of Fn::GetAtt references undefined resource Nothing",
    ],
    [
      "!GetAtt R",
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ],
    [
      "!Sub '${a b}'",
      "Template format error: Unresolved resource dependencies [a b] in the Resources block of the template",
    ],
    [
      "!Sub [a, b]",
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    ],
    [
      "!Sub ['${A}', {A: [1]}]",
      "Template error: every value of the context object of every Fn::Sub object must be a string or a function that returns a string",
    ],
    ["!If [Nothing, 1, 2]", "Template error: unresolved condition dependency Nothing in Fn::If"],
    ["!Base64 [a]", "Template error: every Fn::Base64 object must have a String-typed value."],
    ["!ImportValue a", "No export named a found."],
    [
      "!Cidr ['10.0.0.0/24', 3, 8]",
      "Template error: every Fn::Cidr object requires two parameters, (1) a CIDR block and (2) a count between 1 and 256, and an optional third one, the number of subnet bits",
    ],
    ["{'Fn::Nothing': 1}", "Template format error: Unrecognized function: Fn::Nothing"],
  ])("%s", (property, problem) => {
    expect(problemOf(() => of(property))).toBe(problem);
  });

  test("the problem has the place of the function", () => {
    expect(() => of("!Select [9, [a]]")).toThrow(
      expect.objectContaining({ place: { line: 15, column: 7 } }) as Error,
    );
  });
});

describe("what depends on a resource that is not made", () => {
  const others = `${parameters}\n`;
  const topic = (property: string) =>
    resolved(
      `${others}Resources:\n  T: {Type: AWS::SNS::Topic}\n  R:\n    Type: AWS::SNS::Topic\n    Properties:\n      P: ${property}\n`,
    );
  const made = () => ({ ref: "arn:t", attributes: { TopicName: "t", "Outputs.Url": "u" } });

  test.each([
    ["!Ref T", { Ref: "T" }, "arn:t"],
    ["!GetAtt T.Outputs.Url", { "Fn::GetAtt": ["T", "Outputs.Url"] }, "u"],
    [
      "!Join ['-', [a, !Ref Name, !Ref T, c, d]]",
      { "Fn::Join": ["-", ["a-orders", { Ref: "T" }, "c-d"]] },
      "a-orders-arn:t-c-d",
    ],
    ["!Sub '${Name}/${T}/${!x}'", { "Fn::Sub": "orders/${T}/${!x}" }, "orders/arn:t/${x}"],
    [
      "!Sub ['${A} ${Name}', {A: !GetAtt T.TopicName}]",
      { "Fn::Sub": ["${A} orders", { A: { "Fn::GetAtt": ["T", "TopicName"] } }] },
      "t orders",
    ],
    [
      "!Select [1, !Split [':', !Ref T]]",
      { "Fn::Select": [1, { "Fn::Split": [":", { Ref: "T" }] }] },
      "t",
    ],
    ["!Base64 {Ref: T}", { "Fn::Base64": { Ref: "T" } }, "YXJuOnQ="],
    ["!ToJsonString {a: !Ref T}", { "Fn::ToJsonString": { a: { Ref: "T" } } }, '{"a":"arn:t"}'],
  ])("%s stays a function, and is known afterwards", (property, before, after) => {
    const stack = topic(property);
    expect(stack.resources.find(({ logicalId }) => logicalId === "R")).toMatchObject({
      properties: { P: before },
      dependencies: ["T"],
    });
    expect(stack.propertiesOf("R", made)).toEqual({ P: after });
  });

  test("an attribute that the resource has not is refused", () => {
    const stack = topic("!GetAtt T.Nothing");
    expect(problemOf(() => stack.propertiesOf("R", made))).toBe(
      "Template error: resource T does not support attribute type Nothing in Fn::GetAtt",
    );
  });
});

test("Fn::Sub of a text without variables, and Fn::Join of what Fn::Split made, are the text", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 }).filter((one) => !one.includes("${"));
  fc.assert(
    fc.property(text, (one) => {
      expect(propertyOf(JSON.stringify({ "Fn::Sub": one }))).toBe(one);
      expect(propertyOf(JSON.stringify({ "Fn::Join": [",", { "Fn::Split": [",", one] }] }))).toBe(
        one,
      );
    }),
    { numRuns: 60 },
  );
});

test("a text that is put into Fn::Sub by a name is that text, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string(), (one) => {
      expect(propertyOf(JSON.stringify({ "Fn::Sub": ["<${A}>", { A: one }] }))).toBe(`<${one}>`);
    }),
    { numRuns: 60 },
  );
});

test("texts that double each other are refused before they are made", () => {
  let property: unknown = { Ref: "AWS::Region" };
  for (let level = 0; level < 40; level++) property = { "Fn::Sub": ["${A}${A}", { A: property }] };
  expect(problemOf(() => propertyOf(JSON.stringify(property)))).toBe(
    "Template error: a text of more than 1000000 characters",
  );
});

describe("blocks of addresses", () => {
  test("eight bits of a block of IPv6 are /120", () => {
    expect(cidr("2001:db8::/64", 2, 8)).toEqual(["2001:db8::/120", "2001:db8::100/120"]);
  });

  test("those of 64 bits are what a VPC has", () => {
    expect(cidr("2600:1f14:abc:2100::/56", 2, 64)).toEqual([
      "2600:1f14:abc:2100::/64",
      "2600:1f14:abc:2101::/64",
    ]);
  });

  test.each([
    ["10.0.0.0/16", 257, 8],
    ["10.0.0.0", 1, 8],
    ["10.0.0.256/16", 1, 8],
    ["1:2:3/64", 1, 8],
    ["1::2::3/64", 1, 8],
  ])("%s, %d, %d has none", (block, count, bits) => {
    expect(cidr(block, count, bits)).toBeUndefined();
  });
});
