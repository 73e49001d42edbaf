import { store, stored } from "../../app/preferences.ts";

/** A filter with a name. */
export interface SavedView {
  readonly name: string;
  readonly filter: string;
  readonly group?: string | undefined;
}

export type BuiltInView = "failedToday" | "runningNow" | "slowToday";

export const builtInViews: readonly {
  readonly id: BuiltInView;
  readonly filter: string;
  readonly group?: string;
}[] = [
  { id: "failedToday", filter: "status:failed status:timed_out started:>-24h", group: "error" },
  { id: "runningNow", filter: "status:running" },
  { id: "slowToday", filter: "duration:>1m started:>-24h" },
];

const preference = "executions.views";

export function savedViews(): readonly SavedView[] {
  try {
    const read: unknown = JSON.parse(stored(preference) ?? "[]");
    return Array.isArray(read) ? read.filter(isView) : [];
  } catch {
    return [];
  }
}

/** One of the same name is replaced. */
export function saveView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return kept([...views.filter(({ name }) => name !== view.name), view]);
}

export function forgetView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return kept(views.filter((view) => view.name !== name));
}

function kept(views: readonly SavedView[]): readonly SavedView[] {
  store(preference, JSON.stringify(views));
  return views;
}

function isView(read: unknown): read is SavedView {
  const view = read as Partial<SavedView> | null;
  return typeof view?.name === "string" && typeof view.filter === "string";
}
