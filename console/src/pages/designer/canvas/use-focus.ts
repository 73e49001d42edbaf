import { useCallback, useEffect, useRef, type RefObject } from "react";
import type { DesignerStore } from "../designer-store.ts";
import type { SteadyGraph } from "./steady-graph.ts";
import type { Spot } from "./arrow-steps.ts";

/** Where the focus is to go once it is drawn: edits and arrows lead to cards that may not be there yet. */
export function useFocus(
  area: RefObject<HTMLElement | null>,
  graph: SteadyGraph | undefined,
  store: DesignerStore,
) {
  const isWanted = useRef(false);
  useEffect(() => {
    const { selected, readable, edge } = store.view;
    if (!isWanted.current || graph === undefined || graph.document !== readable) return;
    const spot: Spot | undefined =
      edge !== undefined
        ? { point: `edge:${edge}` }
        : selected[0] === undefined
          ? undefined
          : { key: selected[0] };
    const element = spot === undefined ? area.current : elementOf(area.current, spot);
    if (element === null) return;
    isWanted.current = false;
    element.focus({ preventScroll: true });
  });
  /** What is selected is to have the focus, once it is drawn. */
  return useCallback(() => {
    isWanted.current = true;
  }, []);
}

export function elementOf(area: HTMLElement | null, spot: Spot): HTMLElement | null {
  const selector =
    "key" in spot
      ? `[data-key="${CSS.escape(spot.key)}"]`
      : `[data-point="${CSS.escape(spot.point)}"]`;
  return area?.querySelector<HTMLElement>(selector) ?? null;
}
