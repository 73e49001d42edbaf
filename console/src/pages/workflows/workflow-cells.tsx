import { Link } from "@tanstack/react-router";
import { Pin } from "lucide-react";
import type { ReactNode } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { OutcomeBar, Sparkline } from "../../parts/charts.tsx";
import { Cell } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { AliasSplit } from "./alias-split.tsx";
import { TagChips } from "./tag-chips.tsx";
import type { ColumnId } from "./workflow-columns.ts";
import { ownerOf, type ListedWorkflow } from "./workflow-list.ts";

interface CellProps {
  readonly row: ListedWorkflow;
  readonly isPinned: boolean;
  readonly onTag: (tag: string) => void;
}

/** What each column shows of a workflow. */
export function WorkflowCell({ column, ...props }: CellProps & { readonly column: ColumnId }) {
  const { row } = props;
  switch (column) {
    case "name":
      return <NameCell {...props} />;
    case "type":
      return <TypeCell row={row} />;
    case "aliases":
      return (
        <Cell className="min-w-32">
          <AliasSplit aliases={row.facts?.aliases} />
        </Cell>
      );
    case "owner":
      return <Cell className="max-w-36 truncate text-dim">{ownerOf(row) ?? <Nothing />}</Cell>;
    case "tags":
      return (
        <Cell className="min-w-28">
          <TagChips tags={row.facts?.tags} onTag={props.onTag} />
        </Cell>
      );
    case "outcome":
      return <OutcomeCell row={row} />;
    case "started":
      return <StartedCell row={row} />;
    case "p50":
      return <Duration milliseconds={row.p50} />;
    case "p95":
      return <Duration milliseconds={row.p95} />;
    case "running":
      return <RunningCell row={row} />;
    case "updated":
      return <When at={row.facts?.updatedAt}>{<Nothing />}</When>;
    case "lastStart":
      return <LastStartCell row={row} />;
  }
}

const Nothing = () => <span className="text-faint">–</span>;

function NameCell({ row: { stateMachineArn, name }, isPinned }: CellProps) {
  const { workflowList: text } = useText();
  return (
    <Cell className="max-w-72 min-w-36">
      <span className="flex min-w-0 items-center gap-1.5">
        <Link
          to="/workflows/$arn"
          params={{ arn: stateMachineArn }}
          data-row-link
          data-arn={stateMachineArn}
          className="block min-w-0 truncate rounded font-medium outline-offset-4 after:absolute after:inset-0 group-hover:text-accent"
        >
          {name}
        </Link>
        {isPinned && (
          <span className="shrink-0 text-accent" title={text.pinned}>
            <Pin aria-hidden size={12} />
            <span className="sr-only">{text.pinned}</span>
          </span>
        )}
      </span>
    </Cell>
  );
}

function TypeCell({ row: { type } }: Pick<CellProps, "row">) {
  const { workflows: text } = useText();
  return <Cell className="whitespace-nowrap text-dim">{text.types[type]}</Cell>;
}

function OutcomeCell({ row: { succeeded, failed, running } }: Pick<CellProps, "row">) {
  const format = useFormat();
  const isQuiet = succeeded + failed + running === 0;
  return (
    <Cell className="w-40 min-w-32">
      {isQuiet ? (
        <Nothing />
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
  );
}

function StartedCell({ row: { started } }: Pick<CellProps, "row">) {
  const { workflows: text } = useText();
  const format = useFormat();
  const total = started.reduce((sum, count) => sum + count, 0);
  return (
    <Cell>
      <div className="flex items-center gap-2.5">
        <Sparkline
          values={started}
          label={text.startedPerHour(format.number(total), format.number(started.at(-1) ?? 0))}
        />
        <span aria-hidden className="min-w-6 text-right text-xs text-dim tabular-nums">
          {format.number(total)}
        </span>
      </div>
    </Cell>
  );
}

function RunningCell({ row: { running } }: Pick<CellProps, "row">) {
  const format = useFormat();
  return (
    <Cell className={`text-right tabular-nums ${running > 0 ? "text-run" : "text-faint"}`}>
      {format.number(running)}
    </Cell>
  );
}

function LastStartCell({ row: { lastStart } }: Pick<CellProps, "row">) {
  const { workflows: text } = useText();
  return <When at={lastStart}>{text.never}</When>;
}

function When({ at, children }: { readonly at: number | undefined; readonly children: ReactNode }) {
  return (
    <Cell className="text-right whitespace-nowrap text-dim">
      {at === undefined ? children : <Ago at={at} />}
    </Cell>
  );
}

function Duration({ milliseconds }: { readonly milliseconds: number | undefined }) {
  const format = useFormat();
  return (
    <Cell className="text-right whitespace-nowrap tabular-nums">
      {milliseconds === undefined ? <Nothing /> : format.duration(milliseconds)}
    </Cell>
  );
}
