import type { Fragment, QueryLanguage } from "../../../designer/edits/fragment.ts";

export const itemGroups = ["actions", "flow", "patterns", "workflows", "recent"] as const;
export type ItemGroup = (typeof itemGroups)[number];

/** Something that can be put onto the canvas: what the palette lists and the creator offers. */
export interface CanvasItem {
  /** Unique among all, and the same in the next session: what "recent" remembers. */
  readonly id: string;
  readonly group: Exclude<ItemGroup, "recent">;
  /** In the reader's language; an action has the name of its operation. */
  readonly name: string;
  /** A few words that tell it from others of the same name: of an action its service. */
  readonly detail: string;
  /** What it is found by, beside name and detail. */
  readonly keywords: string;
  /** What its sign is chosen by. */
  readonly type: string;
  readonly resource?: string;
  /** The states that it puts there. */
  readonly build: (language: QueryLanguage) => Fragment;
}

/** Those in which each word is found; what begins with the first word comes first. */
export function foundItems(items: readonly CanvasItem[], query: string): readonly CanvasItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return items;
  const matches = items.filter((item) => {
    const text = `${item.name} ${item.detail} ${item.keywords}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const isFirst = ({ name }: CanvasItem): boolean => name.toLowerCase().startsWith(first);
  return [...matches.filter(isFirst), ...matches.filter((item) => !isFirst(item))];
}
