import { useNavigate, useSearch } from "@tanstack/react-router";
import { FileJson2, X } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { HistoryEvent } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";
import { EventSourceContext, type EventSource } from "../execution/event-source.ts";
import { ExecutionDetail } from "../execution/execution-detail.tsx";
import type { ExecutionSearch } from "../execution/execution-search.ts";
import type { Visits } from "../execution/panes/use-visits.ts";
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
  const onSearch = useCallback(
    (change: (before: ExecutionSearch) => ExecutionSearch) =>
      void navigate({ search: change, replace: true }),
    [navigate],
  );
  const source = useMemo(() => sourceOf(imported), [imported]);
  const read = useMemo((): Visits => ({ ...allRead, visits, total: visits.length }), [visits]);
  return (
    <EventSourceContext value={source}>
      <Head imported={imported} onChange={onChange} onFile={onFile} onClose={onClose} />
      <ExecutionDetail
        key={view.executionArn}
        view={view}
        read={read}
        search={search}
        onSearch={onSearch}
        definitionNote={run.isDerived && <p className="text-dim">{text.imports.derivedHint}</p>}
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
        <b className="font-semibold">
          {imported.isSimulation ? text.imports.simulation : text.imports.badge}
        </b>
        <span className="text-dim">
          {imported.isSimulation ? text.imports.simulationHint : text.imports.stays}
        </span>
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
        {!imported.isSimulation && (
          <Button look={run.isDerived ? "primary" : "plain"} onPress={() => setAsking(true)}>
            {run.isDerived ? text.imports.addDefinition : text.imports.changeDefinition}
          </Button>
        )}
        <FileButton onFile={onFile} label={text.imports.another}>
          {text.imports.another}
        </FileButton>
      </div>
      <Facts>
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
      </Facts>
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
