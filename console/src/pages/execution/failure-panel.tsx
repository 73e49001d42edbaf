import { CircleAlert } from "lucide-react";
import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { useEventSource } from "./event-source.ts";
import { HandlingList } from "./handling-list.tsx";
import { opened } from "./opened-cause.ts";

/** Why the execution stopped: the error, the state, and what each Retrier and Catcher said to it. */
export function FailurePanel({
  view,
  visit,
  state,
  onSelect,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView | undefined;
  /** The failed state as the definition has it. */
  readonly state: unknown;
  readonly onSelect: (visit: number) => void;
}) {
  const text = useText();
  const { hasDefinition } = useEventSource();
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
                <Button look="quiet" className="h-6! px-1.5!" onPress={() => onSelect(visit.id)}>
                  <span className="font-semibold text-text underline decoration-line-strong underline-offset-2">
                    {visit.name}
                  </span>
                </Button>
              </span>
            )}
          </div>
          {cause !== "" && (
            <pre className="mt-2 max-h-48 overflow-auto rounded-lg bg-bg/50 p-3 font-mono text-xs break-words whitespace-pre-wrap">
              {cause}
            </pre>
          )}
        </div>
        {visit !== undefined && hasDefinition && <HandlingList state={state} visit={visit} />}
      </div>
    </section>
  );
}
