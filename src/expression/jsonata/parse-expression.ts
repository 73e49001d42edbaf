import jsonata from "jsonata";
import { ExpressionSyntaxError } from "../evaluation.ts";
import { defaultOperatorDepth } from "./default-operator-depth.ts";
import { maxDefaultOperatorDepth, maxExpressionLength } from "./limits.ts";
import type { SyntaxNode } from "./syntax-tree.ts";

/**
 * Parses an expression. Throws an ExpressionSyntaxError with JSONata's message, without its code, as AWS words
 * the diagnostic `INVALID_JSONATA_EXPRESSION`. *Observed.*
 */
export function parseExpression(text: string): SyntaxNode {
  if (text.length > maxExpressionLength) {
    throw new ExpressionSyntaxError(
      `The expression is longer than ${maxExpressionLength} characters`,
    );
  }
  if (defaultOperatorDepth(text) > maxDefaultOperatorDepth) {
    throw new ExpressionSyntaxError(
      `The operators ?: and ?? are nested more than ${maxDefaultOperatorDepth} deep on their left side`,
    );
  }
  return refuseDeepNesting(() => {
    try {
      return jsonata(text).ast() as unknown as SyntaxNode;
    } catch (thrown) {
      if (thrown instanceof RangeError) throw thrown;
      // The parser throws plain objects.
      throw new ExpressionSyntaxError(String((thrown as { readonly message?: unknown }).message));
    }
  });
}

/** Runs something that recurses along an expression's tree: what exhausts the stack is no expression. */
export function refuseDeepNesting<T>(recurse: () => T): T {
  try {
    return recurse();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new ExpressionSyntaxError("The expression is nested too deeply");
  }
}
