import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Grid3x3, Rows3 } from "lucide-react";
import { useCallback, useMemo } from "react";
import type { MapRunView } from "../../../../src/console/view-types.ts";
import { server, type ChildFilter } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Segments } from "../../parts/segments.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago } from "../../parts/time.tsx";
import { ChildTable } from "./child-table.tsx";
import { ErrorGroups } from "./error-groups.tsx";
import { FailedInputs } from "./failed-inputs.tsx";
import { ItemGrid } from "./item-grid.tsx";
import { ItemDrawer } from "./item-drawer.tsx";
import { maskOf, unpackStatuses } from "./item-statuses.ts";
import { MapRunFigures } from "./map-run-figures.tsx";
import { type MapRunSearch, withoutNothing } from "./map-run-search.ts";
import { MapRunTimes, SlowestCard } from "./map-run-times.tsx";
import { RedriveParent } from "./redrive-parent.tsx";

/** While it runs it is asked for as often as the server has something new to say. */
const liveMs = 1_000;
const restMs = 10_000;

export function MapRunPage() {
  useLive({ executions: false });
  const { arn } = useParams({ from: "/map-runs/$arn" });
  const query = useQuery({
    queryKey: keys.mapRun(arn),
    queryFn: () => server.mapRun(arn),
    refetchInterval: ({ state }) => (state.data?.status === "RUNNING" ? liveMs : restMs),
  });
  return <Read query={query}>{(run) => <Shown run={run} />}</Read>;
}

