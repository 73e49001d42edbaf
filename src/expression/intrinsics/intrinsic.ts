import type { EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";

/** A compiled call such as `States.Format('Hello {}', $.name)`. */
export interface IntrinsicExpression {
  readonly text: string;
  readonly variables: ReadonlySet<string>;
  evaluate(input: JsonValue, scope: EvaluationScope): JsonValue;
}
