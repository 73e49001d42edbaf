import { Scope } from "../scope.ts";
import type { BlockNode, ConditionNode, SyntaxNode } from "../syntax-tree.ts";
import { isTruthy } from "../coercion.ts";
import type { Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { withoutTailCalls } from "./tail-calls.ts";

/** `(…; …)`: a frame of its own, the value of the last expression. */
export function compileBlock(node: BlockNode, scope: Scope, compile: Compile): Evaluate {
  const inner = new Scope(scope);
  const expressions = node.expressions.map((expression) => compile(expression, inner));
  const [only] = expressions;
  if (inner.isEmpty && expressions.length === 1 && only !== undefined) return only;
  return (input, frame, run) => {
    const own = inner.isEmpty ? frame : inner.newFrame(frame);
    let value: Value;
    for (const expression of expressions) value = expression(input, own, run);
    return value;
  };
}

export function compileCondition(node: ConditionNode, scope: Scope, compile: Compile): Evaluate {
  const operator = defaultOperator(node);
  if (operator !== undefined) {
    // `a ?? b` has `a` in `$exists(a)`.
    const { deeper } = compile.nesting;
    const place = operator === "??" ? deeper.deeper : deeper;
    const left = compile.at(place)(withoutTailCalls(node.then), scope);
    const otherwise = compileElse(node, scope, compile);
    const isPresent = operator === "??" ? (value: Value) => value !== undefined : isTruthy;
    return (input, frame, run) => {
      const value = left(input, frame, run);
      return isPresent(value, run) ? value : otherwise(input, frame, run);
    };
  }
  const condition = compile(node.condition, scope);
  const then = compile(node.then, scope);
  const otherwise = compileElse(node, scope, compile);
  return (input, frame, run) =>
    isTruthy(condition(input, frame, run), run)
      ? then(input, frame, run)
      : otherwise(input, frame, run);
}

function compileElse(node: ConditionNode, scope: Scope, compile: Compile): Evaluate {
  return node.else === undefined ? () => undefined : compile(node.else, scope);
}

/**
 * Whether a condition was written `a ?? b` or `a ?: b`. The parser makes `$exists(a) ? a : b` and
 * `a ? a : b` of them, with a copy of `a` made through JSON, in which regular expressions are lost; here `a`
 * is evaluated once.
 */
function defaultOperator({ condition, then }: ConditionNode): "??" | "?:" | undefined {
  if (condition.type === "function" && condition.position === undefined) return "??";
  const position = firstPosition(condition);
  return position !== undefined && position === firstPosition(then) ? "?:" : undefined;
}

/** Position of the first node with one; nodes that the parser makes up, such as paths, have none. */
function firstPosition(node: SyntaxNode): number | undefined {
  if (node.position !== undefined) return node.position;
  return node.type === "path" && node.steps[0] !== undefined
    ? firstPosition(node.steps[0])
    : undefined;
}
