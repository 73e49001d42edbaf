import { Link } from "@tanstack/react-router";
import { Hourglass, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { MiddleName } from "./middle-name.tsx";
import { ErrorName } from "./error-name.tsx";

/** The columns in their order; widths are fixed, so that rows that come and go do not move them. */
export const columns = [
  { id: "status", width: 8.75, cell: (row) => <Status row={row} /> },
  { id: "name", width: 13.5, cell: (row) => <NameLink row={row} /> },
  { id: "workflow", width: 10, cell: (row) => <WorkflowLink row={row} /> },
  { id: "started", width: 6.75, cell: (row) => <Ago at={row.startDate} /> },
  { id: "duration", width: 7, cell: (row) => <Took from={row.startDate} to={row.stopDate} /> },
  { id: "details", width: 14, cell: (row) => <Details row={row} /> },
  { id: "version", width: 6, cell: (row) => <Version row={row} /> },
  { id: "redrives", width: 5, cell: (row) => <Redrives count={row.redriveCount} /> },
] as const satisfies readonly {
  readonly id: string;
  /** In rem. */
  readonly width: number;
  readonly cell: (row: ExecutionRow) => ReactNode;
}[];

export type ColumnId = (typeof columns)[number]["id"];

/** In a line of its own the badge stands in the middle of the row. */
function Status({ row: { status } }: { readonly row: ExecutionRow }) {
  return (
    <span className="flex">
      <StatusBadge status={status} />
    </span>
  );
}

function NameLink({ row }: { readonly row: ExecutionRow }) {
  return (
    <Link
      to="/executions/$arn"
      params={{ arn: row.executionArn }}
      data-row={row.executionArn}
      className="flex min-w-0 font-medium hover:text-accent hover:underline"
    >
      <MiddleName name={row.name} />
    </Link>
  );
}

export function WorkflowLink({
  row,
}: {
  readonly row: Pick<ExecutionRow, "stateMachineArn" | "stateMachineName">;
}) {
  return (
    <Link
      to="/workflows/$arn"
      params={{ arn: row.stateMachineArn }}
      title={row.stateMachineName}
      className="block truncate text-dim hover:text-accent hover:underline"
    >
      {row.stateMachineName}
    </Link>
  );
}

/** Why it failed, or what it waits for. */
function Details({ row }: { readonly row: ExecutionRow }) {
  const text = useText();
  if (row.waitingFor !== undefined) {
    return (
      <Link to="/approvals" className="inline-flex items-center gap-1.5 text-wait hover:underline">
        <Hourglass aria-hidden size={13} />
        {text.executions.row.waits}
      </Link>
    );
  }
  if (row.error === undefined && row.failedState === undefined) return null;
  return (
    <span className="flex min-w-0 gap-1.5">
      {row.error !== undefined && (
        <span className="max-w-full shrink-0 truncate text-fail" title={row.error}>
          <ErrorName error={row.error} />
        </span>
      )}
      {row.failedState !== undefined && (
        <span className="truncate text-dim" title={row.failedState}>
          {text.executions.row.inState(row.failedState)}
        </span>
      )}
    </span>
  );
}

function Version({ row: { version, alias } }: { readonly row: ExecutionRow }) {
  const shown = [version, alias].filter((part) => part !== undefined).join(", ");
  return <span className="block truncate text-dim">{shown}</span>;
}

function Redrives({ count }: { readonly count: number }) {
  const format = useFormat();
  if (count === 0) return null;
  return (
    <span className="inline-flex items-center gap-1 text-dim tabular-nums">
      <RotateCw aria-hidden size={12} />
      {format.number(count)}
    </span>
  );
}
