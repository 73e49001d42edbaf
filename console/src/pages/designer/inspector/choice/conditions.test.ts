import fc from "fast-check";
import { expect, test } from "vitest";
import {
  conditionOf,
  grouped,
  operators,
  withCondition,
  withOperator,
  withPath,
  writtenCondition,
  type Condition,
} from "./conditions.ts";

const conditions: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      kind: fc.constant("comparison" as const),
      variable: fc.constantFrom("$.a", "$$.State.Name", "$v"),
      operator: fc.constantFrom(...operators.filter(({ hasPath }) => hasPath)),
      isPath: fc.boolean(),
      operand: fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    }),
    fc.record({
      kind: fc.constantFrom("And" as const, "Or" as const),
      conditions: fc.array(tie("condition"), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("Not" as const), condition: tie("condition") }),
  ),
})).condition;

test("a condition is written as it is read, at any depth", () => {
  fc.assert(
    fc.property(conditions, (condition) => {
      expect(conditionOf(writtenCondition(condition))).toEqual(condition);
    }),
  );
});

test("another condition of a rule leaves its target, its comment and what it assigns", () => {
  const rule = {
    Comment: "kept",
    Variable: "$.a",
    NumericEquals: 1,
    Assign: { x: 1 },
    Next: "B",
  };
  expect(withCondition(rule, grouped(conditionOf(rule), "Not"))).toEqual({
    Comment: "kept",
    Not: { Variable: "$.a", NumericEquals: 1 },
    Assign: { x: 1 },
    Next: "B",
  });
});

test("an operator of another type gets an operand of its type, one of the same keeps it", () => {
  const rule = conditionOf({ Variable: "$.a", NumericLessThan: 5 });
  expect(writtenCondition(withOperator(rule, "NumericGreaterThan"))).toEqual({
    Variable: "$.a",
    NumericGreaterThan: 5,
  });
  expect(writtenCondition(withOperator(rule, "IsNull"))).toEqual({ Variable: "$.a", IsNull: true });
  const path = withPath(rule, true);
  expect(writtenCondition(path)).toEqual({ Variable: "$.a", NumericLessThanPath: "$" });
  expect(writtenCondition(withOperator(path, "IsNull"))).toEqual({ Variable: "$.a", IsNull: true });
});

test("an operator that ASL does not have is told as none", () => {
  expect(conditionOf({ Variable: "$.a", Odd: 1 })).toMatchObject({ operator: undefined });
});
