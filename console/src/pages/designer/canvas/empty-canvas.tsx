import { Plus } from "lucide-react";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import type { CanvasItem } from "./canvas-item.ts";

/** What most workflows begin with. */
const first = [
  "pattern:task",
  "pattern:choice",
  "pattern:map",
  "pattern:askPerson",
  "pattern:pollLoop",
  "pattern:wait",
];

/** What a canvas without states says: how to begin, and with what. */
export function EmptyCanvas({
  items,
  onPick,
  onMore,
}: {
  readonly items: readonly CanvasItem[];
  readonly onPick: (item: CanvasItem) => void;
  readonly onMore: () => void;
}) {
  const text = useDesignerText().canvas;
  const offered = first.flatMap((id) => items.find((item) => item.id === id) ?? []);
  return (
    <div className="pointer-events-none absolute inset-0 grid overflow-auto p-4">
      <section className="pointer-events-auto m-auto max-w-lg rounded-2xl border border-dashed border-line-strong bg-surface/90 p-6 text-center">
        <h2 className="text-[17px] font-semibold">{text.emptyTitle}</h2>
        <p className="mx-auto mt-1.5 max-w-sm text-[13px] text-dim">{text.emptyText}</p>
        <ul className="mt-5 grid grid-cols-1 gap-2 text-left sm:grid-cols-2">
          {offered.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                onClick={() => onPick(item)}
                className="flex w-full cursor-pointer items-center gap-3 rounded-lg border border-line bg-surface px-3 py-2 text-left transition-colors hover:border-accent hover:bg-accent-soft"
              >
                <span className="grid h-8 w-8 shrink-0 place-items-center rounded-md bg-sunken text-dim">
                  <StateIcon type={item.type} resource={item.resource} />
                </span>
                <span className="min-w-0">
                  <span className="block truncate text-[13px] font-semibold">{item.name}</span>
                  <span className="block truncate text-xs text-dim">{item.detail}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        <Button look="primary" className="mt-4" onPress={onMore}>
          <Plus aria-hidden size={14} />
          {text.emptyMore}
        </Button>
      </section>
    </div>
  );
}
