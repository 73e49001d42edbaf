import { ipAddress } from "./ip-address.ts";
import { date, numeric } from "./ordered-operators.ts";
import {
  arnLike,
  binaryEquals,
  bool,
  stringEquals,
  stringEqualsIgnoreCase,
  stringLike,
} from "./string-operators.ts";
import type { ValueOperator } from "./value-operator.ts";

interface NamedOperator {
  readonly operator: ValueOperator;
  /** What matches is what the operator says no value is: `StringNotEquals`. */
  readonly isNegated?: true;
}

/** *Documented*: IAM JSON policy elements, condition operators. `Null` is apart, since it looks at no value. */
const operators: { readonly [name: string]: NamedOperator } = {
  StringEquals: { operator: stringEquals },
  StringNotEquals: { operator: stringEquals, isNegated: true },
  StringEqualsIgnoreCase: { operator: stringEqualsIgnoreCase },
  StringNotEqualsIgnoreCase: { operator: stringEqualsIgnoreCase, isNegated: true },
  StringLike: { operator: stringLike },
  StringNotLike: { operator: stringLike, isNegated: true },
  NumericEquals: { operator: numeric("Equals") },
  NumericNotEquals: { operator: numeric("Equals"), isNegated: true },
  NumericLessThan: { operator: numeric("LessThan") },
  NumericLessThanEquals: { operator: numeric("LessThanEquals") },
  NumericGreaterThan: { operator: numeric("GreaterThan") },
  NumericGreaterThanEquals: { operator: numeric("GreaterThanEquals") },
  DateEquals: { operator: date("Equals") },
  DateNotEquals: { operator: date("Equals"), isNegated: true },
  DateLessThan: { operator: date("LessThan") },
  DateLessThanEquals: { operator: date("LessThanEquals") },
  DateGreaterThan: { operator: date("GreaterThan") },
  DateGreaterThanEquals: { operator: date("GreaterThanEquals") },
  Bool: { operator: bool },
  BinaryEquals: { operator: binaryEquals },
  IpAddress: { operator: ipAddress },
  NotIpAddress: { operator: ipAddress, isNegated: true },
  ArnEquals: { operator: arnLike },
  ArnNotEquals: { operator: arnLike, isNegated: true },
  ArnLike: { operator: arnLike },
  ArnNotLike: { operator: arnLike, isNegated: true },
};

/** *Documented*: how an operator looks at a key with many values. */
export type SetOperator = "ForAllValues" | "ForAnyValue";

export type ConditionOperator =
  | { readonly type: "null" }
  | {
      readonly type: "values";
      readonly operator: ValueOperator;
      readonly isNegated: boolean;
      readonly set: SetOperator | undefined;
      readonly ifExists: boolean;
    };

const shape = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** What `ForAnyValue:StringLikeIfExists` says; `undefined` for what is no operator. */
export function parseOperator(text: string): ConditionOperator | undefined {
  if (text === "Null") return { type: "null" };
  const [, set, name = "", ifExists] = shape.exec(text) ?? [];
  const named = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (named === undefined) return undefined;
  return {
    type: "values",
    operator: named.operator,
    isNegated: named.isNegated === true,
    set: set as SetOperator | undefined,
    ifExists: ifExists !== undefined,
  };
}
