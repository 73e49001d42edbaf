import { unifiedMergeView } from "@codemirror/merge";
import { useEffect } from "react";
import { useDesigner } from "../use-designer.ts";
import { codeParts } from "./code-extensions.ts";

/** Shows within the text what is not as it is saved, while it is on. */
export function useDifference(isOn: boolean): void {
  const { store, workflow } = useDesigner();
  useEffect(() => {
    if (!isOn) return undefined;
    const difference = unifiedMergeView({
      original: workflow.base,
      mergeControls: true,
      highlightChanges: true,
      collapseUnchanged: { margin: 3, minSize: 8 },
      // Texts of a megabyte that differ everywhere are not compared letter by letter.
      diffConfig: { scanLimit: 500, timeout: 200 },
    });
    store.dispatch({ effects: codeParts.difference.reconfigure(difference) });
    return () => store.dispatch({ effects: codeParts.difference.reconfigure([]) });
  }, [isOn, store, workflow]);
}
