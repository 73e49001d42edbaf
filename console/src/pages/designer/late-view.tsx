import { useDeferredValue, type ReactNode } from "react";
import { graphIndex } from "../../designer/edits/graph-index.ts";
import type { DesignerView } from "./designer-store.ts";
import { LateViewContext, useDesignerView } from "./use-designer.ts";

/**
 * What is in it sees another selection a moment later, so that the canvas has its picture first: the fields of a state are many times
 * as much work as its card. Where the selection stays, nothing is late, and who types sees each letter.
 */
export function LateView({
  className,
  children,
}: {
  readonly className: string;
  readonly children: ReactNode;
}) {
  const view = useDesignerView(whole);
  const before = useDeferredValue(view);
  const isLate = isOtherSelection(before, view);
  return (
    <div aria-busy={isLate} className={className}>
      <LateViewContext value={isLate ? before : view}>{children}</LateViewContext>
    </div>
  );
}

function whole(view: DesignerView): DesignerView {
  return view;
}

/** Another selection, or one of which something is gone: who undoes is about to see what was selected before. */
function isOtherSelection(before: DesignerView, view: DesignerView): boolean {
  if (before === view) return false;
  const { states } = graphIndex(view.readable);
  return (
    before.selected !== view.selected ||
    before.edge !== view.edge ||
    view.selected.some((key) => !states.has(key))
  );
}
