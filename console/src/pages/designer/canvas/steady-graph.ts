import { useEffect, useRef, useState } from "react";
import { graphIndex, type GraphIndex } from "../../../designer/edits/graph-index.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { GraphLayout } from "../../../graph/layout.ts";
import { graphModel, type GraphModel, type NodeKey } from "../../../graph/model.ts";
import { layoutOf } from "../../../graph/view/use-layout.ts";
import { provisionalLayout } from "./provisional-layout.ts";
import { collapsedCounts, withCollapsed } from "./collapsed.ts";

/** A definition as it is drawn: all of one moment. */
export interface SteadyGraph {
  readonly document: DefinitionDocument;
  readonly index: GraphIndex;
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  /** The places are only for now: it is still being laid out. */
  readonly isProvisional: boolean;
  /** How many states are in each collapsed container. */
  readonly collapsed: ReadonlyMap<NodeKey, number>;
}

/** Our choice: ELK needs up to a second for 120 states of one scope, and an edit is to be seen within 150 ms. */
const mostElkNodes = 40;
/** Our choice: what is laid out in this time is shown as it is to stay. */
const patienceMs = 20;

/**
 * The graph of a document. Until that of a newer one is laid out, the one before stays; while one is being laid out, only the
 * newest of those that come meanwhile is kept.
 */
export function useSteadyGraph(
  document: DefinitionDocument,
  collapsed: ReadonlySet<NodeKey>,
): { readonly graph: SteadyGraph | undefined; readonly problem: string | undefined } {
  const [graph, setGraph] = useState<SteadyGraph>();
  const [problem, setProblem] = useState<string>();
  const wanted = useRef<{ document: DefinitionDocument; collapsed: ReadonlySet<NodeKey> }>(
    undefined,
  );
  const latest = useRef<SteadyGraph>(undefined);
  const isBusy = useRef(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  useEffect(() => {
    wanted.current = { document, collapsed };
    if (isBusy.current) return;
    isBusy.current = true;
    void (async () => {
      while (wanted.current !== undefined && isThere.current) {
        const next = wanted.current;
        wanted.current = undefined;
        const index = graphIndex(next.document);
        const value = withCollapsed(next.document.value, index, next.collapsed);
        const model = graphModel(value);
        const show = (layout: GraphLayout, isProvisional: boolean): void => {
          const counts = collapsedCounts(index, next.collapsed);
          const drawn = { document: next.document, index, model, layout };
          const shown = { ...drawn, isProvisional, collapsed: counts };
          latest.current = shown;
          setGraph(shown);
        };
        const { current: before } = latest;
        const timer = setTimeout(() => {
          const layout = before && provisionalLayout(before.layout, model);
          if (layout !== undefined) show(layout, true);
        }, patienceMs);
        const made = await layoutOf(value, undefined, mostElkNodes);
        clearTimeout(timer);
        if (!isThere.current) break;
        if ("problem" in made) setProblem(made.problem);
        else {
          setProblem(undefined);
          show(made.layout, false);
        }
      }
      isBusy.current = false;
    })();
  }, [document, collapsed]);
  return { graph, problem };
}
