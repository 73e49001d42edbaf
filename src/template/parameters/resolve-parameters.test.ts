import { describe, expect, test } from "vitest";
import { context, problemOf, resolved, template } from "../templates.fixture.ts";
import { ssmParametersOf } from "./resolve-parameters.ts";

const text = (declaration: string) =>
  `Parameters:\n  P: {${declaration}}\nResources:\n  R: {Type: AWS::SNS::Topic}\n`;

const value = (declaration: string, given?: string) =>
  resolved(text(declaration), given === undefined ? {} : { parameters: { P: given } }).parameters[0]
    ?.value;

describe("a parameter's value", () => {
  test.each([
    ["Type: String, Default: a", undefined, "a"],
    ["Type: String, Default: a", "b", "b"],
    ["Type: String, Default: ''", undefined, ""],
    ["Type: Number, Default: 1.50", undefined, "1.50"],
    ["Type: String, Default: true", undefined, "true"],
    ["Type: CommaDelimitedList", "a, b,c ", ["a", "b", "c"]],
    ["Type: CommaDelimitedList", "", []],
    ["Type: List<Number>", "1,2", ["1", "2"]],
    ["Type: AWS::EC2::VPC::Id", "vpc-1", "vpc-1"],
    ["Type: List<AWS::EC2::Subnet::Id>", "a,b", ["a", "b"]],
    ["Type: AWS::SSM::Parameter::Name", "/a", "/a"],
  ])("%s, given %j, is %j", (declaration, given, expected) => {
    expect(value(declaration, given)).toEqual(expected);
  });

  test("NoEcho is told, so that nobody shows it", () => {
    expect(resolved(text("Type: String, Default: a, NoEcho: true")).parameters).toMatchObject([
      { name: "P", type: "String", noEcho: true },
    ]);
  });
});

describe("a value that breaks a constraint is refused in AWS's words", () => {
  test.each([
    ["Type: String, AllowedValues: [a, b]", "c", "Parameter 'P' must be one of AllowedValues"],
    [
      "Type: CommaDelimitedList, AllowedValues: [a, b]",
      "a,c",
      "Parameter 'P' must be one of AllowedValues",
    ],
    ["Type: String, AllowedPattern: '[a-z]+'", "a1", "Parameter 'P' must match pattern [a-z]+"],
    [
      "Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: letters",
      "1",
      "Parameter P failed to satisfy constraint: letters",
    ],
    ["Type: String, MinLength: 3", "ab", "Parameter 'P' must contain at least 3 characters"],
    ["Type: String, MaxLength: '3'", "abcd", "Parameter 'P' must contain at most 3 characters"],
    ["Type: Number", "x", "Parameter 'P' must be a number"],
    ["Type: Number, MinValue: 2", "1", "Parameter 'P' must be a number not less than 2"],
    ["Type: List<Number>, MaxValue: 2", "1,3", "Parameter 'P' must be a number not greater than 2"],
    ["Type: Nothing", "1", "Template format error: Unrecognized parameter type: Nothing"],
    [
      "Default: a",
      "1",
      "Template format error: Every Parameters object must contain a Type member.",
    ],
    ["Type: String", "x".repeat(4097), "Parameter 'P' must contain at most 4096 bytes"],
  ])("%s, given %j", (declaration, given, problem) => {
    expect(problemOf(() => value(declaration, given))).toBe(problem);
  });

  test("a pattern that takes exponential time elsewhere takes none here", () => {
    const declaration = "Type: String, AllowedPattern: '(a+)+b'";
    expect(problemOf(() => value(declaration, "a".repeat(4000)))).toContain("must match pattern");
  });

  test("one without a value and one that is not declared are named", () => {
    expect(problemOf(() => value("Type: String"))).toBe("Parameters: [P] must have values");
    expect(
      problemOf(() => resolved(text("Type: String, Default: a"), { parameters: { Q: "1" } })),
    ).toBe("Parameters: [Q] do not exist in the template");
  });
});

describe("a value in SSM", () => {
  const inSsm = text("Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /zones");

  test("is named beforehand, and is what the context says", () => {
    expect(ssmParametersOf(template(inSsm))).toEqual(["/zones"]);
    expect(ssmParametersOf(template(inSsm), { P: "/other" })).toEqual(["/other"]);
    const { parameters } = resolved(inSsm, { ...context, ssmParameters: { "/zones": "a,b" } });
    expect(parameters[0]?.value).toEqual(["a", "b"]);
  });

  test("that is not there is refused", () => {
    expect(problemOf(() => resolved(inSsm))).toBe(
      "Unable to fetch parameters [/zones] from parameter store for this account.",
    );
  });
});
