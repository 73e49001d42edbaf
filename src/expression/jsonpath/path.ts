import type { EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";

/** A compiled JSONPath: `$…` looks into the input, `$$…` into the context object, `$name…` into a variable. */
export interface Path {
  readonly text: string;
  /** Whether the path can select at most one node; an indefinite path always gives an array. */
  readonly isDefinite: boolean;
  /** The variable that the path starts from, if it starts from one. */
  readonly variable: string | undefined;
  /** The selected value. Throws an {@link EvaluationError} (`States.Runtime`) worded as Jayway words it. */
  evaluate(input: JsonValue, scope: EvaluationScope): JsonValue;
  /** The selected value, or `undefined` where nothing is there (`IsPresent`, "could not be found"). */
  find(input: JsonValue, scope: EvaluationScope): JsonValue | undefined;
}

/** A path of member names and indexes only: one node, which can be read and replaced. */
export interface ReferencePath extends Path {
  /**
   * A copy of `input` in which the node is `value`; missing objects on the way are created. Throws an
   * EvaluationError `States.ResultPathMatchFailure` where it cannot be applied.
   */
  replace(input: JsonValue, value: JsonValue): JsonValue;
}
