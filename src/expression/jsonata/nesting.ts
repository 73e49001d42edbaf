import { boundError } from "./jsonata-error.ts";
import { maxDepth } from "./limits.ts";
import type { Evaluate } from "./nodes/evaluate.ts";
import type { SyntaxNode } from "./syntax-tree.ts";

/**
 * What is evaluated as one, from a depth that is known when it begins: the whole expression, or the body of a
 * function.
 */
export class Body {
  readonly isFunction: boolean;
  /** How deep evaluating it goes at least, counted from where it begins. */
  certainDepth = 0;

  constructor(isFunction: boolean) {
    this.isFunction = isFunction;
  }
}

/**
 * Where a node stands in its body: evaluations within evaluations are counted, as AWS and the package count
 * them, and may be {@link maxDepth} deep.
 *
 * That only has to be looked at in nodes without others in them (an inner node is never evaluated without one
 * of those), and only where the body may go deeper than it is certain to: the rest is seen when it begins.
 */
export class Nesting {
  readonly body: Body;
  readonly depth: number;
  /** Whether it is evaluated whenever its body is. */
  readonly isCertain: boolean;

  constructor(body: Body, depth = 1, isCertain = true) {
    this.body = body;
    this.depth = depth;
    this.isCertain = isCertain;
  }

  /** That of a node within this one. */
  of(child: SyntaxNode, parent: SyntaxNode): Nesting {
    const isCertain = this.isCertain && isAlwaysEvaluated(child, parent);
    return new Nesting(this.body, this.depth + 1, isCertain);
  }

  get deeper(): Nesting {
    return new Nesting(this.body, this.depth + 1, this.isCertain);
  }

  /** `evaluate`, for a node with no others in it, where it looks at its depth. */
  bounded(evaluate: Evaluate): Evaluate {
    const { body, depth, isCertain } = this;
    if (isCertain) body.certainDepth = Math.max(body.certainDepth, depth);
    if (depth <= body.certainDepth) return evaluate;
    if (!body.isFunction && depth <= maxDepth) return evaluate;
    return (input, frame, run) => {
      if (run.depth + depth > maxDepth) throw boundError("depth");
      return evaluate(input, frame, run);
    };
  }
}

/** No more than is worth knowing: what most bodies of functions are made of. */
function isAlwaysEvaluated(child: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.predicate !== undefined) return false;
  switch (parent.type) {
    case "path":
      return child === parent.steps[0];
    case "binary":
      return child === parent.lhs || (parent.value !== "and" && parent.value !== "or");
    case "condition":
      return child === parent.condition;
    case "unary":
      return parent.value !== "{" || parent.lhs.every(([key]) => key.type === "string");
    case "block":
    case "function":
    case "bind":
      return parent.group === undefined;
    default:
      return false;
  }
}
