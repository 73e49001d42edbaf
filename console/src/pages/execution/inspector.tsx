import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { StateIcon } from "../../graph/view/state-icon.tsx";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Loading } from "../../parts/layout.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { Took } from "../../parts/time.tsx";
import { AttemptList } from "./attempt-list.tsx";
import { useEventSource } from "./event-source.ts";
import { DataFlow } from "./data-flow.tsx";
import { HandlingList } from "./handling-list.tsx";
import { opened } from "./opened-cause.ts";
import { useVisitData } from "./visit-data.ts";

/** Everything about the state that is selected. */
export function Inspector({
  view,
  visit,
  visits,
  name,
  state,
  tab,
  onTab,
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView | undefined;
  /** All visits of the same state. */
  readonly visits: readonly VisitView[];
  readonly name: string | undefined;
  /** The state as the definition has it. */
  readonly state: unknown;
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const { hasDefinition } = useEventSource();
  if (name === undefined) {
    return <p className="px-6 py-10 text-center text-dim">{text.execution.nothingSelected}</p>;
  }
  const definition = (
    <JsonView
      value={JSON.stringify(state) ?? "null"}
      label={`${text.execution.definition}: ${name}`}
    />
  );
  const type = (state as { readonly Type?: string } | undefined)?.Type ?? visit?.type ?? "";
  const hasHandling = hasDefinition && (type === "Task" || type === "Map" || type === "Parallel");
  return (
    <div className="flex min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 pb-1">
        <span className="grid h-7 w-7 place-items-center rounded-md bg-sunken text-dim">
          <StateIcon type={type} resource={visit?.resource} />
        </span>
        <h2 className="min-w-0 truncate text-[15px] font-semibold">{name}</h2>
        {visit !== undefined && <StatusBadge status={visit.status} />}
        <div className="grow" />
        {visit !== undefined && visits.length > 1 && (
          <VisitSwitch visit={visit} visits={visits} onSelect={onSelect} />
        )}
      </div>
      {visit === undefined ? (
        <div className="flex flex-col gap-3 p-4">
          <p className="text-dim">{text.execution.notEntered}</p>
          {definition}
        </div>
      ) : (
        <>
          <VisitFacts visit={visit} stopDate={view.stopDate} />
          <Tabs
            label={text.execution.inspector}
            selected={tab ?? "data"}
            onSelect={onTab}
            className="px-4 pb-4"
            panelClassName="pt-3"
            items={[
              {
                id: "data",
                label: text.execution.data,
                content: <VisitDocuments view={view} visit={visit} />,
              },
              {
                id: "flow",
                label: text.execution.flow,
                content: <VisitFlow view={view} visit={visit} state={state} />,
              },
              ...(visit.attempts.length === 0
                ? []
                : [
                    {
                      id: "attempts",
                      label: `${text.execution.attempts} (${visit.attempts.length})`,
                      content: <AttemptList view={view} visit={visit} />,
                    },
                  ]),
              ...(hasHandling
                ? [
                    {
                      id: "handling",
                      label: text.execution.handling,
                      content: <HandlingList state={state} visit={visit} />,
                    },
                  ]
                : []),
              { id: "definition", label: text.execution.definition, content: definition },
            ]}
          />
        </>
      )}
    </div>
  );
}

function VisitSwitch({
  visit,
  visits,
  onSelect,
}: {
  readonly visit: VisitView;
  readonly visits: readonly VisitView[];
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const format = useFormat();
  const index = visits.findIndex(({ id }) => id === visit.id);
  const older = visits[index - 1];
  const newer = visits[index + 1];
  return (
    <div className="flex items-center gap-1">
      <IconButton
        label={text.execution.olderVisit}
        isDisabled={older === undefined}
        onPress={() => older !== undefined && onSelect(older.id)}
      >
        <ChevronLeft aria-hidden size={15} />
      </IconButton>
      <span className="text-xs text-dim tabular-nums">
        {text.execution.visitOf(format.number(index + 1), format.number(visits.length))}
      </span>
      <IconButton
        label={text.execution.newerVisit}
        isDisabled={newer === undefined}
        onPress={() => newer !== undefined && onSelect(newer.id)}
      >
        <ChevronRight aria-hidden size={15} />
      </IconButton>
    </div>
  );
}

function VisitFacts({
  visit,
  stopDate,
}: {
  readonly visit: VisitView;
  readonly stopDate: number | undefined;
}) {
  const text = useText();
  const format = useFormat();
  return (
    <div className="px-4 pb-2">
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-[13px]">
        <div className="flex gap-1.5">
          <dt className="text-dim">{text.execution.entered}</dt>
          <dd className="tabular-nums">{format.exactTime(visit.enteredAt)}</dd>
        </div>
        <div className="flex gap-1.5">
          <dt className="text-dim">{text.execution.took}</dt>
          <dd>
            <Took from={visit.enteredAt} to={visit.exitedAt ?? stopDate} />
          </dd>
        </div>
        {visit.until !== undefined && visit.exitedAt === undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.waitsUntil}</dt>
            <dd className="tabular-nums">{format.dateTime(visit.until)}</dd>
          </div>
        )}
        {visit.resource !== undefined && (
          <div className="flex min-w-0 gap-1.5">
            <dt className="text-dim">{text.execution.resource}</dt>
            <dd className="truncate font-mono text-xs leading-5" title={visit.resource}>
              {visit.resource}
            </dd>
          </div>
        )}
        {visit.childArn !== undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.child}</dt>
            <dd>
              <Link
                to="/executions/$arn"
                params={{ arn: visit.childArn }}
                className="text-accent hover:underline"
              >
                {visit.childArn.split(":").slice(6).join(" · ")}
              </Link>
            </dd>
          </div>
        )}
        {visit.mapRunArn !== undefined && (
          <div className="flex gap-1.5">
            <dt className="text-dim">{text.execution.mapRun}</dt>
            <dd>
              <Link
                to="/map-runs/$arn"
                params={{ arn: visit.mapRunArn }}
                className="text-accent hover:underline"
              >
                {visit.mapRunArn.slice(visit.mapRunArn.lastIndexOf("/") + 1)}
              </Link>
            </dd>
          </div>
        )}
      </dl>
      {visit.error !== undefined && (
        <div className="mt-2 rounded-lg bg-fail-soft px-3 py-2">
          <p className="font-mono text-[13px] font-semibold text-fail">{visit.error}</p>
          {visit.cause !== undefined && (
            <pre className="mt-1 max-h-32 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
              {opened(visit.cause)}
            </pre>
          )}
        </div>
      )}
    </div>
  );
}

function VisitDocuments({
  view,
  visit,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
}) {
  const text = useText();
  const data = useVisitData(view.executionArn, visit);
  if (data.data === undefined) return <Loading />;
  const { input, output } = data.data;
  return (
    <div className="grid gap-3 xl:grid-cols-2">
      {input !== undefined && <JsonView value={input} label={text.execution.input} />}
      {output === undefined ? (
        <p className="p-3 text-dim">
          {visit.exitedAt === undefined ? text.execution.noOutput : text.execution.neverOutput}
        </p>
      ) : (
        <JsonView value={output} label={text.execution.output} />
      )}
    </div>
  );
}

function VisitFlow({
  view,
  visit,
  state,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
  readonly state: unknown;
}) {
  const data = useVisitData(view.executionArn, visit);
  return data.data === undefined ? <Loading /> : <DataFlow data={data.data} state={state} />;
}
