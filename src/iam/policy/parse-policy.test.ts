import { describe, expect, test } from "vitest";
import type { PolicyKind } from "./parse-context.ts";
import { maximumPolicySize, parsePolicy, policySize } from "./parse-policy.ts";
import type { PolicyProblem } from "./policy-problem.ts";

function problemOf(text: string, kind: PolicyKind = "identity"): PolicyProblem {
  const policy = parsePolicy(text, kind);
  if ("problem" in policy) return policy;
  throw new Error("it is a policy");
}

const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };
const trusting = {
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { Service: "states.amazonaws.com" },
};

function withStatement(members: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...allowAll, ...members }] });
}

function trustWith(members: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...trusting, ...members }] });
}

describe("a policy", () => {
  test.each([
    ["one statement", { Version: "2012-10-17", Statement: allowAll }],
    ["a list of statements", { Version: "2012-10-17", Statement: [allowAll, allowAll] }],
    ["an id", { Version: "2012-10-17", Id: "x", Statement: [{ Sid: "A1", ...allowAll }] }],
    ["an old version", { Version: "2008-10-17", Statement: [{ Sid: "", ...allowAll }] }],
    ["no version", { Statement: [allowAll] }],
  ])("may have %s", (_, document) => {
    expect(parsePolicy(JSON.stringify(document), "identity")).toHaveProperty("statements");
  });

  const refused: readonly (readonly [text: string, problem: unknown])[] = [
    ["", "Syntax errors in policy."],
    ["{", "Syntax errors in policy."],
    ["[]", "Syntax errors in policy."],
    [`{"Version":"2012-10-17"}`, "Syntax errors in policy."],
    [`{"Version":"2012-10-17","Statement":[]}`, "Syntax errors in policy."],
    [`{"Version":"2012-10-17","Statement":"Allow"}`, "Syntax errors in policy."],
    [`{"Version":"2012-10-17","Statement":[["Allow"]]}`, "Syntax errors in policy."],
    [
      `{"Version":"2013-10-17","Statement":[]}`,
      "Policy document must be version 2012-10-17 or greater.",
    ],
    [`{"Version":1,"Statement":[]}`, "Policy document must be version 2012-10-17 or greater."],
    [`{"Version":"2012-10-17","Comment":"","Statement":[]}`, "Unknown field Comment"],
    [`{"__proto__":{},"Statement":[]}`, "Unknown field __proto__"],
    [`{"Id":1,"Statement":[]}`, "Syntax errors in policy."],
    [`${"[".repeat(100_000)}`, "Syntax errors in policy."],
    [withStatement({ Effect: "allow" }), "Invalid effect: allow"],
    [withStatement({ Effect: undefined }), "Missing required field Effect"],
    [withStatement({ Sid: "a b" }), expect.stringContaining("must be alpha-numeric")],
    [withStatement({ Principal: "*" }), "Has prohibited field Principal"],
    [withStatement({ NotPrincipal: "*" }), "Has prohibited field NotPrincipal"],
    [withStatement({ Actions: "*" }), "Unknown field Actions"],
    [withStatement({ NotAction: "*" }), "Statement/policy already has instance of Action"],
    [withStatement({ NotResource: "*" }), "Statement/policy already has instance of Resource"],
    [withStatement({ Action: undefined }), "Policy statement must contain actions."],
    [withStatement({ Action: [] }), "Policy statement must contain actions."],
    [withStatement({ Action: [1] }), "Syntax errors in policy."],
    [withStatement({ Resource: undefined }), "Policy statement must contain resources."],
    [withStatement({ Resource: { a: "*" } }), "Syntax errors in policy."],
    [
      withStatement({ Action: "StartExecution" }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [withStatement({ Action: "a:b:c" }), "Actions/Condition can contain only one colon."],
    [withStatement({ Action: "st*:X" }), "Vendor st* is not valid"],
    [withStatement({ Resource: "orders" }), 'Resource orders must be in ARN format or "*".'],
    [
      withStatement({ Resource: "arn:amazon:states:r:a:x:y" }),
      'Partition "amazon" is not valid for resource "arn:amazon:states:r:a:x:y".',
    ],
    [
      withStatement({ Resource: "arn:aws" }),
      "Resource vendor must be fully qualified and cannot contain regexes.",
    ],
    [
      withStatement({ Resource: "arn:aws:states:${aws:username}:1:x" }),
      "Policy variables can only be used in the last part of an ARN.",
    ],
    [
      withStatement({ Resource: "arn:aws:states:us-east-1:1:${aws:username" }),
      "Invalid policy variable: ${}",
    ],
    [
      withStatement({ Condition: { StringMatches: { "aws:a": "b" } } }),
      "Invalid Condition type : StringMatches",
    ],
    [
      withStatement({ Condition: { NullIfExists: { "aws:a": "true" } } }),
      "Invalid Condition type : NullIfExists",
    ],
    [withStatement({ Condition: [] }), "Syntax errors in policy."],
    [withStatement({ Condition: { StringEquals: "a" } }), "Syntax errors in policy."],
    [
      withStatement({ Condition: { StringEquals: { "aws:a": { b: "c" } } } }),
      "Syntax errors in policy.",
    ],
    [
      withStatement({ Condition: { StringEquals: { a: "b" } } }),
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    ...Object.entries({
      DateLessThan: "soon",
      NumericEquals: "one",
      Bool: "yes",
      IpAddress: "300.0.0.0/8",
      NotIpAddress: "10.0.0.0/33",
      ArnLike: "orders",
      Null: "maybe",
    }).map(
      ([operator, value]) =>
        [
          withStatement({ Condition: { [operator]: { "aws:a": value } } }),
          "The policy failed legacy parsing",
        ] as const,
    ),
  ];

  test.each(refused)("%s is refused", (text, problem) => {
    expect(problemOf(text)).toMatchObject({ code: "MalformedPolicyDocument", problem });
  });

  test("has each Sid once", () => {
    const statement = { Sid: "A", ...allowAll };
    const text = JSON.stringify({ Statement: [statement, statement] });
    expect(problemOf(text).problem).toBe("Statement IDs (SID) in a single policy must be unique.");
  });

  test("has no two members of one name: somebody else might have read the other", () => {
    const text = `{"Statement":[{"Effect":"Deny","Eff\\u0065ct":"Allow","Action":"*","Resource":"*"}]}`;
    expect(problemOf(text)).toMatchObject({ problem: "Duplicate field Effect", column: 32 });
  });

  test("that is wrong is told where", () => {
    const text = `{\n  "Statement": {\n    "Effect": "Allow",\n    "Action": ["states:*", "x"],\n    "Resource": "*"\n  }\n}`;
    expect(problemOf(text)).toMatchObject({ line: 4, column: 28 });
    expect(problemOf(`{\n  "Statement": ]`)).toMatchObject({ line: 2, column: 16 });
  });

  test("has a size, in which blanks do not count", () => {
    for (const kind of ["identity", "boundary", "session"] as const) {
      const most = maximumPolicySize[kind];
      const text = (length: number) =>
        withStatement({ Sid: "a".repeat(length) }).replaceAll(",", ",\n    ");
      const left = most - policySize(text(0));
      expect(parsePolicy(text(left), kind)).toHaveProperty("statements");
      expect(problemOf(text(left + 1), kind)).toMatchObject({
        code: "LimitExceeded",
        problem: `Cannot exceed quota for PolicySize: ${most}`,
      });
    }
    expect(problemOf(" ".repeat(200_000)).code).toBe("LimitExceeded");
  });
});

describe("a trust policy", () => {
  test.each([
    [trustWith({ Resource: "*" }), "Has prohibited field Resource"],
    [trustWith({ Principal: undefined }), "Missing required field Principal"],
    [trustWith({ NotPrincipal: "*" }), "Statement/policy already has instance of Principal"],
    [
      trustWith({ Principal: undefined, NotPrincipal: { AWS: "123456789012" } }),
      "Allow with NotPrincipal is not allowed.",
    ],
    [
      trustWith({ Action: "states:StartExecution" }),
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [trustWith({ Action: "*" }), "AssumeRole policy may only specify STS AssumeRole actions."],
    [trustWith({ Principal: "alice" }), "Syntax errors in policy."],
    [trustWith({ Principal: { AWS: "alice" } }), 'Invalid principal in policy: "AWS":"alice"'],
    [
      trustWith({ Principal: { AWS: "arn:aws:iam::123456789012:role/*" } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/*"',
    ],
    [trustWith({ Principal: { Service: "*" } }), 'Invalid principal in policy: "Service":"*"'],
    [
      trustWith({ Principal: { CanonicalUser: "a" } }),
      'Invalid principal in policy: "CanonicalUser":"a"',
    ],
  ])("%s is refused", (text, problem) => {
    expect(problemOf(text, "trust")).toMatchObject({ code: "MalformedPolicyDocument", problem });
  });

  test("has its own size", () => {
    expect(problemOf(trustWith({ Sid: "a".repeat(2_048) }), "trust").problem).toBe(
      "Cannot exceed quota for ACLSizePerRole: 2048",
    );
  });
});
