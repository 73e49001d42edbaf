import { useMemo } from "react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { StateIcon } from "../../graph/view/state-icon.tsx";
import { useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { later } from "../../parts/later.tsx";
import { Loading } from "../../parts/layout.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { AttemptList } from "./attempt-list.tsx";
import { DesignLink } from "./design-link.tsx";
import { useEventSource } from "./event-source.ts";
import type { Visits } from "./panes/use-visits.ts";
import { variablesInScope } from "./variables-in-scope.ts";
import { useVisitData } from "./visit-data.ts";
import { VisitDocuments } from "./visit-documents.tsx";
import { VisitFacts, VisitSwitch } from "./visit-facts.tsx";

const DataFlow = later(async () => (await import("./data-flow.tsx")).DataFlow);
const HandlingList = later(async () => (await import("./handling-list.tsx")).HandlingList);
const LogsTab = later(async () => (await import("./logs-tab.tsx")).LogsTab);
const MapItemsTab = later(async () => (await import("./map-items-tab.tsx")).MapItemsTab);
const VariablesTab = later(async () => (await import("./variables-tab.tsx")).VariablesTab);

/** Everything about the state that is selected. */
export function Inspector({
  view,
  visit,
  visits,
  shown,
  read,
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
  /** The visits of all states, as they were at the moment that is shown. */
  readonly shown: readonly VisitView[];
  readonly read: Visits;
  readonly name: string | undefined;
  /** The state as the definition has it. */
  readonly state: unknown;
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const { hasDefinition, isFile } = useEventSource();
  const variables = useMemo(
    () => (visit === undefined ? 0 : variablesInScope(shown, visit).length),
    [shown, visit],
  );
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
        {!isFile && visit !== undefined && <DesignLink view={view} stateKey={visit.key} />}
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
          <VisitFacts visit={visit} visits={visits} type={view.type} stopDate={view.stopDate} />
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
              ...(!isFile && visit.type === "Map" && visit.mapRunArn === undefined
                ? [
                    {
                      id: "items",
                      label: text.mapRuns.iterations,
                      content: (
                        <MapItemsTab
                          executionArn={view.executionArn}
                          visit={visit}
                          onSelect={onSelect}
                        />
                      ),
                    },
                  ]
                : []),
              ...(variables === 0
                ? []
                : [
                    {
                      id: "variables",
                      label: `${text.inspector.variables} (${variables})`,
                      content: (
                        <VariablesTab
                          view={view}
                          visit={visit}
                          visits={shown}
                          read={read}
                          onSelect={onSelect}
                        />
                      ),
                    },
                  ]),
              ...(visit.attempts.length === 0
                ? []
                : [
                    {
                      id: "logs",
                      label: text.inspector.logs,
                      content: <LogsTab view={view} visit={visit} />,
                    },
                  ]),
              { id: "definition", label: text.execution.definition, content: definition },
            ]}
          />
        </>
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
