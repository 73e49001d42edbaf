import fc from "fast-check";
import { expect, test } from "vitest";
import { decide } from "./decide.ts";
import { policyOf, questionOf } from "./policy.fixture.ts";
import { policyOfRecord } from "./parse-policy.ts";
import type { NamedPolicy } from "./question.ts";
import {
  type RawCondition,
  type RawQuestion,
  type RawStatement,
  referenceAllows,
} from "./reference-evaluator.fixture.ts";

const list = (values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });

const actions = list(["*", "a:*", "A:Get*", "a:get?", "b:Put", "*:put"]);
const resources = list([
  "*",
  "arn:aws:a:r:1:x",
  "arn:aws:a:r:1:x*",
  "arn:aws:a:*:*:x?",
  "arn:aws:b:*:*:*",
  "arn:aws:a:r:1:${aws:u}",
  "arn:aws:a:r:1:${AWS:t, 'x'}*",
  "arn:aws:a:r:1:${*}",
]);

/** Values for each kind of operator, for the policy and for the context. */
const kinds = {
  string: {
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ],
    wanted: [
      "x",
      "X",
      "xy",
      "x*",
      "*y",
      "?",
      "",
      "${aws:u}",
      "${aws:u}*",
      "${aws:t, 'y'}",
      "${*}x",
    ],
    given: ["x", "X", "xy", "y", "*", "*x", ""],
    sets: true,
  },
  number: {
    operators: ["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals"],
    wanted: ["0", "1", "-2.5", "1.0"],
    given: ["0", "1", "2", "-2.50"],
    sets: true,
  },
  bool: { operators: ["Bool"], wanted: ["true", "false"], given: ["true", "false"], sets: false },
  date: {
    operators: ["DateLessThan"],
    wanted: ["2020-01-01T00:00:00Z", "2021-06-01T00:00:00+02:00"],
    given: ["2020-01-01T00:00:00Z", "2021-05-31T22:00:00Z", "2019-12-31T23:59:59.999Z"],
    sets: false,
  },
  ip: {
    operators: ["IpAddress", "NotIpAddress"],
    wanted: ["10.0.0.0/8", "10.1.0.0/15", "192.168.1.7", "0.0.0.0/0", "10.1.2.3/31"],
    given: ["10.1.2.3", "10.1.2.2", "192.168.1.7", "192.168.1.8"],
    sets: false,
  },
} as const;

const condition: fc.Arbitrary<RawCondition> = fc
  .constantFrom(...Object.entries(kinds))
  .chain(([kind, { operators, wanted, sets }]) =>
    fc
      .record({
        set: fc.constantFrom("", ...(sets ? ["ForAllValues:", "ForAnyValue:"] : [])),
        operator: fc.constantFrom(...operators),
        ifExists: fc.constantFrom("", "IfExists"),
        values: list(wanted),
        isNull: fc.integer({ min: 0, max: 9 }),
      })
      .map(({ set, operator, ifExists, values, isNull }): RawCondition => {
        const key = `aws:${kind}${set === "" ? "" : "s"}`;
        return isNull === 0
          ? { Null: { [key]: ["true"] } }
          : { [`${set}${operator}${ifExists}`]: { [key]: values } };
      }),
  );

const statement: fc.Arbitrary<RawStatement> = fc
  .record({
    Effect: fc.constantFrom("Allow", "Allow", "Deny"),
    actions,
    resources,
    isNotAction: fc.boolean(),
    isNotResource: fc.boolean(),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ Effect, actions: a, resources: r, isNotAction, isNotResource, conditions }) => ({
    Effect,
    ...(isNotAction ? { NotAction: a } : { Action: a }),
    ...(isNotResource ? { NotResource: r } : { Resource: r }),
    Condition: Object.assign({}, ...conditions) as RawCondition,
  }));

