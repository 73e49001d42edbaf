import { useCallback, useState } from "react";
import { useDesigner } from "../use-designer.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { CodeTools } from "./code-tools.tsx";
import { namedState, usesOf } from "./state-places.ts";
import { useCodeHelp } from "./use-code-help.ts";
import { useCodeView } from "./use-code-view.ts";
import { useDifference } from "./use-difference.ts";
import { useLint } from "./use-lint.ts";
import { useSameSelection } from "./use-same-selection.ts";
import { UsesList, type Uses } from "./uses-list.tsx";

/** The text, edited by keys. It shows the store's state, and gives it each transaction. */
export function CodePane() {
  const { store } = useDesigner();
  const [isDifference, setDifference] = useState(false);
  const [uses, setUses] = useState<Uses | undefined>();
  const showUses = useCallback(() => {
    store.read();
    const { document, editor } = store.view;
    if (document.faults.length > 0) return false;
    const state = namedState(document, editor.selection.main.head);
    if (state === undefined) return false;
    setUses({ name: state.name, list: usesOf(document, state) });
    return true;
  }, [store]);
  const help = useCodeHelp(showUses);
  const { parent, view } = useCodeView(store, help);
  useLint();
  useDifference(isDifference);
  useSameSelection(store);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex shrink-0 items-center gap-1 border-b border-line px-2 py-0.5">
        <Breadcrumbs />
        <CodeTools view={view} isDifference={isDifference} onDifference={setDifference} />
      </div>
      <div ref={parent} className="min-h-0 grow overflow-hidden" />
      {uses && <UsesList uses={uses} onClose={() => setUses(undefined)} />}
    </div>
  );
}
