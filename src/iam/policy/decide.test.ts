import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import { policyOfRecord } from "./parse-policy.ts";
import { policyOf, questionOf } from "./policy.fixture.ts";

const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

/** Whether an Allow and a Deny with this condition match. */
function holds(
  condition: unknown,
  context: { readonly [key: string]: string | readonly string[] },
): { readonly allow: boolean; readonly deny: boolean } {
  const all = { Action: "*", Resource: "*" };
  const question = questionOf("states:StartExecution", machine, context);
  const allow = policyOf({ Effect: "Allow", ...all, Condition: condition });
  const deny = [
    { Effect: "Allow", ...all },
    { Effect: "Deny", ...all, Condition: condition },
  ];
  return {
    allow: decide(question, { identity: [allow] }).allowed,
    deny: !decide(question, { identity: [policyOf(deny)] }).allowed,
  };
}

const yes = { allow: true, deny: true };
const no = { allow: false, deny: false };
const closed = { allow: false, deny: true };

describe("the order of policies", () => {
  const allow = policyOf({ Effect: "Allow", Action: "states:*", Resource: "*" }, "identity", "own");
  const deny = policyOf({ Effect: "Deny", Action: "states:*", Resource: "*" }, "identity", "no");
  const other = policyOf({ Effect: "Allow", Action: "s3:*", Resource: "*" }, "identity", "s3");
  const question = questionOf("states:StartExecution", machine);

  test("nothing is allowed where no statement allows it", () => {
    expect(decide(question, { identity: [] })).toEqual({ allowed: false, at: "identity" });
    expect(decide(question, { identity: [other] })).toEqual({ allowed: false, at: "identity" });
  });

  test("an Allow is told by its policy and its place", () => {
    expect(decide(question, { identity: [other, allow] })).toEqual({ allowed: true, by: "own[0]" });
  });

  test("a Deny counts before an Allow, wherever it stands", () => {
    const denied = (at: string) => ({ allowed: false, at, deniedBy: "no[0]" });
    expect(decide(question, { identity: [allow, deny] })).toEqual(denied("identity"));
    expect(decide(question, { identity: [allow], boundary: deny })).toEqual(denied("boundary"));
    expect(decide(question, { identity: [], session: [deny] })).toEqual(denied("session"));
  });

  test("a boundary and a session only take away", () => {
    expect(decide(question, { identity: [], boundary: allow, session: [allow] }).allowed).toBe(
      false,
    );
    expect(decide(question, { identity: [allow], boundary: other })).toEqual({
      allowed: false,
      at: "boundary",
    });
    expect(decide(question, { identity: [allow], session: [] })).toEqual({
      allowed: false,
      at: "session",
    });
    expect(
      decide(question, { identity: [allow], boundary: allow, session: [other, allow] }).allowed,
    ).toBe(true);
  });
});