const context: fc.Arbitrary<RawQuestion["context"]> = fc.record(
  {
    "aws:u": fc.constantFrom("x", "*", "y?"),
    ...Object.fromEntries(
      Object.entries(kinds).flatMap(([kind, { given }]) => [
        [`aws:${kind}`, fc.constantFrom(...given)],
        [`aws:${kind}s`, fc.array(fc.constantFrom(...given), { maxLength: 3 })],
      ]),
    ),
    "aws:t": fc.constantFrom("x", "t"),
  } as { readonly [key: string]: fc.Arbitrary<string | string[]> },
  { requiredKeys: ["aws:u"] },
);

const question: fc.Arbitrary<RawQuestion> = fc.record({
  action: fc.constantFrom("a:GetX", "A:get", "b:put", "a:Put"),
  resource: fc.constantFrom(
    "arn:aws:a:r:1:x",
    "arn:aws:a:r:1:xx",
    "arn:aws:a:r:1:*",
    "arn:aws:b:r:1:x:y",
    "arn:aws:a:r:1:t",
    "*",
  ),
  context,
});

const statements = fc.array(statement, { maxLength: 4 });

function allows(policies: readonly RawStatement[], asked: RawQuestion): boolean {
  const identity: readonly NamedPolicy[] = policies.length === 0 ? [] : [policyOf(policies)];
  return decide(questionOf(asked.action, asked.resource, asked.context), { identity }).allowed;
}

test("a decision is what the definition of policies says", () => {
  const seen = { allowed: 0, refused: 0 };
  fc.assert(
    fc.property(statements, question, (policies, asked) => {
      const expected = referenceAllows(policies, asked);
      seen[expected ? "allowed" : "refused"]++;
      expect(allows(policies, asked)).toBe(expected);
    }),
    { numRuns: 1_500 },
  );
  expect(Math.min(seen.allowed, seen.refused)).toBeGreaterThan(100);
});

const runs = { numRuns: 300 };

test("a Deny that matches always wins, and another never grants", () => {
  fc.assert(
    fc.property(statements, statement, question, (policies, more, asked) => {
      const deny: RawStatement = { ...more, Effect: "Deny" };
      const matches = referenceAllows([{ ...more, Effect: "Allow" }], asked);
      const now = allows([...policies, deny], asked);
      expect(now).toBe(matches ? false : allows(policies, asked));
    }),
    runs,
  );
});

test("an Allow never takes away", () => {
  fc.assert(
    fc.property(statements, statement, question, (policies, more, asked) => {
      const allow: RawStatement = { ...more, Effect: "Allow" };
      if (allows(policies, asked)) expect(allows([allow, ...policies], asked)).toBe(true);
    }),
    runs,
  );
});

test("a boundary and a session never grant", () => {
  fc.assert(
    fc.property(statements, statements, question, (own, others, asked) => {
      const identity = own.length === 0 ? [] : [policyOf(own)];
      const rest = others.length === 0 ? [] : [policyOf(others)];
      const [boundary] = rest;
      const asking = questionOf(asked.action, asked.resource, asked.context);
      const expected = allows(own, asked) && allows(others, asked);
      expect(decide(asking, { identity, session: rest }).allowed).toBe(expected);
      if (boundary) expect(decide(asking, { identity, boundary }).allowed).toBe(expected);
    }),
    runs,
  );
});

test("an operator that nobody knows lets an Allow not match, and a Deny as if it held", () => {
  fc.assert(
    fc.property(statement, question, (one, asked) => {
      const { Condition = {}, ...others } = one;
      const policy = policyOfRecord(
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            { ...others, Condition: { ...Condition, StringAlmostEquals: { "aws:u": "x" } } },
          ].slice(one.Effect === "Allow" ? 1 : 0),
        }),
        "identity",
      );
      const asking = questionOf(asked.action, asked.resource, asked.context);
      const { allowed } = decide(asking, { identity: [{ name: "p", policy }] });
      const matches = referenceAllows([{ ...one, Effect: "Allow" }], asked);
      expect(allowed).toBe(one.Effect === "Deny" && !matches);
    }),
    runs,
  );
});

test("any text is a policy or has a problem, with a place in it", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      for (const effect of ["identity", "trust"] as const) {
        expect(policyOfRecord(text, effect).statements.length).toBeGreaterThan(0);
      }
    }),
    runs,
  );
});
