import { useMemo } from "react";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { foundItems, type CanvasItem } from "./canvas-item.ts";
import type { At } from "./canvas-tool.ts";
import { PickList, type PickOption } from "./pick-list.tsx";
import { recentIds } from "./recent-items.ts";
import type { CanvasItems } from "./use-canvas-items.ts";

/** What is to be put in: typed, chosen by arrow, taken by Enter. */
export function Creator({
  items,
  at,
  onPick,
  onClose,
}: {
  readonly items: CanvasItems;
  readonly at: At;
  readonly onPick: (item: CanvasItem) => void;
  readonly onClose: () => void;
}) {
  const text = useDesignerText().canvas;
  const find = useMemo(() => finder(items.all, text.groups), [items, text]);
  return (
    <PickList
      title={text.creator.title}
      placeholder={text.creator.search}
      find={find}
      none={text.creator.none}
      count={text.creator.count}
      at={at}
      foot={
        items.isLoading ? text.creator.loading : items.hasFailed ? text.creator.failed : undefined
      }
      onClose={onClose}
      onPick={(id) => {
        const item = items.all.find((each) => each.id === id.replace(/^recent /, ""));
        if (item !== undefined) onPick(item);
      }}
    />
  );
}

const groupOrder = ["flow", "patterns", "workflows", "actions"] as const;

/** Without a text: what was used last, then by groups. With one: the best first, in their groups' order of the best. */
function finder(
  all: readonly CanvasItem[],
  groups: Readonly<Record<CanvasItem["group"] | "recent", string>>,
): (query: string) => readonly PickOption[] {
  return (query) => {
    const found = foundItems(all, query);
    if (query.trim() !== "") return found.map((item) => optionOf(item, undefined));
    const recent = recentIds().flatMap((id) => all.find((item) => item.id === id) ?? []);
    return [
      ...recent.slice(0, 4).map((item) => optionOf(item, groups.recent, "recent ")),
      ...groupOrder.flatMap((group) =>
        found.filter((item) => item.group === group).map((item) => optionOf(item, groups[group])),
      ),
    ];
  };
}

function optionOf(item: CanvasItem, group: string | undefined, prefix = ""): PickOption {
  const { id, name, detail, type, resource } = item;
  return {
    id: prefix + id,
    name,
    detail,
    ...(group !== undefined && { group }),
    sign: <StateIcon type={type} resource={resource} size={14} />,
  };
}
