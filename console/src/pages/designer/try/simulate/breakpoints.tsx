import { CircleDot, X } from "lucide-react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { IconButton } from "../../../../parts/button.tsx";
import { useDesigner } from "../../use-designer.ts";
import { useTryStore, useTryView } from "../try-store.ts";

/** Where the recording is stopped at. */
export function Breakpoints() {
  const text = useDesignerText().trying.simulate;
  const { store: designer } = useDesigner();
  const tried = useTryStore();
  const breakpoints = useTryView((view) => view.breakpoints);
  return (
    <section
      aria-label={text.breakpoints}
      className="max-h-32 shrink-0 overflow-auto border-t border-line px-3 py-1.5"
    >
      <h4 className="text-xs font-semibold text-dim">{text.breakpoints}</h4>
      {breakpoints.size === 0 ? (
        <p className="text-xs text-dim">{text.noBreakpoints}</p>
      ) : (
        <ul>
          {[...breakpoints].map((key) => (
            <li key={key} className="flex items-center gap-1.5 text-[13px]">
              <CircleDot aria-hidden size={12} className="shrink-0 text-fail" />
              <button
                type="button"
                onClick={() => designer.select([key])}
                className="min-h-7 min-w-0 grow truncate text-left hover:underline"
              >
                {key.slice(1)}
              </button>
              <IconButton
                label={text.removeBreakpoint(key.slice(1))}
                className="h-7! w-7!"
                onPress={() => tried.toggleBreakpoint(key)}
              >
                <X aria-hidden size={13} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
