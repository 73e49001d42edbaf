import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { useMemo, useState, type PointerEvent } from "react";
import { store as remember, stored } from "../../../app/preferences.ts";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";
import { inputLook } from "../../../parts/field.tsx";
import { foundItems, itemGroups, type CanvasItem, type ItemGroup } from "./canvas-item.ts";
import { recentIds } from "./recent-items.ts";
import type { CanvasItems } from "./use-canvas-items.ts";

interface PaletteProps {
  readonly items: CanvasItems;
  /** A press on one: it may become a drag. */
  readonly onPress: (event: PointerEvent, item: CanvasItem) => void;
  /** It is wanted at the selection. */
  readonly onPick: (item: CanvasItem) => void;
}

/** Our choice: the rest is found by typing. */
const mostRows = 150;

/** What can be put onto the canvas, to be dragged or pressed. */
export function PalettePane(props: PaletteProps) {
  const text = useDesignerText();
  const [isOpen, setOpen] = useState(stored("designer.palette") !== "closed");
  const turn = (open: boolean): void => {
    setOpen(open);
    remember("designer.palette", open ? "open" : "closed");
  };
  if (!isOpen) {
    return (
      <div className="p-1 max-md:hidden">
        <IconButton label={text.canvas.palette.show} onPress={() => turn(true)}>
          <PanelLeftOpen aria-hidden size={15} />
        </IconButton>
      </div>
    );
  }
  return (
    <section
      aria-label={text.page.palette}
      className="flex min-h-0 w-60 grow basis-1/2 flex-col max-md:hidden"
    >
      <Palette {...props} onHide={() => turn(false)} />
    </section>
  );
}

function Palette({
  items,
  onPress,
  onPick,
  onHide,
}: PaletteProps & { readonly onHide: () => void }) {
  const text = useDesignerText().canvas;
  const [group, setGroup] = useState<ItemGroup>("flow");
  const [query, setQuery] = useState("");
  const isSearching = query.trim() !== "";
  const listed = useMemo(
    () => (isSearching ? foundItems(items.all, query) : itemsOf(items.all, group)),
    [items, query, isSearching, group],
  );
  const empty = isSearching
    ? text.palette.none
    : group === "actions" && items.hasFailed
      ? text.creator.failed
      : group === "actions" && items.isLoading
        ? text.creator.loading
        : group === "recent"
          ? text.palette.noRecent
          : text.palette.noWorkflows;
  return (
    <>
      <div className="flex items-center gap-1 p-2 pb-1.5">
        <label className="relative min-w-0 grow">
          <Search aria-hidden size={13} className="absolute top-2.5 left-2.5 text-dim" />
          <input
            type="search"
            aria-label={text.palette.search}
            placeholder={text.palette.placeholder}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className={`h-8 pl-8 ${inputLook}`}
          />
        </label>
        <IconButton label={text.palette.hide} onPress={onHide}>
          <PanelLeftClose aria-hidden size={15} />
        </IconButton>
      </div>
      {!isSearching && (
        <div
          role="group"
          aria-label={text.palette.groups}
          className="flex flex-wrap gap-1 px-2 pb-2"
        >
          {itemGroups.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === group}
              onClick={() => setGroup(each)}
              className={`cursor-pointer rounded-full border px-2.5 py-0.5 text-xs font-medium ${each === group ? "border-transparent bg-accent-soft text-accent" : "border-line text-dim hover:text-text"}`}
            >
              {text.groups[each]}
            </button>
          ))}
        </div>
      )}
      <ul className="min-h-0 grow overflow-y-auto px-2 pb-2">
        {listed.slice(0, mostRows).map((item) => (
          <li key={item.id}>
            <button
              type="button"
              data-item={item.id}
              onPointerDown={(event) => onPress(event, item)}
              onClick={() => onPick(item)}
              className="flex w-full cursor-grab touch-none items-center gap-2.5 rounded-md border border-transparent px-1.5 py-1.5 text-left hover:border-line hover:bg-sunken"
            >
              <span className="grid h-7 w-7 shrink-0 place-items-center rounded-md bg-sunken text-dim">
                <StateIcon type={item.type} resource={item.resource} size={14} />
              </span>
              <span className="min-w-0 leading-tight">
                <span className="block truncate text-[13px] font-medium">{item.name}</span>
                <span className="block truncate text-[11px] text-dim">{item.detail}</span>
              </span>
            </button>
          </li>
        ))}
        {listed.length === 0 && <li className="p-2 text-[13px] text-dim">{empty}</li>}
      </ul>
      <p className="border-t border-line px-3 py-2 text-[11px] text-dim">{text.palette.hint}</p>
    </>
  );
}

function itemsOf(all: readonly CanvasItem[], group: ItemGroup): readonly CanvasItem[] {
  if (group === "recent")
    return recentIds().flatMap((id) => all.find((item) => item.id === id) ?? []);
  return all.filter((item) => item.group === group);
}
