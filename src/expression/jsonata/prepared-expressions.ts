import { ExpressionSyntaxError } from "../evaluation.ts";
import { compileExpression, type CompiledExpression } from "./compile-expression.ts";
import { parseExpression, refuseDeepNesting } from "./parse-expression.ts";
import { unsupportedReferences, type UnsupportedReference } from "./static-checks.ts";
import type { SyntaxNode } from "./syntax-tree.ts";

/** An expression before it is known what of `$states` it may read. Each throws an ExpressionSyntaxError. */
export interface PreparedExpression {
  tree(): SyntaxNode;
  unsupported(): readonly UnsupportedReference[];
  compiled(): CompiledExpression;
}

export function prepareExpression(text: string): PreparedExpression {
  const tree = once(() => parseExpression(text));
  const unsupported = once(() => refuseDeepNesting(() => unsupportedReferences(tree())));
  return {
    tree,
    unsupported,
    compiled: once(() => refuseDeepNesting(() => compileExpression(tree()))),
  };
}

/**
 * The expressions of one definition, each parsed and compiled once, however often it stands there, and ahead of the definition if
 * somebody wants to do it bit by bit: parsing takes about a tenth of a millisecond for each.
 */
export class PreparedExpressions {
  readonly #prepared = new Map<string, PreparedExpression>();

  get(text: string): PreparedExpression {
    let prepared = this.#prepared.get(text);
    if (prepared === undefined) this.#prepared.set(text, (prepared = prepareExpression(text)));
    return prepared;
  }

  /** Does the work now. What is wrong with the expression is said when it is compiled where it stands. */
  prepare(text: string): void {
    const prepared = this.get(text);
    try {
      prepared.unsupported();
      prepared.compiled();
    } catch (thrown) {
      if (!(thrown instanceof ExpressionSyntaxError)) throw thrown;
    }
  }
}

/** What `make` returns, or throws, the first time. */
function once<T>(make: () => T): () => T {
  let outcome: { readonly value: T } | { readonly thrown: unknown } | undefined;
  return () => {
    outcome ??= outcomeOf(make);
    if ("thrown" in outcome) throw outcome.thrown;
    return outcome.value;
  };
}

function outcomeOf<T>(make: () => T): { readonly value: T } | { readonly thrown: unknown } {
  try {
    return { value: make() };
  } catch (thrown) {
    return { thrown };
  }
}
