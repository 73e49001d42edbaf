import { ArrowDown, ArrowUp, Play } from "lucide-react";
import { Fragment, useMemo } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { Head, rowLook, Table, Cell } from "../../parts/table.tsx";
import { RowMenu, type RowAction } from "./row-menu.tsx";
import type { WorkflowSort } from "./sort-workflows.ts";
import { WorkflowCell } from "./workflow-cells.tsx";
import type { ColumnId } from "./workflow-columns.ts";
import { groupOf, type ListedWorkflow } from "./workflow-list.ts";
import { sortColumns, type SortColumn } from "./workflows-search.ts";

/** Columns that are looked at for their largest values come with these first. */
const largestFirst: readonly SortColumn[] = [
  "started",
  "p50",
  "p95",
  "running",
  "updated",
  "lastStart",
];
const numbers: readonly ColumnId[] = ["p50", "p95", "running", "updated", "lastStart"];

export function WorkflowTable({
  rows,
  columns,
  group,
  pins,
  peeked,
  sort,
  onSort,
  onTag,
  onAction,
}: {
  readonly rows: readonly ListedWorkflow[];
  readonly columns: readonly ColumnId[];
  /** What begins the key of the tag that they are grouped by. */
  readonly group: string | undefined;
  readonly pins: ReadonlySet<string>;
  readonly peeked: string | undefined;
  readonly sort: WorkflowSort;
  readonly onSort: (sort: string) => void;
  readonly onTag: (tag: string) => void;
  readonly onAction: (row: ListedWorkflow, action: RowAction) => void;
}) {
  const text = useText();
  const groups = useMemo(() => grouped(rows, group), [rows, group]);
  return (
    <Table label={text.workflows.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <ColumnHead key={column} column={column} sort={sort} onSort={onSort} />
          ))}
          <Head className="sticky right-0 bg-surface">
            <span className="sr-only">{text.workflows.actions}</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {groups.map(([name, found]) => (
          <Fragment key={name ?? ""}>
            {group !== undefined && (
              <GroupHead
                name={name ?? text.workflowList.ungrouped(group)}
                count={found.length}
                columns={columns.length + 1}
              />
            )}
            {found.map((row) => (
              <Row
                key={row.stateMachineArn}
                row={row}
                columns={columns}
                isPinned={pins.has(row.stateMachineArn)}
                isPeeked={row.stateMachineArn === peeked}
                onTag={onTag}
                onAction={onAction}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

type Group = readonly [name: string | undefined, rows: readonly ListedWorkflow[]];

/** By the values of the tag; those without it come last. */
function grouped(rows: readonly ListedWorkflow[], by: string | undefined): readonly Group[] {
  if (by === undefined) return [[undefined, rows]];
  const found = Map.groupBy(rows, (row) => groupOf(row, by));
  return [...found].sort(([a], [b]) =>
    a === undefined || b === undefined
      ? Number(a === undefined) - Number(b === undefined)
      : a.localeCompare(b),
  );
}

function GroupHead({
  name,
  count,
  columns,
}: {
  readonly name: string;
  readonly count: number;
  readonly columns: number;
}) {
  const { workflowList: text } = useText();
  const format = useFormat();
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={columns}
        className="border-b border-line bg-sunken px-4 py-1.5 text-left text-xs font-semibold"
      >
        {name}
        <span className="ml-3 font-normal text-dim">{text.groupCount(format.number(count))}</span>
      </th>
    </tr>
  );
}

function Row({
  row,
  columns,
  isPinned,
  isPeeked,
  onTag,
  onAction,
}: {
  readonly row: ListedWorkflow;
  readonly columns: readonly ColumnId[];
  readonly isPinned: boolean;
  readonly isPeeked: boolean;
  readonly onTag: (tag: string) => void;
  readonly onAction: (row: ListedWorkflow, action: RowAction) => void;
}) {
  const text = useText();
  return (
    <tr
      className={`group relative ${rowLook} focus-within:bg-sunken ${isPeeked ? "bg-accent-soft" : ""}`}
    >
      {columns.map((column) => (
        <WorkflowCell key={column} column={column} row={row} isPinned={isPinned} onTag={onTag} />
      ))}
      <Cell
        className={`sticky right-0 z-10 py-1! pl-1! group-focus-within:bg-sunken group-hover:bg-sunken ${isPeeked ? "bg-accent-soft" : "bg-surface"}`}
      >
        <div className="flex items-center justify-end">
          <IconButton
            label={text.workflows.startOf(row.name)}
            onPress={() => onAction(row, "start")}
          >
            <Play aria-hidden size={14} />
          </IconButton>
          <RowMenu
            name={row.name}
            isPinned={isPinned}
            onAction={(action) => onAction(row, action)}
          />
        </div>
      </Cell>
    </tr>
  );
}

function ColumnHead({
  column,
  sort,
  onSort,
}: {
  readonly column: ColumnId;
  readonly sort: WorkflowSort;
  readonly onSort: (sort: string) => void;
}) {
  const { workflows: text, workflowList } = useText();
  const label = workflowList.columns[column];
  const sorted = sortColumns.find((each) => each === column);
  if (sorted === undefined) return <Head>{label}</Head>;
  const hints: { readonly [C in ColumnId]?: string } = { p50: text.p50Hint, p95: text.p95Hint };
  const isNumber = numbers.includes(column);
  const isSorted = sort.column === sorted;
  const isDescending = isSorted ? !sort.isDescending : largestFirst.includes(sorted);
  const Arrow = sort.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
      className={`border-b border-line px-3 py-1.5 text-xs font-medium whitespace-nowrap text-dim first:pl-4 ${isNumber ? "text-right" : ""}`}
    >
      <button
        type="button"
        title={hints[column] ?? text.sortBy(label)}
        onClick={() => onSort(isDescending ? `-${sorted}` : sorted)}
        className={`inline-flex min-h-6 items-center gap-1 rounded hover:text-text ${isNumber ? "flex-row-reverse" : ""} ${isSorted ? "text-text" : ""}`}
      >
        {label}
        <Arrow aria-hidden size={12} className={isSorted ? "" : "invisible"} />
      </button>
    </th>
  );
}
