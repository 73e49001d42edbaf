import { useNavigate, useSearch } from "@tanstack/react-router";
import { FileJson2, X } from "lucide-react";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import type { HistoryEvent } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { Took } from "../../parts/time.tsx";
import { EventSourceContext, type EventSource } from "../execution/event-source.ts";
import { EventsTab } from "../execution/events-tab.tsx";
import type { ExecutionSearch } from "../execution/execution-search.ts";
import { FailurePanel } from "../execution/failure-panel.tsx";
import type { Visits } from "../execution/panes/use-visits.ts";
import { RunTab } from "../execution/run-tab.tsx";
import { DefinitionDialog } from "./definition-dialog.tsx";
import { FileButton } from "./file-button.tsx";
import type { ImportedFile } from "./imported-file.ts";

/** The execution of a file, in the panes of any execution: nothing of it is on the server. */
export function ImportedExecution({
  imported,
  onChange,
  onFile,
  onClose,
}: {
  readonly imported: ImportedFile;
  readonly onChange: (imported: ImportedFile) => void;
  readonly onFile: (file: File) => void;
  readonly onClose: () => void;
}) {
  const text = useText();
  const search = useSearch({ from: "/import" });
  const navigate = useNavigate({ from: "/import" });
  const { run } = imported;
  const { view, visits } = run;
  const change = useCallback(
    (next: ExecutionSearch) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const selectVisit = useCallback(
    (visit: number) =>
      void navigate({
        search: ({ state: _state, page: _page, ...before }) => ({ ...before, visit }),
        replace: true,
      }),
    [navigate],
  );
  const source = useMemo(() => sourceOf(imported), [imported]);
  const read = useMemo((): Visits => ({ ...allRead, visits, total: visits.length }), [visits]);
  const definition = useMemo(() => JSON.parse(view.definition) as unknown, [view.definition]);
  const hasFailed = view.status !== "RUNNING" && view.status !== "SUCCEEDED";
  return (
    <EventSourceContext value={source}>
      <Head imported={imported} onChange={onChange} onFile={onFile} onClose={onClose} />
      {hasFailed && (
        <FailurePanel view={view} visits={visits} definition={definition} onSelect={selectVisit} />
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
                key={view.executionArn}
                view={view}
                read={read}
                definition={definition}
                search={search}
                onChange={change}
                onSelectVisit={selectVisit}
              />
            ),
          },
          {
            id: "events",
            label: text.execution.events,
            content: <EventsTab key={view.executionArn} view={view} />,
          },
          {
            id: "definition",
            label: text.execution.definition,
            content: (
              <div className="flex flex-col gap-3">
                {run.isDerived && <p className="text-dim">{text.imports.derivedHint}</p>}
                <JsonView value={view.definition} label={text.execution.definition} />
              </div>
            ),
          },
        ]}
      />
    </EventSourceContext>
  );
}

const allRead = {
  isLoading: false,
  error: null,
  hasMore: false,
  isLoadingMore: false,
  loadMore: () => undefined,
};

/** The file's events, read as the server's are. */
function sourceOf({ run }: ImportedFile): EventSource {
  const { events } = run;
  return {
    isFile: true,
    hasDefinition: !run.isDerived,
    events: (_arn, { from, limit }) => {
      const first = events.findIndex(({ id }) => id >= from);
      const page = first < 0 ? [] : events.slice(first, first + limit);
      const more = first >= 0 && first + limit < events.length;
      return Promise.resolve({ events: page satisfies readonly HistoryEvent[], more });
    },
  };
}

function Head({
  imported,
  onChange,
  onFile,
  onClose,
}: {
  readonly imported: ImportedFile;
  readonly onChange: (imported: ImportedFile) => void;
  readonly onFile: (file: File) => void;
  readonly onClose: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const { run, name, file } = imported;
  const { view } = run;
  const notes = [
    run.isDerived ? text.imports.derived : "",
    run.hasGaps ? text.imports.gaps : "",
    run.unplaced > 0 ? text.imports.unplaced(format.number(run.unplaced)) : "",
    view.status === "RUNNING" ? text.imports.unfinished : "",
  ].filter((note) => note !== "");
  return (
    <header className="mb-4">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-accent/40 bg-accent-soft px-3 py-1.5 text-[13px]">
        <FileJson2 aria-hidden size={15} className="shrink-0 text-accent" />
        <b className="font-semibold">{text.imports.badge}</b>
        <span className="text-dim">{text.imports.stays}</span>
        <div className="grow" />
        <IconButton label={text.imports.close} onPress={onClose}>
          <X aria-hidden size={15} />
        </IconButton>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusBadge status={view.status} />
        <h1 className="min-w-0 truncate text-[20px] font-semibold tracking-tight" title={name}>
          {name}
        </h1>
        <div className="grow" />
        <Button look={run.isDerived ? "primary" : "plain"} onPress={() => setAsking(true)}>
          {run.isDerived ? text.imports.addDefinition : text.imports.changeDefinition}
        </Button>
        <FileButton onFile={onFile} label={text.imports.another}>
          {text.imports.another}
        </FileButton>
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-7 gap-y-2">
        <Fact name={text.time.started}>{format.dateTime(view.startDate)}</Fact>
        <Fact name={text.time.duration}>
          <Took from={view.startDate} to={view.stopDate} />
        </Fact>
        <Fact name={text.execution.transitions}>{format.number(view.transitions)}</Fact>
        <Fact name={text.execution.events}>{format.number(file.events.length)}</Fact>
        {view.redriveCount > 0 && (
          <Fact name={text.execution.redrives}>{format.number(view.redriveCount)}</Fact>
        )}
        {view.roleArn !== "" && <Fact name={text.imports.role}>{view.roleArn}</Fact>}
      </dl>
      {notes.length > 0 && (
        <ul className="mt-3 flex flex-col gap-0.5 text-xs text-dim">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <DefinitionDialog
        imported={imported}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onChange={onChange}
      />
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[11px] text-dim">{name}</dt>
      <dd className="truncate tabular-nums">{children}</dd>
    </div>
  );
}
