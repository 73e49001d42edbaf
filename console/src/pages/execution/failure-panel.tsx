import { CircleAlert } from "lucide-react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { DesignLink } from "./design-link.tsx";
import { useEventSource } from "./event-source.ts";
import { HandlingList } from "./handling-list.tsx";
import { caughtBefore, stateAt } from "./handling.ts";
import { opened } from "./opened-cause.ts";

/** Why the execution stopped: the error, the state, and what each Retrier and Catcher said to it. */
export function FailurePanel({
  view,
  visits,
  definition,
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly visits: readonly VisitView[];
  readonly definition: unknown;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const visit = visits.find(({ id }) => id === view.failedVisit);
  const origin = visit && caughtBefore(visits, visit);
  const { hasDefinition, isFile } = useEventSource();
  const cause = opened(view.cause ?? visit?.cause ?? "");
  const error = view.error ?? visit?.error ?? text.status[view.status];
  return (
    <section
      aria-label={text.execution.whyStopped}
      className="mb-4 overflow-hidden rounded-xl border border-fail/50 bg-fail-soft"
    >
      <div className="grid gap-x-8 gap-y-4 p-4 lg:grid-cols-2">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <CircleAlert aria-hidden size={17} className="shrink-0 text-fail" />
            <h2 className="min-w-0 font-mono text-[15px] font-semibold break-words text-fail">
              {error}
            </h2>
            {visit !== undefined && (
              <span className="flex items-center gap-1 text-dim">
                {text.execution.failedIn}
                <StateButton visit={visit} onSelect={onSelect} />
              </span>
            )}
            {visit !== undefined && !isFile && (
              <DesignLink view={view} stateKey={(origin ?? visit).key} />
            )}
          </div>
          {cause !== "" && (
            <pre className="mt-2 max-h-48 overflow-auto rounded-lg bg-bg/50 p-3 font-mono text-xs break-words whitespace-pre-wrap">
              {cause}
            </pre>
          )}
        </div>
        {visit !== undefined && hasDefinition && (
          <div className="flex min-w-0 flex-col gap-2">
            {origin !== undefined && (
              <p className="flex flex-wrap items-center gap-x-1 text-dim">
                {text.execution.cameFrom}
                <StateButton visit={origin} onSelect={onSelect} />
                <span className="font-mono text-[13px] break-words text-wait">{origin.error}</span>
              </p>
            )}
            <HandlingList
              state={stateAt(definition, (origin ?? visit).key)}
              visit={origin ?? visit}
            />
          </div>
        )}
      </div>
    </section>
  );
}

function StateButton({
  visit,
  onSelect,
}: {
  readonly visit: VisitView;
  readonly onSelect: (visit: number) => void;
}) {
  return (
    <Button look="quiet" className="h-6! px-1.5!" onPress={() => onSelect(visit.id)}>
      <span className="font-semibold text-text underline decoration-line-strong underline-offset-2">
        {visit.name}
      </span>
    </Button>
  );
}
