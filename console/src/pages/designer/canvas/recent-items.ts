import { store, stored } from "../../../app/preferences.ts";
import type { CanvasItem } from "./canvas-item.ts";

/** Our choice: what a hand's breadth of a list shows. */
const mostRecent = 8;
const name = "designer.recent";

/** The ids of what was added last, the newest first. */
export function recentIds(): readonly string[] {
  try {
    const ids: unknown = JSON.parse(stored(name) ?? "[]");
    return Array.isArray(ids)
      ? ids.filter((id) => typeof id === "string").slice(0, mostRecent)
      : [];
  } catch {
    return [];
  }
}

export function rememberItem({ id }: Pick<CanvasItem, "id">): void {
  const ids = [id, ...recentIds().filter((each) => each !== id)].slice(0, mostRecent);
  store(name, JSON.stringify(ids));
}
