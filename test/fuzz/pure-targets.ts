import fc from "fast-check";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { EvaluationError, ExpressionSyntaxError } from "../../src/expression/evaluation.ts";
import { compileIntrinsic } from "../../src/expression/intrinsics/compile-intrinsic.ts";
import { compileJsonataTemplate } from "../../src/expression/jsonata/compile-template.ts";
import { compilePath } from "../../src/expression/jsonpath/compile-path.ts";
import { definitions } from "./definitions.ts";
import {
  damagedIntrinsics,
  damagedPaths,
  intrinsics,
  jsonata,
  longJsonata,
  paths,
} from "./expressions.ts";
import { pureTarget } from "./fuzz-target.ts";
import { damaged, largeInput, openScope } from "./vocabulary.ts";

/** Evaluates, and lets pass what an expression may fail with. */
function evaluated(evaluate: () => unknown): void {
  try {
    evaluate();
  } catch (thrown) {
    const isExpected = thrown instanceof EvaluationError || thrown instanceof ExpressionSyntaxError;
    if (!isExpected) throw thrown;
  }
}

export const pureTargets = [
  pureTarget("definitions", 300, definitions, (text) => {
    for (const type of ["STANDARD", "EXPRESS"] as const) {
      const { definition, diagnostics } = parseDefinition(text, { type, placeholders: true });
      const isWrong = diagnostics.some(({ severity }) => severity === "ERROR");
      if (isWrong && definition !== undefined) throw new Error("It is wrong and taken");
    }
  }),
  pureTarget("JSONPath", 1_000, fc.oneof(paths, damagedPaths), (text) =>
    evaluated(() => compilePath(text).evaluate(largeInput, openScope())),
  ),
  pureTarget(
    "JSONata",
    150,
    fc.oneof(
      { weight: 8, arbitrary: jsonata },
      { weight: 3, arbitrary: damaged(jsonata) },
      { weight: 1, arbitrary: longJsonata },
    ),
    (text) =>
      evaluated(() =>
        compileJsonataTemplate(`{% ${text} %}`, "Output").evaluate(
          { input: largeInput },
          openScope(),
        ),
      ),
  ),
  pureTarget("intrinsics", 500, fc.oneof(intrinsics, damagedIntrinsics), (text) =>
    evaluated(() => compileIntrinsic(text).evaluate(largeInput, openScope())),
  ),
];
