import { endKey, type NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { edited } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import { refuse, stateAt } from "./graph-index.ts";
import { lead, wayAt, type EdgeRef, type Target, type Way } from "./ways.ts";

/**
 * Lets an edge end somewhere else in its scope: at a state, at the end of the scope ("end", or the key of the pill; of a `Next`
 * only), or nowhere ("nothing"). An edge that is not drawn, because it names nothing yet, is named by its state and end.
 */
export function retarget(
  document: DefinitionDocument,
  edge: EdgeRef,
  target: NodeKey | "end" | "nothing",
): EditResult {
  return edited(document, (draft) => {
    const { index } = draft;
    const way = wayAt(index, edge);
    const wanted = targetOf(way, target === endKey ? "end" : target, (key) => stateAt(index, key));
    draft.batch((batch) => lead(batch, way, wanted));
    const select = way.state ?? way.scope.states.get(typeof wanted === "string" ? "" : wanted.name);
    return { select: select === undefined ? [] : [select.path] };
  });
}

function targetOf(
  { kind, scope, state }: Way,
  target: string,
  find: (key: NodeKey) => ReturnType<typeof stateAt>,
): Target {
  if (target === "nothing") return target;
  if (target === "end") {
    if (kind === "next") return target;
    return refuse("notOfThisType", { key: state?.key ?? scope.key });
  }
  const to = find(target);
  return to.scope === scope ? { name: to.name } : refuse("otherScope", { key: to.key });
}
