import { useCallback, useMemo, type ReactNode } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { later } from "../../parts/later.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import type { ExecutionSearch } from "./execution-search.ts";
import { RunTab } from "./run-tab.tsx";
import type { Visits } from "./panes/use-visits.ts";

const EventsTab = later(async () => (await import("./events-tab.tsx")).EventsTab);
const FailurePanel = later(async () => (await import("./failure-panel.tsx")).FailurePanel);

/** What is below an execution's head, wherever the execution comes from: why it failed, its run, its events, its definition. */
export function ExecutionDetail({
  view,
  read,
  search,
  onSearch,
  definitionNote,
}: {
  readonly view: ExecutionView;
  readonly read: Visits;
  readonly search: ExecutionSearch;
  /** Changes the address in place. */
  readonly onSearch: (change: (before: ExecutionSearch) => ExecutionSearch) => void;
  /** What has to be known of the definition. */
  readonly definitionNote?: ReactNode;
}) {
  const text = useText();
  const definition = useMemo(() => parsed(view.definition), [view.definition]);
  const change = useCallback(
    (next: ExecutionSearch) => onSearch((before) => ({ ...before, ...next })),
    [onSearch],
  );
  const selectVisit = useCallback(
    (visit: number) =>
      onSearch(({ state: _state, page: _page, ...before }) => ({ ...before, visit })),
    [onSearch],
  );
  const hasFailed =
    view.status === "FAILED" || view.status === "TIMED_OUT" || view.status === "ABORTED";
  return (
    <>
      {hasFailed && (
        <FailurePanel
          view={view}
          visits={read.visits}
          definition={definition}
          onSelect={selectVisit}
        />
      )}
      <Tabs
        label={text.execution.title}
        selected={search.page ?? "run"}
        onSelect={(page) => change({ page })}
        items={[
          {
            id: "run",
            label: text.execution.run,
            content: (
              <RunTab
                view={view}
                read={read}
                definition={definition}
                search={search}
                onChange={change}
                onSelectVisit={selectVisit}
              />
            ),
          },
          { id: "events", label: text.execution.events, content: <EventsTab view={view} /> },
          {
            id: "definition",
            label: text.execution.definition,
            content: (
              <div className="flex flex-col gap-3">
                {definitionNote}
                <JsonView value={view.definition} label={text.execution.definition} />
              </div>
            ),
          },
        ]}
      />
    </>
  );
}

function parsed(definition: string): unknown {
  try {
    return JSON.parse(definition) as unknown;
  } catch {
    return {};
  }
}
