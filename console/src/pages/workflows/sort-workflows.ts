import { sortColumns, type SortColumn } from "./workflows-search.ts";

export interface WorkflowSort {
  readonly column: SortColumn;
  readonly isDescending: boolean;
}

/** What `sort` in the address says; by name if it says nothing that is known. */
export function workflowSort(sort: string | undefined): WorkflowSort {
  const column = sortColumns.find((name) => name === sort?.replace(/^-/, ""));
  return column === undefined
    ? { column: "name", isDescending: false }
    : { column, isDescending: sort?.startsWith("-") === true };
}