function Shown({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const format = useFormat();
  return (
    <>
      <PageHead
        title={
          <span className="flex min-w-0 items-center gap-3">
            <span className="truncate">{run.label}</span>
            <StatusBadge status={run.status} />
          </span>
        }
        hint={
          <span className="flex flex-wrap items-center gap-x-1.5">
            <Link
              to="/workflows/$arn"
              params={{ arn: run.stateMachineArn }}
              className="hover:text-text hover:underline"
            >
              {run.stateMachineName}
            </Link>
            <span aria-hidden>/</span>
            <Link
              to="/executions/$arn"
              params={{ arn: run.executionArn }}
              className="max-w-72 truncate text-accent hover:underline"
            >
              {run.executionName}
            </Link>
            <span aria-hidden>·</span>
            <Ago at={run.startDate} />
            {run.redriveCount > 0 && (
              <>
                <span aria-hidden>·</span>
                {text.mapRuns.redrives}: {format.number(run.redriveCount)}
              </>
            )}
            <CopyButton value={run.mapRunArn} />
          </span>
        }
      >
        <FailedInputs run={run} />
        <RedriveParent run={run} />
      </PageHead>
      <Body run={run} />
    </>
  );
}

/** Everything below the head: what is chosen in one part filters, or is shown in, the others. */
function Body({ run }: { readonly run: MapRunView }) {
  const navigate = useNavigate();
  const { mapRunArn } = run;
  const search = useSearch({ from: "/map-runs/$arn" });
  const { item, least, below, look, view = "grid" } = search;
  const change = useCallback(
    (next: ChangedSearch) =>
      void navigate({
        to: "/map-runs/$arn",
        params: { arn: mapRunArn },
        replace: true,
        search: (before) => withoutNothing({ ...before, ...next }),
      }),
    [navigate, mapRunArn],
  );
  const open = (index: number) => change({ item: index, look: true });
  const close = () => {
    change({ look: undefined });
    document.querySelector<HTMLElement>("[data-item-grid]")?.focus();
  };
  return (
    <div className="flex flex-col gap-4">
      <MapRunFigures run={run} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Items run={run} search={search} onChange={change} onOpen={open} />
        <div className="flex min-w-0 flex-col gap-4">
          <ErrorGroups run={run} />
          <SlowestCard run={run} onPick={open} />
        </div>
      </div>
      <MapRunTimes
        run={run}
        range={least === undefined ? undefined : { least, below }}
        onRange={(range) => change({ least: range?.least, below: range?.below })}
      />
      {look === true && item !== undefined && (
        <ItemDrawer key={view} run={run} index={item} onClose={close} />
      )}
    </div>
  );
}

type ChangedSearch = { readonly [N in keyof MapRunSearch]?: MapRunSearch[N] | undefined };

function Items({
  run,
  search,
  onChange: change,
  onOpen,
}: {
  readonly run: MapRunView;
  readonly search: MapRunSearch;
  readonly onChange: (next: ChangedSearch) => void;
  readonly onOpen: (index: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const { view = "grid", item, error, status, zoom, least, below } = search;
  const toggle = useCallback(
    () => change({ view: view === "table" ? undefined : "table" }),
    [change, view],
  );
  useShortcuts(
    useMemo(
      () => [
        { keys: "t", label: text.mapRuns.toggleTable, group: text.mapRuns.gridKeys, run: toggle },
      ],
      [text, toggle],
    ),
  );
  const { total } = run.items;
  const mask = useMask(run, { error, least, below });
  const errorAt = useMemo(() => errorsByItem(run), [run]);
  return (
    <Card
      title={run.isBatched ? text.mapRuns.children : text.mapRuns.items}
      aside={
        <Segments
          label={text.mapRuns.view}
          options={[
            { id: "grid", label: text.mapRuns.asGrid, Icon: Grid3x3 },
            { id: "table", label: text.mapRuns.asTable, Icon: Rows3 },
          ]}
          selected={view}
          onSelect={toggle}
        />
      }
      flush={view === "table"}
    >
      {view === "table" ? (
        <ChildTable
          run={run}
          filter={{ status, error, least, below }}
          onOpen={onOpen}
          onStatus={(next) => change({ status: next })}
        />
      ) : total === 0 ? (
        <Empty title={text.mapRuns.noChildren}>{text.mapRuns.noChildrenHint}</Empty>
      ) : (
        <>
          <ItemGrid
            total={total}
            packed={run.items.packed}
            selected={item}
            onSelect={(index) => change({ item: index })}
            onPick={onOpen}
            mask={mask}
            describe={errorAt}
            zoom={zoom}
            onZoom={(next) => change({ zoom: next })}
          />
          {(run.isBatched || run.isTruncated) && (
            <p className="mt-3 text-xs text-dim">
              {run.isBatched && text.mapRuns.batchHint}{" "}
              {run.isTruncated && text.mapRuns.truncated(format.number(total))}
            </p>
          )}
        </>
      )}
    </Card>
  );
}

/** The error of an item, found in the runs of indexes of the groups. */
function errorsByItem({ errors }: MapRunView): (index: number) => string | undefined {
  return (index) =>
    errors.find(({ ranges }) => {
      for (let at = 0; at + 1 < ranges.length; at += 2) {
        const from = ranges[at] ?? 0;
        if (index < from) return false;
        if (index < from + (ranges[at + 1] ?? 0)) return true;
      }
      return false;
    })?.error;
}

/** Which cells the filter picks; `undefined`: there is none, or they are being asked for. */
function useMask(
  { mapRunArn, status, items: { total }, errors }: MapRunView,
  { error, least, below }: Pick<ChildFilter, "error" | "least" | "below">,
): Uint8Array | undefined {
  const filter = { error, least, below };
  const query = useQuery({
    enabled: least !== undefined,
    queryKey: keys.mapRunMask(mapRunArn, filter),
    queryFn: () => server.mapRunMask(mapRunArn, filter),
    refetchInterval: status === "RUNNING" ? restMs / 5 : false,
  });
  // The groups have the indexes already: only durations are asked for.
  const ranges = errors.find((each) => each.error === error)?.ranges;
  return useMemo(() => {
    if (least !== undefined) {
      if (query.data === undefined) return undefined;
      const mask = new Uint8Array(total);
      mask.set(unpackStatuses(query.data.packed, Math.min(total, query.data.total)));
      return mask;
    }
    return ranges === undefined ? undefined : maskOf(ranges, total);
  }, [query.data, least, ranges, total]);
}
