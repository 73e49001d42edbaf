import { Link, getRouteApi } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { compileFilter } from "../../../../src/console/filter.ts";
import { useShortcuts } from "../../app/keys.ts";
import { serverNow } from "../../app/server-clock.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Failure, Loading, PageHead } from "../../parts/layout.tsx";
import type { ExecutionRow, JobAction } from "../../../../src/console/view-types.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import { chosenColumns } from "./chosen-columns.ts";
import { ColumnChooser } from "./column-chooser.tsx";
import { groupFilter } from "./error-filter.ts";
import { ErrorGroups } from "./error-groups.tsx";
import { ExecutionTable } from "./execution-table.tsx";
import { FacetBar } from "./facet-bar.tsx";
import { FacetValues } from "./facet-values.tsx";
import { FilterField } from "./filter-field.tsx";
import { rowTermsOf, withOnly } from "./filter-pieces.ts";
import { JobDialog } from "./job-dialog.tsx";
import { ListFoot } from "./list-foot.tsx";
import { NoExecutions } from "./no-executions.tsx";
import { OpenJobs } from "./open-jobs.tsx";
import { OutcomeLegend } from "./outcome-legend.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { StartHistogram } from "./start-histogram.tsx";
import { useExecutions } from "./use-executions.ts";
import { useFilterValues } from "./use-filter-values.ts";
import { useIdle } from "./use-idle.ts";
import { useRowSelection } from "./use-row-selection.ts";
import { ViewMenu } from "./view-menu.tsx";
import { ViewToggle } from "./view-toggle.tsx";
import { WaitingRows } from "./waiting-rows.tsx";

const route = getRouteApi("/executions");
const noRows = [] as const;
const none: readonly string[] = [];