describe("actions and resources", () => {
  const may = (statement: object, action: string, resource: string) =>
    decide(questionOf(action, resource, { "aws:username": "alice" }), {
      identity: [policyOf({ Effect: "Allow", ...statement })],
    }).allowed;

  test.each([
    ["states:StartExecution", "STATES:startexecution", true],
    ["states:Start*", "states:StartSyncExecution", true],
    ["states:Start*", "states:StopExecution", false],
    ["states:?topExecution", "states:StopExecution", true],
    ["*", "sqs:SendMessage", true],
    ["states:*", "sqs:SendMessage", false],
  ])("the action %s and %s", (pattern, action, expected) => {
    expect(may({ Action: pattern, Resource: "*" }, action, machine)).toBe(expected);
    expect(may({ NotAction: pattern, Resource: "*" }, action, machine)).toBe(!expected);
  });

  test.each([
    [machine, machine, true],
    [machine, `${machine}s`, false],
    ["arn:aws:states:*:*:stateMachine:orders", machine, true],
    ["arn:aws:states:us-east-1:123456789012:*", machine, true],
    ["arn:aws:states:us-east-1:123456789012:statemachine:orders", machine, false],
    // A star may stand for colons, and parts that are missing are stars.
    ["arn:aws:states:*:*:orders", machine, true],
    ["arn:aws:states", machine, true],
    ["arn:aws:sqs", machine, false],
    ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/alice/a.txt", true],
    ["arn:aws:s3:::home/${aws:username}/*", "arn:aws:s3:::home/bob/a.txt", false],
    ["arn:aws:s3:::home/${AWS:UserName}", "arn:aws:s3:::home/alice", true],
    ["arn:aws:s3:::home/${aws:PrincipalTag/team, 'all'}", "arn:aws:s3:::home/all", true],
    ["arn:aws:s3:::home/${*}", "arn:aws:s3:::home/alice", false],
    ["arn:aws:s3:::home/${*}${?}${$}", "arn:aws:s3:::home/*?$", true],
    // Only * is what an action without a resource acts on.
    ["arn:aws:states:us-east-1:123456789012:stateMachine:*", "*", false],
    ["*", "*", true],
  ])("the resource %s and %s", (pattern, resource, expected) => {
    expect(may({ Action: "*", Resource: pattern }, "states:X", resource)).toBe(expected);
    expect(may({ Action: "*", NotResource: pattern }, "states:X", resource)).toBe(!expected);
  });

  test("what a variable puts in is no wildcard", () => {
    const allow = policyOf({
      Effect: "Allow",
      Action: "*",
      Resource: "arn:aws:s3:::home/${aws:PrincipalTag/team}/*",
    });
    const question = questionOf("s3:GetObject", "arn:aws:s3:::home/other/a", {
      "aws:PrincipalTag/team": "*",
    });
    expect(decide(question, { identity: [allow] }).allowed).toBe(false);
  });

  test("a variable without a value lets no Allow match, and a Deny where the rest does", () => {
    const resource = "arn:aws:s3:::home/${aws:PrincipalTag/team}/*";
    const home = questionOf("s3:GetObject", "arn:aws:s3:::home/other/a");
    const elsewhere = questionOf("s3:GetObject", "arn:aws:s3:::public/a");
    const allowed = policyOf({ Effect: "Allow", Action: "*", Resource: resource });
    const denied = policyOf([
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "*", Resource: resource },
    ]);
    expect(decide(home, { identity: [allowed] }).allowed).toBe(false);
    expect(decide(home, { identity: [denied] }).allowed).toBe(false);
    expect(decide(elsewhere, { identity: [denied] }).allowed).toBe(true);
  });

  test("before 2012-10-17 a variable is text", () => {
    const text = JSON.stringify({
      Statement: { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::${aws:username}" },
    });
    const identity = [{ name: "old", policy: policyOfRecord(text, "identity") }];
    const mayGet = (resource: string) =>
      decide(questionOf("s3:X", resource, { "aws:username": "alice" }), { identity }).allowed;
    expect(mayGet("arn:aws:s3:::alice")).toBe(false);
    expect(mayGet("arn:aws:s3:::${aws:username}")).toBe(true);
  });
});

