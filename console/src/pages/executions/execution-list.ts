import type { ExecutionPage, ExecutionRow } from "../../../../src/console/view-types.ts";

type Page = Pick<ExecutionPage, "rows" | "next">;

/** The rows that are shown, which stay where they are, and those that wait to be shown. */
export interface ExecutionList {
  /** The filter that the rows were read by. */
  readonly filter: string;
  readonly rows: readonly ExecutionRow[];
  /** New ones that match, the newest first. */
  readonly waiting: readonly ExecutionRow[];
  readonly next?: string | undefined;
  /** More has happened than was told: what waits can only be shown by reading anew. */
  readonly hasGap: boolean;
}

/** Our choice: new rows that are kept until somebody asks for them. */
export const mostWaiting = 1_000;

export function readList(filter: string, { rows, next }: Page): ExecutionList {
  return { filter, rows, waiting: [], next, hasGap: false };
}

/** The first page was read again: what is known changes in place, what is not waits. */
export function reread(list: ExecutionList, page: Page): ExecutionList {
  const known = new Set(list.rows.map(({ executionArn }) => executionArn));
  const isApart =
    list.rows.length > 0 &&
    page.next !== undefined &&
    !page.rows.some(({ executionArn }) => known.has(executionArn));
  const changed = changeRows(list, page.rows, () => true);
  return isApart ? { ...changed, hasGap: true } : changed;
}

/** Rows changed: those that are shown change where they are, others wait if they match. */
export function changeRows(
  list: ExecutionList,
  changed: readonly ExecutionRow[],
  matches: (row: ExecutionRow) => boolean,
): ExecutionList {
  const byArn = new Map(changed.map((row) => [row.executionArn, row]));
  const rows = list.rows.map((row) => {
    const next = byArn.get(row.executionArn);
    byArn.delete(row.executionArn);
    return next === undefined ? row : changedRow(row, next);
  });
  if (byArn.size === 0) return { ...list, rows };
  const waiting = new Map(list.waiting.map((row) => [row.executionArn, row]));
  for (const [arn, row] of byArn) {
    if (matches(row)) waiting.set(arn, row);
    else waiting.delete(arn);
  }
  const kept = newestFirst([...waiting.values()]);
  return {
    ...list,
    rows,
    waiting: kept.slice(0, mostWaiting),
    hasGap: list.hasGap || kept.length > mostWaiting,
  };
}

/** The stream does not look for the state that failed; a page that was read does. */
function changedRow(row: ExecutionRow, next: ExecutionRow): ExecutionRow {
  const isKnown = row.failedState !== undefined && next.failedState === undefined;
  return isKnown && row.status === next.status && row.stopDate === next.stopDate
    ? { ...next, failedState: row.failedState }
    : next;
}

export function addPage(list: ExecutionList, { rows, next }: Page): ExecutionList {
  const known = new Set(list.rows.map(({ executionArn }) => executionArn));
  const more = rows.filter(({ executionArn }) => !known.has(executionArn));
  const arns = new Set(more.map(({ executionArn }) => executionArn));
  const waiting = list.waiting.filter(({ executionArn }) => !arns.has(executionArn));
  return { ...list, rows: [...list.rows, ...more], waiting, next };
}

/** Shows what waits. */
export function reveal(list: ExecutionList): ExecutionList {
  return { ...list, rows: newestFirst([...list.waiting, ...list.rows]), waiting: [] };
}

function newestFirst(rows: readonly ExecutionRow[]): readonly ExecutionRow[] {
  return rows.toSorted((a, b) => b.startDate - a.startDate);
}
