import type { WorkflowRow } from "../../../../src/console/view-types.ts";
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

/** Workflows that the text fits, in their order. */
export function sortedWorkflows(
  rows: readonly WorkflowRow[],
  filter: string,
  { column, isDescending }: WorkflowSort,
): readonly WorkflowRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter(({ name, type, stateMachineArn }) => {
    const whole = `${name} ${type} ${stateMachineArn}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const sign = isDescending ? -1 : 1;
  return found.sort((a, b) => {
    const [left, right] = [sortValue(a, column), sortValue(b, column)];
    // What has no value is last in either direction.
    if (left === undefined || right === undefined) {
      if (left !== right) return left === undefined ? 1 : -1;
    } else if (left !== right) return (left < right ? -1 : 1) * sign;
    return a.name.localeCompare(b.name);
  });
}

function sortValue(row: WorkflowRow, column: SortColumn): string | number | undefined {
  switch (column) {
    case "name":
      return row.name.toLowerCase();
    case "started":
      return row.started.reduce((sum, count) => sum + count, 0);
    default:
      return row[column];
  }
}
