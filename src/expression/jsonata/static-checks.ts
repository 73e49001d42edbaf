import type { SyntaxNode } from "./syntax-tree.ts";

/** What of `$states` a field may read beside `input` and `context`. */
export type StatesMember = "result" | "errorOutput";

/** A reference, and the member of `$states` that it is to: some fields may read it. */
export interface UnsupportedReference {
  readonly message: string;
  readonly member?: string;
}

/**
 * What an expression refers to that Step Functions does not have, as the diagnostics
 * `UNSUPPORTED_JSONATA_EXPRESSION` of AWS word it. *Observed.*
 *
 * An expression has no input document: a name, or `$`, is refused where it would be looked up in one. In a
 * predicate, a later step or a sort term there is a context item; a lambda's body has that of the lambda. `$$`
 * is refused everywhere.
 */
export function unsupportedReferences(tree: SyntaxNode): readonly UnsupportedReference[] {
  const found: UnsupportedReference[] = [];
  const refuse = (message: string) => found.push({ message });

  const visit = (node: SyntaxNode, hasContext: boolean): void => {
    const same = (child: SyntaxNode) => visit(child, hasContext);
    const inContext = (child: SyntaxNode) => visit(child, true);
    for (const filter of node.predicate ?? []) inContext(filter.expr);
    for (const stage of node.stages ?? []) if (stage.type === "filter") inContext(stage.expr);
    for (const pair of node.group?.lhs ?? []) pair.forEach(inContext);
    if (node.type === "path") {
      const [first, second, ...rest] = node.steps;
      if (first !== undefined) same(first);
      if (second !== undefined) inContext(second);
      rest.forEach(inContext);
      const isStates = first?.type === "variable" && first.value === "states";
      if (isStates && second?.type === "name" && !everyField.has(second.value)) {
        const { value } = second;
        found.push({ message: `Field '$states.${value}' does not exist.`, member: value });
      }
    } else if (node.type === "name") {
      if (!hasContext) refuse(topLevel(node.value));
    } else if (node.type === "variable") {
      if (node.value === "$") refuse("Reference to '$$' is not supported.");
      else if (node.value === "" && !hasContext) refuse(topLevel("$"));
    } else if (node.type === "bind") {
      if (node.lhs.value === "states") refuse("Reference to '$states' cannot be assigned.");
      same(node.rhs);
    } else if (node.type === "transform") {
      [node.pattern, node.update].forEach(inContext);
      if (node.delete !== undefined) inContext(node.delete);
    } else if (node.type === "sort") {
      for (const term of node.terms) inContext(term.expression);
    } else childrenOf(node).forEach(same);
  };
  visit(tree, false);
  return found;
}

/** What `$states` has in every field. */
const everyField: ReadonlySet<string> = new Set(["input", "context"]);

function topLevel(name: string): string {
  return `Reference to '${name}' at the top level is not supported.`;
}

/** The parts of a node that are evaluated with the node's own context item. */
function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === "binary" || node.type === "apply") return [node.lhs, node.rhs];
  if (node.type === "unary") {
    if (node.value === "-") return [node.expression];
    return node.value === "[" ? node.expressions : node.lhs.flat();
  }
  if (node.type === "condition") {
    return [node.condition, node.then, ...(node.else === undefined ? [] : [node.else])];
  }
  if (node.type === "block") return node.expressions;
  if (node.type === "function" || node.type === "partial") {
    return [node.procedure, ...node.arguments];
  }
  return node.type === "lambda" ? [node.body] : [];
}
