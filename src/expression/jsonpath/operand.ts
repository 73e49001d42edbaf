import type { JsonValue } from "../json.ts";
import { follow, memberChain } from "./member-chain.ts";
import { isDefinite, type FilterOperand, type InnerPath } from "./path-syntax.ts";
import { newSelection, type CompileVisit, type Selection } from "./selection.ts";

/** The value of an operand for one item of a filter; `undefined` where its path finds nothing. */
export type Operand = (item: JsonValue, selection: Selection) => JsonValue | undefined;

export function compileOperand(operand: FilterOperand, compileVisit: CompileVisit): Operand {
  switch (operand.type) {
    case "literal":
      return () => operand.value;
    case "path":
      return compileInnerPath(operand.path, compileVisit);
    case "pattern":
      return () => undefined;
  }
}

/** Whether a path in a filter leads somewhere, for `[?(@.name)]`; a null there is something. */
export function compileExists(
  path: InnerPath,
  compileVisit: CompileVisit,
): (item: JsonValue, selection: Selection) => boolean {
  const visit = compileVisit(path.segments);
  const definite = isDefinite(path.segments);
  return (item, selection) => {
    const inner = newSelection(selection.document, selection.budget);
    visit(path.from === "item" ? item : selection.document, inner);
    return !inner.incomplete && (!definite || inner.found.length > 0);
  };
}

function compileInnerPath(path: InnerPath, compileVisit: CompileVisit): Operand {
  const fromItem = path.from === "item";
  const steps = memberChain(path.segments);
  if (steps !== undefined) {
    return (item, selection) => follow(fromItem ? item : selection.document, steps);
  }
  const visit = compileVisit(path.segments);
  const definite = isDefinite(path.segments);
  return (item, selection) => {
    const inner = newSelection(selection.document, selection.budget);
    visit(fromItem ? item : selection.document, inner);
    return definite ? inner.found[0] : inner.found;
  };
}
