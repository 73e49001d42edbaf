import { useEffect, useRef } from "react";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerStore } from "../designer-store.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** Our choice: further back nobody remembers. */
const mostKept = 30;

/**
 * When all that was selected is gone, as after an undo, what was selected before is selected again, so that the keys go on from
 * there. `onKept` is told.
 */
export function useKeptSelection(
  store: DesignerStore,
  graph: SteadyGraph | undefined,
  selected: readonly NodeKey[],
  onKept: () => void,
): void {
  const earlier = useRef<readonly (readonly NodeKey[])[]>([]);
  useEffect(() => {
    if (selected.length > 0) earlier.current = [...earlier.current, selected].slice(-mostKept);
  }, [selected]);
  useEffect(() => {
    if (graph === undefined || graph.document !== store.view.readable) return;
    const isThere = (key: NodeKey): boolean => graph.index.states.has(key);
    const chosen = store.view.selected;
    if (chosen.length === 0 || chosen.some(isThere)) return;
    const kept = earlier.current.findLast((keys) => keys.every(isThere));
    store.select(kept ?? []);
    if (document.activeElement === document.body) onKept();
  }, [graph, store, onKept]);
}
