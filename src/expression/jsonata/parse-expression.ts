import jsonata from "jsonata";
import { ExpressionSyntaxError, type TextPlace } from "../evaluation.ts";
import { defaultOperatorDepth } from "./default-operator-depth.ts";
import { maxDefaultOperatorDepth, maxExpressionLength, maxPathLength } from "./limits.ts";
import { pathLength } from "./path-length.ts";
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
  if (text.length > maxPathLength && pathLength(text) > maxPathLength) {
    throw new ExpressionSyntaxError(`A path has more than ${maxPathLength} steps`);
  }
  return refuseDeepNesting(() => {
    try {
      return jsonata(text).ast() as unknown as SyntaxNode;
    } catch (thrown) {
      if (thrown instanceof RangeError) throw thrown;
      // The parser throws plain objects.
      const { message, ...details } = thrown as Thrown;
      throw new ExpressionSyntaxError(String(message), placeOf(details, text));
    }
  });
}

interface Thrown {
  readonly message?: unknown;
  /** Where the token ends that the parser has stopped at. */
  readonly position?: unknown;
  readonly token?: unknown;
}

function placeOf({ position, token }: Thrown, text: string): TextPlace | undefined {
  if (typeof position !== "number") return undefined;
  const to = Math.min(position, text.length);
  const from = typeof token === "string" ? to - token.length : to;
  return { from: from >= 0 && text.slice(from, to) === token ? from : to, to };
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
