import { useNavigate } from "@tanstack/react-router";
import { Columns3, ListTree, Rows3, Workflow } from "lucide-react";
import { useCallback, useEffect, useMemo } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useShortcuts } from "../../app/keys.ts";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { useNow } from "../../parts/time.tsx";
import type { ExecutionSearch } from "./execution-search.ts";
import { stateAt } from "./handling.ts";
import { Inspector } from "./inspector.tsx";
import { childVisitOf, useChildRuns } from "./panes/child-runs.ts";
import { momentOf, nodesOf } from "./panes/run-moment.ts";
import { RunTimeline } from "./panes/run-timeline.tsx";
import { RunTree } from "./panes/run-tree.tsx";
import { useRunRows } from "./panes/use-run-rows.ts";
import type { Visits } from "./panes/use-visits.ts";
import { Scrubber } from "./panes/scrubber.tsx";

const panes = [
  { id: "all", icon: Columns3, keys: "0", label: "paneAll" },
  { id: "graph", icon: Workflow, keys: "1", label: "paneGraph" },
  { id: "tree", icon: ListTree, keys: "2", label: "paneTree" },
  { id: "timeline", icon: Rows3, keys: "3", label: "paneTimeline" },
] as const;

/** Graph, states and timeline side by side, with one selection and one moment; below them what is selected. */
export function RunTab({
  view,
  read,
  definition,
  search,
  onChange,
  onSelectVisit,
}: {
  readonly view: ExecutionView;
  readonly read: Visits;
  readonly definition: unknown;
  readonly search: ExecutionSearch;
  readonly onChange: (next: ExecutionSearch) => void;
  readonly onSelectVisit: (visit: number) => void;
}) {
  const text = useText();
  const now = useNow();
  const { at } = search;
  const { visits } = read;
  const shown = useMemo(
    () => (at === undefined ? visits : momentOf(visits, at, view.lastEventId)),
    [visits, at, view.lastEventId],
  );
  // The server's own counts know every visit, those that have not been read too.
  const status = useMemo(
    () => (at === undefined ? { nodes: view.nodes, edges: view.edges } : nodesOf(shown)),
    [at, shown, view.nodes, view.edges],
  );
  const selectedVisit = search.visit ?? (search.state === undefined ? view.failedVisit : undefined);
  const visit = shown.find(({ id }) => id === selectedVisit);
  // One row is beside the other, and what is folded in one pane is in both; a moment has fewer rows.
  const [withChildren, setOpened] = useChildRuns(visits);
  const rows = useRunRows(withChildren, visit?.id);
  useEffect(() => setOpened(rows), [rows, setOpened]);
  const rowsOfMoment = useRunRows(shown, visit?.id);
  const key = visit?.key ?? search.state;
  const ofState = useMemo(
    () => (key === undefined ? [] : shown.filter((each) => each.key === key)),
    [shown, key],
  );
  const navigate = useNavigate();
  const select = useCallback(
    (id: number) => {
      const child = childVisitOf(visits, id);
      if (child === undefined) return onSelectVisit(id);
      const { arn, visit: within } = child;
      void navigate({
        to: "/executions/$arn",
        params: { arn },
        search: within === 0 ? {} : { visit: within },
      });
    },
    [visits, onSelectVisit, navigate],
  );
  const selectState = (state: string) => {
    const newest = shown.findLast((each) => each.key === state);
    if (newest === undefined) onChange({ state, visit: undefined });
    else onSelectVisit(newest.id);
  };

  useShortcuts(
    useMemo(
      () =>
        panes.map(({ id, keys, label }) => ({
          keys,
          label: text.execution[label],
          group: text.execution.group,
          run: () => onChange({ pane: id === "all" ? undefined : id }),
        })),
      [text, onChange],
    ),
  );

  const pane = search.pane ?? "all";
  const isShown = (id: string) => pane === "all" || pane === id;
  const height = "h-[max(420px,calc(100dvh-25rem))]";
  return (
    <div className="flex flex-col gap-3">
      {view.type === "EXPRESS" && (
        <p className="text-xs text-dim">
          {text.inspector.expressKept}{" "}
          {view.isTruncated === true && (
            <strong className="text-wait">{text.inspector.expressCut}</strong>
          )}
        </p>
      )}
      <section className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
        <div className="flex items-center gap-1 border-b border-line px-2 py-1">
          {panes.map(({ id, icon: Icon, label }) => (
            <IconButton
              key={id}
              label={text.execution[label]}
              look={pane === id ? "plain" : "quiet"}
              onPress={() => onChange({ pane: id === "all" ? undefined : id })}
            >
              <Icon aria-hidden size={15} />
            </IconButton>
          ))}
          <div className="grow" />
        </div>
        <div
          className={`grid ${pane === "all" ? "lg:grid-cols-[minmax(0,1.1fr)_minmax(0,0.9fr)_minmax(0,1fr)]" : ""}`}
        >
          {isShown("graph") && (
            <FlowGraph
              definition={view.definition}
              status={status}
              selected={key}
              onSelect={selectState}
              className={`${height} border-line max-lg:border-b lg:border-r`}
            />
          )}
          {isShown("tree") && (
            <div
              className={`${height} min-w-0 overflow-hidden border-line max-lg:border-b lg:border-r`}
            >
              <RunTree
                visits={shown}
                selected={visit?.id}
                onSelect={select}
                now={now}
                startDate={view.startDate}
                stopDate={view.stopDate}
                at={at}
                rows={at === undefined ? rows : rowsOfMoment}
                more={read}
              />
            </div>
          )}
          {isShown("timeline") && (
            <div className={`${height} min-w-0 overflow-hidden`}>
              <RunTimeline
                visits={visits}
                rows={rows}
                selected={visit?.id}
                onSelect={select}
                now={now}
                startDate={view.startDate}
                stopDate={view.stopDate}
                at={at}
              />
            </div>
          )}
        </div>
        <div className="border-t border-line">
          <Scrubber
            lastEventId={view.lastEventId}
            at={at}
            onChange={(moment: number | undefined) => onChange({ at: moment })}
            visits={visits}
            startDate={view.startDate}
            stopDate={view.stopDate}
            isLive={view.status === "RUNNING" && view.stopDate === undefined}
          />
        </div>
      </section>
      <section
        aria-label={text.execution.inspector}
        className="rounded-xl border border-line bg-surface shadow-card"
      >
        <Inspector
          view={view}
          visit={visit}
          visits={ofState}
          shown={shown}
          read={read}
          name={visit?.name ?? key?.slice(key.lastIndexOf("/") + 1)}
          state={key === undefined ? undefined : stateAt(definition, key)}
          tab={search.tab}
          onTab={(tab) => onChange({ tab })}
          onSelect={onSelectVisit}
        />
      </section>
    </div>
  );
}
