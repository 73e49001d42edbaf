import type { Nesting } from "./nesting.ts";
import { compileArray } from "./nodes/array.ts";
import { compileBlock, compileCondition } from "./nodes/block.ts";
import { compileApply, compileCall, compilePartial, compileTailCall } from "./nodes/call.ts";
import type { Compile, Evaluate } from "./nodes/evaluate.ts";
import { compileFilter, filterAll } from "./nodes/filter.ts";
import { compileGroup } from "./nodes/group.ts";
import { compileLambda } from "./nodes/lambda.ts";
import { compileLiteral } from "./nodes/literal.ts";
import { compileName } from "./nodes/name.ts";
import { compileBinary, compileNegation } from "./nodes/operators.ts";
import { compilePath } from "./nodes/path.ts";
import { compileRegex } from "./nodes/regex.ts";
import { withoutTailCalls } from "./nodes/tail-calls.ts";
import { compileTransform } from "./nodes/transform.ts";
import { compileTuplePath } from "./nodes/tuple-path.ts";
import { compileBind, compileVariable } from "./nodes/variable.ts";
import { compileDescendants, compileWildcard } from "./nodes/wildcard.ts";
import type { Scope } from "./scope.ts";
import type { SyntaxNode } from "./syntax-tree.ts";
import { settle } from "./value.ts";

/** Compiles a node that stands at `nesting`, with its predicates and its grouping. */
export function compileNode(nesting: Nesting, node: SyntaxNode, scope: Scope): Evaluate {
  const compile = compilerIn(nesting, (child) => nesting.of(child, node));
  if (node.type === "path") return compileCore(node, scope, compile);
  const isLookedAt = node.predicate !== undefined || node.group !== undefined;
  const core = compileCore(isLookedAt ? withoutTailCalls(node) : node, scope, compile);
  const filters = (node.predicate ?? []).map(({ expr }) => compileFilter(expr, scope, compile));
  const group = node.group === undefined ? undefined : compileGroup(node.group.lhs, scope, compile);
  const keep = node.keepArray === true;
  if (group !== undefined) {
    return (input, frame, run) =>
      group(filterAll(filters, core(input, frame, run), frame, run), frame, run);
  }
  if (filters.length > 0) {
    return (input, frame, run) =>
      settle(filterAll(filters, core(input, frame, run), frame, run), keep);
  }
  return mayBeUnsettled(node) ? (input, frame, run) => settle(core(input, frame, run), keep) : core;
}

/** Compiles what stands in the node at `nesting`. */
function compilerIn(nesting: Nesting, placeOf: (child: SyntaxNode) => Nesting): Compile {
  const compile = (child: SyntaxNode, scope: Scope) => compileNode(placeOf(child), child, scope);
  return Object.assign(compile, {
    nesting,
    at: (place: Nesting) => compilerIn(nesting, () => place),
  });
}

/** Whether a node's own result may be a sequence of no or one item: a call in tail position leaves it so. */
function mayBeUnsettled(node: SyntaxNode): boolean {
  return unsettled.has(node.type) || (node.type === "binary" && node.value === "..");
}

const unsettled: ReadonlySet<SyntaxNode["type"]> = new Set([
  "function",
  "apply",
  "wildcard",
  "descendant",
  "variable",
  "block",
  "condition",
  "bind",
] as const);

function compileCore(node: SyntaxNode, scope: Scope, compile: Compile): Evaluate {
  const { nesting } = compile;
  /** Without nodes in it, one that could have some looks at its depth itself. */
  const orEmpty = (children: readonly unknown[], evaluate: Evaluate) =>
    children.length === 0 ? nesting.bounded(evaluate) : evaluate;
  switch (node.type) {
    case "path":
      return node.steps.some((step) => step.tuple === true)
        ? compileTuplePath(node, scope, compile)
        : compilePath(node, scope, compile);
    case "binary":
      return compileBinary(node, scope, compile);
    case "unary":
      if (node.value === "-") return compileNegation(node, scope, compile);
      return node.value === "["
        ? orEmpty(node.expressions, compileArray(node, scope, compile))
        : orEmpty(node.lhs, compileGroup(node.lhs, scope, compile));
    case "name":
      return nesting.bounded(compileName(node.value));
    case "string":
    case "number":
    case "value":
      return nesting.bounded(compileLiteral(node));
    case "wildcard":
      return nesting.bounded(compileWildcard());
    case "descendant":
      return nesting.bounded(compileDescendants());
    case "parent":
      return nesting.bounded(compileParent(node.slot.label, scope));
    case "condition":
      return compileCondition(node, scope, compile);
    case "block":
      return orEmpty(node.expressions, compileBlock(node, scope, compile));
    case "bind":
      return compileBind(node, scope, compile);
    case "regex":
      return nesting.bounded(compileRegex(node));
    case "function":
      return compileCall(node, scope, compile);
    case "partial":
      return compilePartial(node, scope, compile);
    case "variable":
      return nesting.bounded(compileVariable(node, scope));
    case "lambda":
      return node.thunk === true
        ? compileTailCall(node, scope, compile)
        : compileLambda(node, scope, compile);
    case "apply":
      return compileApply(node, scope, compile);
    case "transform":
      return compileTransform(node, scope, compile);
    case "sort":
    case "operator":
      throw new Error(`The parser put a ${node.type} where it cannot be compiled.`);
  }
}

/** `%`: what the step that the parser found for it was evaluated with. */
function compileParent(label: string, scope: Scope): Evaluate {
  const read = scope.reference(label, () => undefined);
  return (_, frame, run) => read(frame, run);
}
