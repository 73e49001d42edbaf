import type { ConditionContext } from "../question.ts";
import type { Truth } from "../truth.ts";

/** How one value of a condition is compared with one value of the context. */
export interface ValueOperator {
  /**
   * The test of a policy's value; `undefined` where the operator cannot have such a value. `hasVariables`: the policy's version
   * knows variables.
   */
  compile(value: string, hasVariables: boolean): ValueTest | undefined;
}

export interface ValueTest {
  readonly matches: (value: string, context: ConditionContext) => Truth;
  /** Condition keys that the policy's value refers to, in lower case. */
  readonly variables?: readonly string[];
}