/** AWS's pages: condition operators, variables, keys with several values. */
describe("conditions", () => {
  test.each([
    // Strings.
    ["StringEquals", "iamuser-admin", "iamuser-admin", yes],
    ["StringEquals", "iamuser-admin", "IAMUSER-admin", no],
    ["StringEquals", ["12345", "67890"], "67890", yes],
    ["StringEquals", "a*", "ab", no],
    ["StringNotEquals", ["a", "b"], "b", no],
    ["StringNotEquals", ["a", "b"], "c", yes],
    ["StringEqualsIgnoreCase", "Admin", "aDMIN", yes],
    ["StringNotEqualsIgnoreCase", "Admin", "aDMIN", no],
    ["StringLike", ["", "home/", "home/${aws:username}/"], "home/alice/", yes],
    ["StringLike", ["", "home/", "home/${aws:username}/"], "home/bob/", no],
    ["StringLike", "a?c*", "abcd", yes],
    ["StringNotLike", "a?c*", "abcd", no],
    ["StringLike", "a${*}", "ab", no],
    ["StringLike", "${nobody:knows}", "x", closed],
    ["StringLike", "y${nobody:knows}", "x", no],
    ["StringNotLike", "${nobody:knows}", "x", closed],
    // Numbers.
    ["NumericLessThanEquals", "10", "10", yes],
    ["NumericLessThanEquals", 10, "11", no],
    ["NumericLessThan", "10", "9.5", yes],
    ["NumericGreaterThan", "-1", "0", yes],
    ["NumericGreaterThanEquals", "1", "0.5", no],
    ["NumericEquals", "1", "1.0", yes],
    ["NumericNotEquals", "1", "1.0", no],
    ["NumericEquals", "1", "one", closed],
    ["NumericNotEquals", "1", "one", closed],
    // Dates.
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2020-06-01T00:00:00Z", yes],
    ["DateGreaterThan", "2020-01-01T00:00:01Z", "2019-06-01T00:00:00Z", no],
    ["DateLessThan", "2020-06", "2020-05-31T23:59:59.999Z", yes],
    ["DateLessThanEquals", "1577836800", "2020-01-01T00:00:00Z", yes],
    ["DateEquals", "2020-01-01T01:00+01:00", "2020-01-01T00:00:00Z", yes],
    ["DateNotEquals", "2020-01-01", "1577836800", no],
    ["DateGreaterThanEquals", "2020-01-01", "yesterday", closed],
    // Booleans and bytes.
    ["Bool", "false", "false", yes],
    ["Bool", true, "false", no],
    ["Bool", "TRUE", "true", yes],
    ["Bool", "true", "perhaps", closed],
    ["BinaryEquals", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", "QmluYXJ5VmFsdWVJbkJhc2U2NA==", yes],
    // Addresses.
    ["IpAddress", "203.0.113.0/24", "203.0.113.255", yes],
    ["IpAddress", "203.0.113.0/24", "203.0.114.0", no],
    ["IpAddress", "203.0.113.7", "203.0.113.7", yes],
    ["IpAddress", "0.0.0.0/0", "8.8.8.8", yes],
    ["IpAddress", "10.0.0.0/8", "::ffff:10.1.2.3", yes],
    ["IpAddress", ["203.0.113.0/24", "2001:DB8:1234:5678::/64"], "2001:db8:1234:5678::9", yes],
    ["IpAddress", "2001:DB8:1234:5678::/64", "2001:db8:1234:5679::9", no],
    ["IpAddress", "::/0", "203.0.113.7", no],
    ["NotIpAddress", "203.0.113.0/24", "203.0.113.9", no],
    ["NotIpAddress", "203.0.113.0/24", "not an address", closed],
    // ARNs: wildcards stay within a part.
    ["ArnEquals", "arn:aws:sns:us-east-1:1:t*", "arn:aws:sns:us-east-1:1:topic", yes],
    ["ArnLike", "arn:aws:states:*:*:stateMachine:o*", machine, yes],
    ["ArnLike", "arn:aws:*:123456789012:stateMachine:o*:x", machine, no],
    ["ArnLike", "*", machine, yes],
    ["ArnNotLike", "arn:aws:states:*:*:stateMachine:o*", machine, no],
    ["ArnLike", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::1:user/alice", yes],
    ["ArnLike", machine, "orders", closed],
  ])("%s %j of %j", (operator, value, given, expected) => {
    const context = { "aws:username": "alice", "aws:K": given };
    expect(holds({ [operator]: { "AWS:k": value } }, context)).toEqual(expected);
  });

  test.each([
    ["StringEquals", no],
    ["StringNotEquals", yes],
    ["StringEqualsIfExists", yes],
    ["StringNotEqualsIfExists", yes],
    ["ForAllValues:StringEquals", yes],
    ["ForAllValues:StringNotEquals", yes],
    ["ForAnyValue:StringEquals", no],
    ["ForAnyValue:StringNotEquals", no],
    ["ForAnyValue:StringEqualsIfExists", yes],
  ])("%s where the key is absent", (operator, expected) => {
    expect(holds({ [operator]: { "aws:k": "a" } }, {})).toEqual(expected);
    expect(holds({ [operator]: { "aws:k": "a" } }, { "aws:k": [] })).toEqual(expected);
  });

  test.each([
    ["ForAllValues:StringLike", ["key1*", "key2*"], ["key1", "key2b"], yes],
    ["ForAllValues:StringLike", ["key1*", "key2*"], ["key1", "key3"], no],
    ["ForAllValues:StringLike", "key1*", [""], yes],
    ["ForAllValues:StringNotLike", "key1*", ["a", "key1"], no],
    ["ForAllValues:StringNotLike", "key1*", ["a", "b"], yes],
    ["ForAnyValue:StringEquals", ["environment", "webserver"], ["environment", "cost"], yes],
    ["ForAnyValue:StringEquals", ["environment", "webserver"], ["cost"], no],
    ["ForAnyValue:StringNotEquals", "a", ["a", "b"], yes],
    ["ForAnyValue:StringNotEquals", "a", ["a"], no],
    // Without a set operator nobody knows which of the values is meant.
    ["StringEquals", "a", ["a", "b"], closed],
    ["StringEquals", "a", ["b", "c"], no],
    ["StringNotEquals", "a", ["a", "b"], closed],
  ])("%s %j of the values %j", (operator, value, given, expected) => {
    expect(holds({ [operator]: { "aws:TagKeys": value } }, { "aws:TagKeys": given })).toEqual(
      expected,
    );
  });

  test("Null asks whether there is such a key", () => {
    expect(holds({ Null: { "aws:k": "true" } }, {})).toEqual(yes);
    expect(holds({ Null: { "aws:k": false } }, {})).toEqual(no);
    expect(holds({ Null: { "aws:k": "false" } }, { "aws:K": "" })).toEqual(yes);
    expect(holds({ Null: { "aws:k": "true" } }, { "aws:K": "x" })).toEqual(no);
  });

  test("all operators and all keys have to hold", () => {
    const condition = {
      StringEquals: { "aws:a": "1", "aws:b": "2" },
      Bool: { "aws:SecureTransport": "true" },
    };
    const context = { "aws:a": "1", "aws:b": "2", "aws:SecureTransport": "true" };
    expect(holds(condition, context)).toEqual(yes);
    for (const key of Object.keys(context)) {
      expect(holds(condition, { ...context, [key]: "false" })).toEqual(no);
    }
  });

  test("of a stored policy, what nobody knows closes", () => {
    const all = { Action: "*", Resource: "*" };
    const question = questionOf("states:StartExecution", machine, { "aws:a": "1" });
    const policy = (effect: string, condition: unknown) =>
      policyOfRecord(
        JSON.stringify({ Statement: [{ Effect: effect, ...all, Condition: condition }] }),
        "identity",
      );
    const open = policyOf({ Effect: "Allow", ...all });
    for (const condition of [
      { StringMatches: { "aws:a": "1" } },
      { NumericEquals: { "aws:a": "one" } },
      { ArnLike: { "aws:a": "arn:aws:states:*" } },
      { "ForSomeValues:StringEquals": { "aws:a": "1" } },
    ]) {
      const allow = { name: "a", policy: policy("Allow", condition) };
      const deny = { name: "d", policy: policy("Deny", condition) };
      expect(decide(question, { identity: [allow] }).allowed).toBe(false);
      expect(decide(question, { identity: [open, deny] }).allowed).toBe(false);
    }
    const broken = { name: "b", policy: policyOfRecord("{", "identity") };
    expect(decide(question, { identity: [open, broken] }).allowed).toBe(false);
  });
});

test("a policy tells the condition keys that it depends on", () => {
  const { policy } = policyOf([
    { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::${aws:PrincipalTag/Team}" },
    {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringLike: { "aws:ResourceTag/Owner": "${aws:username}" } },
    },
  ]);
  expect([...policy.conditionKeys].toSorted()).toEqual([
    "aws:principaltag/team",
    "aws:resourcetag/owner",
    "aws:username",
  ]);
});
