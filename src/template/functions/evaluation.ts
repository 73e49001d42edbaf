import type { JsonValue } from "../../expression/json.ts";
import type { TemplatePath } from "../template.ts";
import type { References } from "./references.ts";

/**
 * What a function's argument is evaluated with.
 *
 * A value that is not known yet is the function itself, in the long form; `undefined` is `AWS::NoValue`.
 */
export interface Evaluation {
  readonly references: References;
  evaluate(value: JsonValue, path: TemplatePath): JsonValue | undefined;
  /** Throws with the place of the function that is being evaluated. */
  fail(message: string, path: TemplatePath): never;
}

/** An intrinsic function: what its argument, as it was written, comes to. `path` is the argument's. */
export type IntrinsicFunction = (
  argument: JsonValue,
  evaluation: Evaluation,
  path: TemplatePath,
) => JsonValue | undefined;
