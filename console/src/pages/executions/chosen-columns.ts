import { store, stored } from "../../app/preferences.ts";
import { columns, type ColumnId } from "./columns.tsx";

const preference = "executions.columns";

/** Nothing stands for the choice that a console begins with: all of them. */
export const allColumns: readonly ColumnId[] = columns.map(({ id }) => id);
/** Without it a row could not be opened. */
export const fixedColumn: ColumnId = "name";

export function chosenColumns(): readonly ColumnId[] {
  const named = stored(preference)?.split(",");
  return named === undefined
    ? allColumns
    : allColumns.filter((id) => id === fixedColumn || named.includes(id));
}

export function chooseColumns(chosen: readonly ColumnId[]): readonly ColumnId[] {
  store(preference, chosen.join(","));
  return chosen;
}
