import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Loading } from "../../parts/layout.tsx";
import { useEventSource } from "./event-source.ts";
import { variablesInScope, type Assignment, type VariableInScope } from "./variables-in-scope.ts";
import { detailsOf } from "./visit-data.ts";
import type { Visits } from "./panes/use-visits.ts";

/** The variables that the state could read and those that it assigned: the values, who gave them, and what they were. */
export function VariablesTab({
  view,
  visit,
  visits,
  read,
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
  /** As they were at the moment that is shown. */
  readonly visits: readonly VisitView[];
  readonly read: Visits;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText().inspector;
  const format = useFormat();
  const variables = useMemo(() => variablesInScope(visits, visit), [visits, visit]);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-xs text-dim">
        {variables.length === 0 ? text.variablesNone : text.variablesHint}
      </p>
      {read.hasMore && (
        <p className="flex flex-wrap items-center gap-2 text-xs text-wait">
          {text.variablesMissing(format.number(read.total - read.visits.length))}
          <Button isDisabled={read.isLoadingMore} onPress={read.loadMore}>
            {text.variablesRead}
          </Button>
        </p>
      )}
      <ul className="flex flex-col gap-3">
        {variables.map((variable) => (
          <Variable key={variable.name} view={view} variable={variable} onSelect={onSelect} />
        ))}
      </ul>
    </div>
  );
}

function Variable({
  view,
  variable: { name, found, own, history },
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly variable: VariableInScope;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText().inspector;
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const newest = own ?? found;
  if (newest === undefined) return null;
  return (
    <li className="rounded-lg border border-line p-3">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="min-w-0 font-mono text-[13px] font-semibold break-all">{`$${name}`}</h3>
        {own === undefined ? (
          <AssignedBy view={view} assignment={newest} onSelect={onSelect} />
        ) : (
          <span className="rounded bg-accent-soft px-1.5 text-xs leading-5 text-accent">
            {text.variableHere}
          </span>
        )}
      </div>
      <div className={own && found ? "grid gap-2 xl:grid-cols-2" : ""}>
        {own && found && (
          <AssignedValue
            view={view}
            assignment={found}
            name={name}
            label={`$${name}: ${text.variableWas}`}
          />
        )}
        <AssignedValue view={view} assignment={newest} name={name} label={`$${name}`} />
      </div>
      {history.length > 1 && (
        <>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="mt-2 flex min-h-6 items-center gap-1 text-xs text-dim hover:text-text"
          >
            <ChevronRight
              aria-hidden
              size={12}
              className={`transition-transform ${isOpen ? "rotate-90" : ""}`}
            />
            {text.history(format.number(history.length))}
          </button>
          {isOpen && <History view={view} name={name} history={history} onSelect={onSelect} />}
        </>
      )}
    </li>
  );
}

/** Values that are read and shown at first, and with each press. */
const valuesAtOnce = 20;

function History({
  view,
  name,
  history,
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly name: string;
  readonly history: readonly Assignment[];
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText().inspector;
  const [most, setMost] = useState(valuesAtOnce);
  return (
    <>
      <ol className="mt-1 divide-y divide-line border-t border-line text-[13px]">
        {history.slice(0, most).map((assignment) => (
          <li
            key={assignment.eventId}
            className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1"
          >
            <AssignedBy view={view} assignment={assignment} onSelect={onSelect} />
            <ShortValue view={view} assignment={assignment} name={name} />
          </li>
        ))}
      </ol>
      {history.length > most && (
        <Button look="quiet" onPress={() => setMost(most + valuesAtOnce)}>
          {text.olderMore}
        </Button>
      )}
    </>
  );
}

function AssignedBy({
  view,
  assignment: { visit, at },
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly assignment: Assignment;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText().inspector;
  const format = useFormat();
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5 text-xs text-dim">
      {text.assignedBy}
      <button
        type="button"
        onClick={() => onSelect(visit.id)}
        className="min-h-6 min-w-0 font-semibold break-words text-text underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        {visit.name}
      </button>
      <span className="tabular-nums" title={format.dateTime(at)}>
        {text.assignedAt(format.duration(at - view.startDate))}
      </span>
    </span>
  );
}

function AssignedValue({
  view,
  assignment,
  name,
  label,
}: {
  readonly view: ExecutionView;
  readonly assignment: Assignment;
  readonly name: string;
  readonly label: string;
}) {
  const text = useText().inspector;
  const read = useAssigned(view.executionArn, assignment.eventId);
  if (read.isPending) return <Loading />;
  const value = read.data?.[name];
  if (value === undefined) return <p className="text-dim">{text.valueGone}</p>;
  return <JsonView value={value} label={label} root={`$${name}`} />;
}

/** Characters of a value in a row. */
const longestValue = 160;

function ShortValue({
  view,
  assignment,
  name,
}: {
  readonly view: ExecutionView;
  readonly assignment: Assignment;
  readonly name: string;
}) {
  const value = useAssigned(view.executionArn, assignment.eventId).data?.[name] ?? "";
  const isLong = value.length > longestValue;
  return (
    <code className="min-w-24 grow basis-0 truncate font-mono text-xs">
      {isLong ? `${value.slice(0, longestValue)}…` : value}
    </code>
  );
}

/** The variables that an exit assigned: their values as JSON texts. */
function useAssigned(executionArn: string, eventId: number) {
  const source = useEventSource();
  return useQuery({
    queryKey: [...keys.execution(executionArn), "assigned", eventId],
    staleTime: Infinity,
    queryFn: async (): Promise<Readonly<Record<string, string>>> => {
      const { events } = await source.events(executionArn, { from: eventId, limit: 1 });
      const event = events.find(({ id }) => id === eventId);
      const assigned = detailsOf(event)["assignedVariables"] ?? {};
      return Object.fromEntries(
        Object.entries(assigned).map(([name, value]) => [
          name,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      );
    },
  });
}
