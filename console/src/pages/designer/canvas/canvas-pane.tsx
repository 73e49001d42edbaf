import { FlowGraph } from "../../../graph/flow-graph.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";

/** The graph of the text, edited by hand. */
export function CanvasPane() {
  const { store } = useDesigner();
  const value = useDesignerView((view) => view.readable.value);
  const selected = useDesignerView((view) => view.selected[0]);
  return (
    <FlowGraph
      definition={JSON.stringify(value ?? {})}
      selected={selected}
      onSelect={(key) => store.select([key])}
      className="h-full"
    />
  );
}