/** All executions of all workflows: found by a filter, followed while they run, stopped and redriven together. */
export function ExecutionsPage() {
  const text = useText();
  const format = useFormat();
  const { q: filter = "", group, job } = route.useSearch();
  const isGrouped = group === "error";
  const navigate = route.useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [columns, setColumns] = useState(chosenColumns);
  const [isAsked, setAsked] = useState(false);
  const values = useFilterValues(isAsked);
  const [action, setAction] = useState<JobAction>();

  const open = useCallback(
    (next: string, grouped: string | undefined) =>
      void navigate({
        search: {
          ...(next !== "" && { q: next }),
          ...(grouped !== undefined && { group: grouped }),
        },
      }),
    [navigate],
  );
  const setFilter = (next: string) => open(next, group);
  const openJob = (id: string | undefined) =>
    void navigate({
      search: ({ job: _job, ...rest }) => ({ ...rest, ...(id !== undefined && { job: id }) }),
      replace: true,
    });

  const { isIdle, watch } = useIdle();
  const [isHolding, setHolding] = useState(false);
  const found = useExecutions(filter, isIdle && !isHolding);
  const { head, list } = found;
  const rows = list?.rows ?? noRows;
  const selection = useRowSelection(rows);
  const hasSelection = selection.selected.length > 0;
  if (hasSelection !== isHolding) setHolding(hasSelection);

  const matches = useMemo(
    () => compileFilter(rowTermsOf(list?.filter ?? ""), serverNow()),
    // Asked anew when rows change, as `-2h` counts from now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [list?.filter, rows],
  );
  useShortcuts(
    useMemo(
      () => [
        {
          keys: "/",
          label: text.executions.filter.focus,
          group: text.executions.keys,
          run: () => field.current?.focus(),
        },
      ],
      [text],
    ),
  );

  const { data } = head;
  const isStale = list?.filter !== filter;
  return (
    <>
      <PageHead
        title={text.executions.title}
        hint={
          data &&
          (filter === "" ? text.executions.list.all : text.executions.matching)(
            format.number(data.total),
          )
        }
      >
        <Link
          to="/import"
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-3 text-[13px] font-medium text-dim hover:bg-sunken hover:text-text"
        >
          {text.imports.title}
        </Link>
        <ViewMenu filter={filter} group={group} onOpen={(view) => open(view.filter, view.group)} />
        {!isGrouped && <ColumnChooser chosen={columns} onChoose={setColumns} />}
      </PageHead>
      <div className="flex flex-col gap-3">
        <OpenJobs onOpen={openJob} />
        <FilterField
          ref={field}
          filter={filter}
          values={values}
          unindexed={isStale ? none : (data?.unindexed ?? none)}
          onChange={setFilter}
          onOpen={() => setAsked(true)}
        />
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <FacetBar filter={filter} counts={data?.facets} onChange={setFilter} />
          <ViewToggle
            isGrouped={isGrouped}
            onChange={(grouped) => open(filter, grouped ? "error" : undefined)}
          />
        </div>
        {data !== undefined && (
          <FacetValues filter={filter} facets={data.facets} onChange={setFilter} />
        )}
        {data !== undefined && data.histogram.length > 0 && (
          <section
            aria-label={text.executions.histogram.label}
            className="rounded-xl border border-line bg-surface p-4 shadow-card"
          >
            <div className="mb-3">
              <OutcomeLegend bars={data.histogram} />
            </div>
            <StartHistogram
              bars={data.histogram}
              onPick={(from, to) => setFilter(withOnly(filter, [startedBetween(from, to)]))}
            />
          </section>
        )}
        <section
          {...watch}
          aria-busy={isStale}
          className={`min-w-0 rounded-xl border border-line bg-surface shadow-card ${isStale && list !== undefined ? "opacity-60" : ""}`}
        >
          {data === undefined || list === undefined ? (
            head.isError ? (
              <Failure error={head.error} again={() => void head.refetch()} />
            ) : (
              <Loading />
            )
          ) : isGrouped ? (
            <ErrorGroups
              groups={data.errors}
              onFilter={(each) => open(groupFilter(each, filter), undefined)}
            />
          ) : (
            <>
              <WaitingRows count={list.waiting.length} hasGap={list.hasGap} onShow={found.show} />
              {rows.length === 0 ? (
                <NoExecutions filter={filter} onClear={() => setFilter("")} />
              ) : (
                <>
                  <ExecutionTable
                    rows={rows}
                    chosen={columns}
                    selected={selection.arns}
                    matches={matches}
                    onToggle={selection.toggle}
                    onSelectAll={selection.all}
                    onClear={selection.clear}
                  />
                  <ListFoot
                    shown={rows.length}
                    total={Math.max(data.total, rows.length)}
                    hasMore={list.next !== undefined}
                    isLoading={found.isLoadingMore}
                    error={found.moreError}
                    onMore={() => void found.loadMore()}
                  />
                </>
              )}
            </>
          )}
        </section>
      </div>
      {hasSelection && !isGrouped && (
        <SelectionBar
          count={selection.selected.length}
          onAct={setAction}
          onCompare={compareOf(selection.selected, navigate)}
          onClear={selection.clear}
        />
      )}
      {action !== undefined && (
        <BulkDialog
          action={action}
          rows={selection.selected}
          filter={filter}
          total={data?.total ?? rows.length}
          onClose={() => setAction(undefined)}
          onBegun={(id) => {
            setAction(undefined);
            selection.clear();
            openJob(id);
          }}
        />
      )}
      {job !== undefined && <JobDialog id={job} onClose={() => openJob(undefined)} />}
    </>
  );
}

/** Two that are chosen can be compared: the older one is A. */
function compareOf(
  chosen: readonly ExecutionRow[],
  navigate: ReturnType<typeof route.useNavigate>,
): (() => void) | undefined {
  const [a, b] = chosen.toSorted((one, other) => one.startDate - other.startDate);
  if (a === undefined || b === undefined || chosen.length > 2) return undefined;
  const search = { a: a.executionArn, b: b.executionArn };
  return () => void navigate({ to: "/executions/compare", search });
}

function startedBetween(from: number, to: number) {
  const iso = (at: number) => new Date(at).toISOString();
  return { field: "started", value: `${iso(from)}..${iso(to)}` } as const;
}
