import { compileNode } from "./compile.ts";
import { boundError } from "./jsonata-error.ts";
import { maxDepth, type EvaluationLimits } from "./limits.ts";
import { Body, Nesting } from "./nesting.ts";
import { Run, type RunEnvironment } from "./run.ts";
import { Scope } from "./scope.ts";
import type { SyntaxNode } from "./syntax-tree.ts";
import { isItems, outerWrapper, type Value } from "./value.ts";

/** An expression of the language itself, without what Step Functions makes of it. */
export interface CompiledExpression {
  /** Names that the expression reads and does not bind itself, those of functions and `states` included. */
  readonly freeNames: ReadonlySet<string>;
  /** The result, as `finish` makes it of the value, which it charges to the run. Throws a JsonataError. */
  evaluate<T>(
    environment: RunEnvironment,
    limits: EvaluationLimits,
    finish: (value: Value, run: Run) => T,
  ): T;
}

export function compileExpression(tree: SyntaxNode): CompiledExpression {
  const scope = new Scope();
  const body = new Body(false);
  const evaluate = compileNode(new Nesting(body), tree, scope);
  const freeNames = scope.resolve();
  return {
    freeNames,
    evaluate(environment, limits, finish) {
      const { document } = environment;
      if (body.certainDepth > maxDepth) throw boundError("depth");
      const run = new Run(environment, limits);
      const input = isItems(document) ? outerWrapper(document) : document;
      try {
        return finish(evaluate(input, scope.newFrame(undefined), run), run);
      } catch (thrown) {
        // The engine's own stack ends before ours where an expression nests deeply in itself.
        if (thrown instanceof RangeError) throw boundError("depth");
        throw thrown;
      } finally {
        run.end();
      }
    },
  };
}
