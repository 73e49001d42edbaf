import { compileArray } from "./nodes/array.ts";
import { compileBlock, compileCondition } from "./nodes/block.ts";
import { compileApply, compileCall, compilePartial, compileTailCall } from "./nodes/call.ts";
import type { Evaluate } from "./nodes/evaluate.ts";
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

/** Compiles a node with its predicates and its grouping. */
export function compileNode(node: SyntaxNode, scope: Scope): Evaluate {
  if (node.type === "path") return compileCore(node, scope);
  const isLookedAt = node.predicate !== undefined || node.group !== undefined;
  const core = compileCore(isLookedAt ? withoutTailCalls(node) : node, scope);
  const filters = (node.predicate ?? []).map(({ expr }) => compileFilter(expr, scope, compileNode));
  const group =
    node.group === undefined ? undefined : compileGroup(node.group.lhs, scope, compileNode);
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

function compileCore(node: SyntaxNode, scope: Scope): Evaluate {
  switch (node.type) {
    case "path":
      return node.steps.some((step) => step.tuple === true)
        ? compileTuplePath(node, scope, compileNode)
        : compilePath(node, scope, compileNode);
    case "binary":
      return compileBinary(node, scope, compileNode);
    case "unary":
      if (node.value === "-") return compileNegation(node, scope, compileNode);
      return node.value === "["
        ? compileArray(node, scope, compileNode)
        : compileGroup(node.lhs, scope, compileNode);
    case "name":
      return compileName(node.value);
    case "string":
    case "number":
    case "value":
      return compileLiteral(node);
    case "wildcard":
      return compileWildcard();
    case "descendant":
      return compileDescendants();
    case "parent":
      return compileParent(node.slot.label, scope);
    case "condition":
      return compileCondition(node, scope, compileNode);
    case "block":
      return compileBlock(node, scope, compileNode);
    case "bind":
      return compileBind(node, scope, compileNode);
    case "regex":
      return compileRegex(node);
    case "function":
      return compileCall(node, scope, compileNode);
    case "partial":
      return compilePartial(node, scope, compileNode);
    case "variable":
      return compileVariable(node, scope);
    case "lambda":
      return node.thunk === true
        ? compileTailCall(node, scope, compileNode)
        : compileLambda(node, scope, compileNode);
    case "apply":
      return compileApply(node, scope, compileNode);
    case "transform":
      return compileTransform(node, scope, compileNode);
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
