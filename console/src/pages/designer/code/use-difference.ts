import { unifiedMergeView } from "@codemirror/merge";
import { useEffect } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { codeParts } from "./code-extensions.ts";

/** Shows within the text what is not as it is saved, while it is on. */
export function useDifference(isOn: boolean): void {
  const { code } = useDesignerText();
  const { store } = useDesigner();
  const base = useDesignerView((view) => view.base);
  useEffect(() => {
    if (!isOn) return undefined;
    const difference = unifiedMergeView({
      original: base,
      mergeControls: (type, action) => mergeControl(type, action, code.takeBack),
      highlightChanges: true,
      collapseUnchanged: { margin: 3, minSize: 8 },
      // Texts of a megabyte that differ everywhere are not compared letter by letter.
      diffConfig: { scanLimit: 500, timeout: 200 },
    });
    store.dispatch({ effects: codeParts.difference.reconfigure(difference) });
    return () => store.dispatch({ effects: codeParts.difference.reconfigure([]) });
  }, [isOn, store, base, code]);
}

/** A change can be taken back. Nothing can be accepted: what is saved is changed by saving. */
function mergeControl(
  type: "accept" | "reject",
  action: (event: MouseEvent) => void,
  words: string,
): HTMLElement {
  if (type === "accept") return document.createElement("span");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cm-take-back";
  button.textContent = words;
  // The package's own buttons listen to the same: the editor keeps its focus.
  button.addEventListener("mousedown", action);
  return button;
}
