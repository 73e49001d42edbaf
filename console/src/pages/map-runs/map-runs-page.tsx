import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowUp, Search, X } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { MapRunRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { CountsBar, endedOf, failedOf } from "./counts-bar.tsx";
import { NoMapRuns } from "./no-map-runs.tsx";
import { useSettledRows } from "./settled-rows.ts";

const statuses = ["RUNNING", "SUCCEEDED", "FAILED", "ABORTED"] as const;

/** The newest Map Runs of all executions. */
export function MapRunsPage() {
  useLive({ executions: false });
  const text = useText();
  const query = useQuery({
    queryKey: keys.mapRuns,
    queryFn: server.mapRuns,
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === "RUNNING") === true ? 2_000 : 8_000,
  });
  return (
    <>
      <PageHead title={text.mapRuns.title} hint={text.mapRuns.hint} />
      <Card flush>
        <Read query={query}>
          {(rows) => (rows.length === 0 ? <NoMapRuns /> : <MapRunList rows={rows} />)}
        </Read>
      </Card>
    </>
  );
}

function MapRunList({ rows }: { readonly rows: readonly MapRunRow[] }) {
  const text = useText();
  const format = useFormat();
  const navigate = useNavigate();
  const { q = "", status } = useSearch({ from: "/map-runs" });
  const field = useRef<HTMLInputElement>(null);
  const { shown, waiting, showAll } = useSettledRows(rows);
  const matching = useMemo(() => {
    const wanted = q.trim().toLowerCase();
    return shown.filter(
      (row) =>
        (status === undefined || row.status === status) &&
        `${row.stateMachineName} ${row.executionName} ${row.label}`.toLowerCase().includes(wanted),
    );
  }, [shown, q, status]);
  const filter = (change: { readonly q?: string; readonly status?: string | undefined }) => {
    const next = { q, status, ...change };
    void navigate({
      to: "/map-runs",
      replace: true,
      search: {
        ...(next.q !== "" && { q: next.q }),
        ...(next.status !== undefined && { status: next.status }),
      },
    });
  };
  useRowKeys(() => field.current?.focus());

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line p-3">
        <label className="flex h-8 min-w-0 grow items-center gap-2 rounded-md border border-line bg-sunken px-2.5 focus-within:border-accent sm:max-w-96">
          <Search aria-hidden size={14} className="shrink-0 text-dim" />
          <span className="sr-only">{text.mapRuns.search}</span>
          <input
            ref={field}
            type="search"
            value={q}
            placeholder={text.mapRuns.search}
            onChange={(event) => filter({ q: event.target.value })}
            className="w-full min-w-0 bg-transparent text-[13px] outline-none placeholder:text-faint"
          />
        </label>
        <label className="flex items-center gap-2 text-[13px]">
          <span className="sr-only">{text.mapRuns.status}</span>
          <select
            value={status ?? ""}
            onChange={(event) => filter({ status: event.target.value || undefined })}
            className="h-8 rounded-md border border-line bg-surface px-2"
          >
            <option value="">{text.mapRuns.anyStatus}</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {text.status[each]}
              </option>
            ))}
          </select>
        </label>
        <div className="grow" />
        {waiting > 0 && (
          <Button onPress={showAll}>
            <ArrowUp aria-hidden size={14} />
            {text.mapRuns.newRows(format.number(waiting))}
          </Button>
        )}
      </div>
      {matching.length === 0 ? (
        <Empty
          title={text.mapRuns.noMatch}
          action={
            <Button onPress={() => filter({ q: "", status: undefined })}>
              <X aria-hidden size={14} />
              {text.mapRuns.clear}
            </Button>
          }
        />
      ) : (
        <Table label={text.mapRuns.list}>
          <thead>
            <tr>
              <Head>{text.mapRuns.status}</Head>
              <Head>{text.mapRuns.label}</Head>
              <Head>{text.mapRuns.execution}</Head>
              <Head className="w-1/4">{text.mapRuns.progress}</Head>
              <Head className="text-right">{text.mapRuns.failed}</Head>
              <Head>{text.time.started}</Head>
              <Head>{text.time.duration}</Head>
            </tr>
          </thead>
          <tbody>
            {matching.map((row) => (
              <MapRunLine key={row.mapRunArn} row={row} />
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

function MapRunLine({ row }: { readonly row: MapRunRow }) {
  const text = useText();
  const format = useFormat();
  const counts = row.itemCounts;
  const failed = failedOf(counts);
  return (
    <tr className={rowLook}>
      <Cell>
        <StatusBadge status={row.status} />
      </Cell>
      <Cell>
        <Link
          to="/map-runs/$arn"
          params={{ arn: row.mapRunArn }}
          data-row
          className="font-medium whitespace-nowrap text-accent hover:underline"
        >
          {row.label}
        </Link>
        <div className="text-xs whitespace-nowrap text-dim">{row.stateMachineName}</div>
      </Cell>
      <Cell>
        <Link
          to="/executions/$arn"
          params={{ arn: row.executionArn }}
          className="block max-w-60 truncate hover:underline"
          title={row.executionName}
        >
          {row.executionName}
        </Link>
        {row.redriveCount > 0 && (
          <span className="text-xs text-dim">
            {text.mapRuns.redrives}: {format.number(row.redriveCount)}
          </span>
        )}
      </Cell>
      <Cell className="min-w-44">
        <CountsBar counts={counts} />
        <div className="mt-1 text-xs whitespace-nowrap text-dim tabular-nums">
          {text.mapRuns.ended(format.number(endedOf(counts)), format.number(counts.total))}
        </div>
      </Cell>
      <Cell
        className={`text-right tabular-nums ${failed > 0 ? "font-medium text-fail" : "text-dim"}`}
      >
        {format.number(failed)}
      </Cell>
      <Cell className="text-dim">
        <Ago at={row.startDate} />
      </Cell>
      <Cell className="text-dim">
        <Took from={row.startDate} to={row.stopDate} />
      </Cell>
    </tr>
  );
}

/** `j` and `k` go from row to row; Enter opens the one that has the focus, as it opens any link. */
function useRowKeys(find: () => void): void {
  const text = useText();
  const [finder] = useState(() => ({ find }));
  useEffect(() => {
    finder.find = find;
  });
  useShortcuts(
    useMemo(() => {
      const group = text.mapRuns.keys;
      const go = (step: 1 | -1) => {
        const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")];
        const at = rows.findIndex((row) => row === document.activeElement);
        rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step]?.focus();
      };
      return [
        { keys: "j", label: text.mapRuns.down, group, run: () => go(1) },
        { keys: "k", label: text.mapRuns.up, group, run: () => go(-1) },
        { keys: "/", label: text.mapRuns.find, group, run: () => finder.find() },
      ];
    }, [text, finder]),
  );
}
