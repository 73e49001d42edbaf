import type { EvaluationScope, StatesVariable } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";

/** A compiled JSON document in which every `{% … %}` string, at any depth, is an expression. */
export interface JsonataTemplate {
  readonly kind: "jsonataTemplate";
  /** Names of the variables that it reads (without `states`). */
  readonly variables: ReadonlySet<string>;
  /** Whether it holds no expression at all. */
  readonly isConstant: boolean;
  /** The text between `{%` and `%}` (trimmed) if the whole document is one expression, for error causes. */
  readonly expressionText: string | undefined;
  /**
   * The document with its expressions' results. Throws an EvaluationError `States.QueryEvaluationError` with
   * location `field/member/…` (`Output/result`; array elements are `Output/list[0]`).
   */
  evaluate(states: StatesVariable, scope: EvaluationScope): JsonValue;
}
