import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { EventsTab } from "./events-tab.tsx";
import { ExecutionHead } from "./execution-head.tsx";
import type { ExecutionSearch } from "./execution-search.ts";
import { Family } from "./family.tsx";
import { FailurePanel } from "./failure-panel.tsx";
import { RunTab } from "./run-tab.tsx";
import { useVisits } from "./panes/use-visits.ts";
import { useVisitData } from "./visit-data.ts";
import { StartDialog } from "../start/start-dialog.tsx";

/** One execution: what happened, why, and what to do about it. */
export function ExecutionPage() {
  const { arn } = useParams({ from: "/executions/$arn" });
  const view = useQuery({ queryKey: keys.execution(arn), queryFn: () => server.execution(arn) });
  useLive({ executions: false, execution: { arn, from: view.data?.lastEventId ?? 0 } });
  const text = useText();
  useEffect(() => {
    const before = document.title;
    document.title = `${view.data?.name ?? text.execution.title} – ${text.app.name}`;
    return () => {
      document.title = before;
    };
  }, [view.data?.name, text]);
  return <Read query={view}>{(data) => <Execution key={arn} view={data} />}</Read>;
}

function Execution({ view }: { readonly view: ExecutionView }) {
  const text = useText();
  const search = useSearch({ from: "/executions/$arn" });
  const navigate = useNavigate({ from: "/executions/$arn" });
  const [isStarting, setStarting] = useState(false);
  const change = useCallback(
    (next: ExecutionSearch) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const read = useVisits(view.executionArn);
  const definition = useMemo(() => parsed(view.definition), [view.definition]);
  const hasFailed =
    view.status === "FAILED" || view.status === "TIMED_OUT" || view.status === "ABORTED";
  const first = read.visits[0];
  const data = useVisitData(view.executionArn, first);
  const selectVisit = useCallback(
    (visit: number) =>
      void navigate({
        search: ({ state: _state, page: _page, ...before }) => ({ ...before, visit }),
        replace: true,
      }),
    [navigate],
  );
  return (
    <>
      <ExecutionHead view={view} onStartAgain={() => setStarting(true)} />
      <Family view={view} visits={read.visits} />
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
            content: <JsonView value={view.definition} label={text.execution.definition} />,
          },
        ]}
      />
      <StartDialog
        stateMachineArn={view.stateMachineArn}
        type={view.type}
        isOpen={isStarting}
        onClose={() => setStarting(false)}
        initialInput={data.data?.input ?? "{}"}
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
