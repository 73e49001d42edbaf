import { ChevronRight } from "lucide-react";
import type { Path } from "../../../designer/document/definition-document.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { goToSpan } from "../problems/go-to-place.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";

/** The way to the cursor: each step leads to its value. */
export function Breadcrumbs() {
  const { code } = useDesignerText();
  const { store } = useDesigner();
  // As text: the same path again is no reason to draw anything.
  const written = useDesignerView(({ document, editor, isBehind }) =>
    isBehind ? "" : JSON.stringify(document.pathAt(editor.selection.main.head)),
  );
  const path = written === "" ? [] : (JSON.parse(written) as Path);
  const go = (length: number) => {
    store.read();
    const part = path.slice(0, length);
    const { document } = store.view;
    const span = document.spanOf(part);
    if (span !== undefined) goToSpan(store, document.keySpanOf(part) ?? span);
  };
  return (
    <nav
      aria-label={code.breadcrumbs}
      className="flex min-w-0 grow items-center overflow-hidden text-xs"
    >
      <ol className="flex min-w-0 items-center">
        {["", ...path].map((part, index) => (
          <li key={index} className="flex min-w-0 shrink items-center last:shrink-0">
            {index > 0 && <ChevronRight aria-hidden size={12} className="shrink-0 text-faint" />}
            <button
              type="button"
              onClick={() => go(index)}
              className="max-w-40 truncate rounded px-1 py-1 text-dim hover:bg-sunken hover:text-text"
            >
              {index === 0 ? code.whole : typeof part === "number" ? `[${part}]` : part}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
