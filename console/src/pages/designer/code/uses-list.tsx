import { X } from "lucide-react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { IconButton } from "../../../parts/button.tsx";
import { goToPath } from "../problems/go-to-place.ts";
import { useDesigner } from "../use-designer.ts";
import type { Use } from "./state-places.ts";

/** What leads to a state. */
export interface Uses {
  readonly name: string;
  readonly list: readonly Use[];
}

/** The places that name a state; a press leads there. */
export function UsesList({
  uses: { name, list },
  onClose,
}: {
  readonly uses: Uses;
  readonly onClose: () => void;
}) {
  const { code } = useDesignerText();
  const format = useFormat();
  const { store } = useDesigner();
  const { doc } = store.view.editor;
  const title =
    list.length === 0 ? code.noUses(name) : code.usesOf(name, format.number(list.length));
  return (
    <section aria-label={code.uses} className="shrink-0 border-t border-line bg-sunken text-xs">
      <div className="flex items-center gap-2 pl-3">
        <h3 role="status" className="min-w-0 grow truncate font-medium">
          {title}
        </h3>
        <IconButton label={code.closeUses} onPress={onClose}>
          <X aria-hidden size={14} />
        </IconButton>
      </div>
      <ul className="max-h-32 overflow-y-auto">
        {list.map(({ path, from, source }) => (
          <li key={path.join("/")}>
            <button
              type="button"
              onClick={() => goToPath(store, path)}
              className="flex w-full gap-3 px-3 py-1 text-left -outline-offset-2! hover:bg-surface"
            >
              <span className="min-w-0 grow truncate">
                {source ?? code.whole} · {path.slice(-1)}
              </span>
              <span className="text-dim">
                {code.line(format.number(doc.lineAt(Math.min(from, doc.length)).number))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
