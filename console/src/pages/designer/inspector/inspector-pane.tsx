import { useLayoutEffect, useRef } from "react";
import { graphIndex, type StateEntry } from "../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useDesignerView } from "../use-designer.ts";
import { EdgeInspector } from "./edge-inspector.tsx";
import { SelectionInspector } from "./selection-inspector.tsx";
import { StateInspector } from "./state-inspector.tsx";
import { WorkflowInspector } from "./workflow-inspector.tsx";

/** The fields of what is selected: of a state, or of the workflow if none is; of several what can be done with them. */
export function InspectorPane() {
  const text = useDesignerText();
  const selected = useDesignerView((view) => view.selected);
  const readable = useDesignerView((view) => view.readable);
  const isStale = useDesignerView((view) => view.document !== view.readable);
  const edge = useDesignerView((view) => view.edge);
  const { states } = graphIndex(readable);
  const found = selected.flatMap((key): readonly StateEntry[] => {
    const state = states.get(key);
    return state === undefined ? [] : [state];
  });
  const [first, second] = found;
  const pane = useRef<HTMLElement>(null);
  const shown = selected.join("\n");
  // The fields of another state begin at their top.
  useLayoutEffect(() => {
    pane.current?.scrollTo({ top: 0 });
  }, [shown]);
  return (
    <section
      ref={pane}
      aria-label={text.page.inspector}
      // Edits are refused until the text can be read again: the page says so.
      inert={isStale}
      className={`h-full min-h-0 overflow-auto ${isStale ? "opacity-60" : ""}`}
    >
      {first === undefined && edge !== undefined ? (
        <EdgeInspector edge={edge} />
      ) : first === undefined ? (
        <WorkflowInspector />
      ) : second === undefined ? (
        <StateInspector key={first.key} state={first} />
      ) : (
        <SelectionInspector states={found} />
      )}
    </section>
  );
}
