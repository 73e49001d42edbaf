import { Check, Minus } from "lucide-react";
import type { CaseRunView } from "../../../../../../src/console/view-types.ts";
import type { GraphEdge, NodeKey } from "../../../../graph/model.ts";
import type { GraphDecoration, GraphMark } from "../../../../graph/view/graph-mark.ts";

/** Marks on the graph: which states and ways the cases have gone. */
export function coverageMarks(
  { states, edges }: CaseRunView["coverage"],
  words: { readonly isCovered: string; readonly isUncovered: string },
): GraphDecoration {
  const covered: GraphMark = {
    tone: "ok",
    sign: <Check aria-hidden size={14} className="shrink-0 text-ok" />,
    word: words.isCovered,
  };
  const uncovered: GraphMark = {
    tone: "off",
    sign: <Minus aria-hidden size={14} className="shrink-0 text-off" />,
    word: words.isUncovered,
  };
  const entered = new Set<NodeKey>();
  const marks = new Map<NodeKey, GraphMark>();
  for (const { key, cases } of states) {
    if (cases.length > 0) entered.add(key);
    marks.set(key, cases.length > 0 ? covered : uncovered);
  }
  const gone = new Set(edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`));
  const left = new Set(edges.map(({ from }) => from));
  const isGone = ({ kind, source, target }: GraphEdge) => {
    if (kind === "start") return entered.has(target);
    // Of a state that ends the workflow no way is told: it has been gone if nothing else was.
    if (kind === "end") return entered.has(source) && !left.has(source);
    return gone.has(`${kind === "catch" ? "catch" : "next"} ${source} ${target}`);
  };
  return { marks, toneOfEdge: (edge) => (isGone(edge) ? "ok" : undefined) };
}
