import { store, stored } from "../../app/preferences.ts";

export const columnIds = [
  "name",
  "type",
  "aliases",
  "owner",
  "tags",
  "outcome",
  "started",
  "p50",
  "p95",
  "running",
  "updated",
  "lastStart",
] as const;
export type ColumnId = (typeof columnIds)[number];

/** Without it a row could not be opened. */
export const fixedColumn: ColumnId = "name";
/** What fits a window of usual width. */
export const usualColumns: readonly ColumnId[] = [
  "name",
  "aliases",
  "tags",
  "outcome",
  "started",
  "p95",
  "running",
  "updated",
  "lastStart",
];

/** What there is room for beside a workflow that is peeked at. */
export const columnsBesidePeek: ReadonlySet<ColumnId> = new Set([
  "name",
  "aliases",
  "outcome",
  "running",
  "lastStart",
]);

const preference = "workflows.columns";

export function chosenColumns(): readonly ColumnId[] {
  const named = stored(preference)?.split(",");
  return named === undefined
    ? usualColumns
    : columnIds.filter((id) => id === fixedColumn || named.includes(id));
}

export function chooseColumns(chosen: readonly ColumnId[]): readonly ColumnId[] {
  store(preference, chosen.join(","));
  return chosen;
}
