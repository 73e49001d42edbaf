import type { ConditionContext } from "../question.ts";
import { allOf, anyOf, not, type Truth } from "../truth.ts";
import type { ConditionOperator } from "./operators.ts";
import type { ValueTest } from "./value-operator.ts";

/** One key of one operator. */
export interface Condition {
  readonly holds: (context: ConditionContext) => Truth;
  /** The keys that it asks about, in lower case. */
  readonly keys: readonly string[];
}

/** What is written so that nobody knows what it means. */
export function unknownCondition(key: string): Condition {
  return { holds: () => "unknown", keys: [key] };
}

/** `{"Null": {"aws:TokenIssueTime": "true"}}`: whether the key is absent. `undefined` for values that are no booleans. */
export function compileNull(key: string, values: readonly string[]): Condition | undefined {
  const wanted: readonly string[] = values.map((value) => value.toLowerCase());
  if (wanted.some((value) => value !== "true" && value !== "false")) return undefined;
  return {
    holds: (context) => wanted.includes(String(valuesOf(context, key) === undefined)),
    keys: [key],
  };
}

/** The condition that one of `tests` matches, or that none does. `key` is in lower case. */
export function compileValues(
  key: string,
  { isNegated, set, ifExists }: Extract<ConditionOperator, { type: "values" }>,
  tests: readonly ValueTest[],
): Condition {
  const holds = holdsFor(tests, isNegated);
  // Documented: a negated operator holds where there is no such key, and ForAllValues; ForAnyValue does not.
  const whenAbsent = ifExists || set === "ForAllValues" || (isNegated && set === undefined);
  return {
    holds(context) {
      const values = valuesOf(context, key);
      if (values === undefined) return whenAbsent;
      const holdsNow = (value: string) => holds(value, context);
      if (set === "ForAnyValue") return anyOf(values, holdsNow);
      // Documented: an empty text counts as none for ForAllValues.
      if (set === "ForAllValues")
        return allOf(
          values.filter((value) => value !== ""),
          holdsNow,
        );
      return sameOfAll(values, holdsNow);
    },
    keys: [key, ...tests.flatMap(({ variables = [] }) => variables)],
  };
}

/** *Documented*: several values are alternatives; of a negated operator, none may match. */
function holdsFor(
  tests: readonly ValueTest[],
  isNegated: boolean,
): (value: string, context: ConditionContext) => Truth {
  return (value, context) => {
    const matches = anyOf(tests, (test) => test.matches(value, context));
    return isNegated ? not(matches) : matches;
  };
}

/**
 * *Documented*: a key with many values needs a set operator. *Our choice* where it has none: what does not hold alike for each
 * of them cannot be said.
 */
function sameOfAll(values: readonly string[], holds: (value: string) => Truth): Truth {
  const [first = false, ...others] = values.map(holds);
  return others.every((truth) => truth === first) ? first : "unknown";
}

/** `undefined` for a key that is not there; an empty list is not, either. */
function valuesOf(context: ConditionContext, key: string): readonly string[] | undefined {
  const value = context.get(key);
  if (typeof value === "string") return [value];
  return value === undefined || value.length === 0 ? undefined : value;
}
