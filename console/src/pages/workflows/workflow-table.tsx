import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, ChevronRight, Play } from "lucide-react";
import type { WorkflowRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { OutcomeBar, Sparkline } from "../../parts/charts.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import type { WorkflowSort } from "./sort-workflows.ts";
import type { SortColumn } from "./workflows-search.ts";

/** Columns that are looked at for their largest values come with these first. */
const largestFirst: readonly SortColumn[] = ["started", "p50", "p95", "running", "lastStart"];

export function WorkflowTable({
  rows,
  sort,
  onSort,
  onStart,
}: {
  readonly rows: readonly WorkflowRow[];
  readonly sort: WorkflowSort;
  readonly onSort: (sort: string) => void;
  readonly onStart: (row: WorkflowRow) => void;
}) {
  const text = useText();
  const sorting = { sort, onSort };
  return (
    <Table label={text.workflows.table}>
      <thead>
        <tr>
          <SortHead column="name" {...sorting} label={text.workflows.name} />
          <SortHead column="type" {...sorting} label={text.workflows.type} />
          <Head>{text.workflows.outcome}</Head>
          <SortHead column="started" {...sorting} label={text.workflows.started} />
          <SortHead
            column="p50"
            {...sorting}
            label={text.workflows.p50}
            hint={text.workflows.p50Hint}
            isNumber
          />
          <SortHead
            column="p95"
            {...sorting}
            label={text.workflows.p95}
            hint={text.workflows.p95Hint}
            isNumber
          />
          <SortHead column="running" {...sorting} label={text.workflows.running} isNumber />
          <SortHead column="lastStart" {...sorting} label={text.workflows.lastStart} isNumber />
          <Head className="relative">
            <span className="sr-only">{text.workflows.actions}</span>
          </Head>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.stateMachineArn} row={row} onStart={onStart} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({
  row,
  onStart,
}: {
  readonly row: WorkflowRow;
  readonly onStart: (row: WorkflowRow) => void;
}) {
  const text = useText();
  const format = useFormat();
  const { stateMachineArn, name, type, succeeded, failed, running, started } = row;
  const total = started.reduce((sum, count) => sum + count, 0);
  const isQuiet = succeeded + failed + running === 0;
  return (
    <tr className={`group relative ${rowLook} focus-within:bg-sunken`}>
      <Cell className="max-w-80 min-w-44">
        <Link
          to="/workflows/$arn"
          params={{ arn: stateMachineArn }}
          data-row-link
          className="block truncate rounded font-medium outline-offset-4 after:absolute after:inset-0 group-hover:text-accent"
        >
          {name}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-dim">{text.workflows.types[type]}</Cell>
      <Cell className="w-52 min-w-44">
        {isQuiet ? (
          <span className="text-faint">–</span>
        ) : (
          <div className="flex items-center gap-2.5">
            <OutcomeBar succeeded={succeeded} failed={failed} running={running} />
            <span
              aria-hidden
              className={`w-10 shrink-0 text-right text-xs tabular-nums ${failed > 0 ? "font-medium text-fail" : "text-dim"}`}
            >
              {succeeded + failed === 0 ? "" : format.percent(succeeded / (succeeded + failed))}
            </span>
          </div>
        )}
      </Cell>
      <Cell>
        <div className="flex items-center gap-2.5">
          <Sparkline
            values={started}
            label={text.workflows.startedPerHour(
              format.number(total),
              format.number(started.at(-1) ?? 0),
            )}
          />
          <span aria-hidden className="min-w-6 text-right text-xs text-dim tabular-nums">
            {format.number(total)}
          </span>
        </div>
      </Cell>
      <Duration milliseconds={row.p50} />
      <Duration milliseconds={row.p95} />
      <Cell className={`text-right tabular-nums ${running > 0 ? "text-run" : "text-faint"}`}>
        {format.number(running)}
      </Cell>
      <Cell className="text-right whitespace-nowrap text-dim">
        {row.lastStart === undefined ? text.workflows.never : <Ago at={row.lastStart} />}
      </Cell>
      <Cell className="py-1! pl-1!">
        <div className="relative z-10 flex items-center justify-end">
          <IconButton label={text.workflows.startOf(name)} onPress={() => onStart(row)}>
            <Play aria-hidden size={14} />
          </IconButton>
          <ChevronRight
            aria-hidden
            size={16}
            className="pointer-events-none shrink-0 text-faint group-hover:text-text"
          />
        </div>
      </Cell>
    </tr>
  );
}

function Duration({ milliseconds }: { readonly milliseconds: number | undefined }) {
  const format = useFormat();
  return (
    <Cell className="text-right whitespace-nowrap tabular-nums">
      {milliseconds === undefined ? (
        <span className="text-faint">–</span>
      ) : (
        format.duration(milliseconds)
      )}
    </Cell>
  );
}

function SortHead({
  column,
  label,
  hint,
  sort,
  onSort,
  isNumber = false,
}: {
  readonly column: SortColumn;
  readonly label: string;
  readonly hint?: string;
  readonly sort: WorkflowSort;
  readonly onSort: (sort: string) => void;
  readonly isNumber?: boolean;
}) {
  const text = useText();
  const isSorted = sort.column === column;
  const isDescending = isSorted ? !sort.isDescending : largestFirst.includes(column);
  const Arrow = sort.isDescending ? ArrowDown : ArrowUp;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isDescending ? "descending" : "ascending") : "none"}
      className={`border-b border-line px-4 py-1.5 text-xs font-medium whitespace-nowrap text-dim ${isNumber ? "text-right" : ""}`}
    >
      <button
        type="button"
        title={hint ?? text.workflows.sortBy(label)}
        onClick={() => onSort(isDescending ? `-${column}` : column)}
        className={`inline-flex min-h-6 items-center gap-1 rounded hover:text-text ${isNumber ? "flex-row-reverse" : ""} ${isSorted ? "text-text" : ""}`}
      >
        {label}
        <Arrow aria-hidden size={12} className={isSorted ? "" : "invisible"} />
      </button>
    </th>
  );
}
