import type { ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";
import { opened } from "./opened-cause.ts";
import { useVisitData } from "./visit-data.ts";

/** Each try of the state's task: when, how long, what was sent and what came of it. */
export function AttemptList({
  view,
  visit,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
}) {
  const text = useText();
  const format = useFormat();
  const data = useVisitData(view.executionArn, visit);
  return (
    <ol className="flex flex-col gap-3">
      {visit.attempts.map((attempt, index) => {
        const documents = data.data?.attempts.find(({ id }) => id === attempt.id);
        const queued = (attempt.startedAt ?? attempt.scheduledAt) - attempt.scheduledAt;
        return (
          <li key={attempt.id} className="rounded-lg border border-line p-3">
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <b className="font-semibold">{text.execution.attempt(format.number(index + 1))}</b>
              <StatusBadge status={attempt.status} />
              <span className="text-dim tabular-nums">{format.exactTime(attempt.scheduledAt)}</span>
              <Took from={attempt.scheduledAt} to={attempt.endedAt ?? view.stopDate} />
              {queued > 0 && (
                <span className="text-xs text-dim">
                  {text.execution.queued} {format.duration(queued)}
                </span>
              )}
              {attempt.retryAt !== undefined && (
                <span className="text-xs text-wait">
                  {text.execution.nextTry} {format.exactTime(attempt.retryAt)}
                </span>
              )}
            </div>
            {attempt.error !== undefined && (
              <div className="mt-2 rounded-md bg-fail-soft px-3 py-2">
                <p className="font-mono text-xs font-semibold text-fail">{attempt.error}</p>
                {attempt.cause !== undefined && (
                  <pre className="mt-1 max-h-32 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
                    {opened(attempt.cause)}
                  </pre>
                )}
              </div>
            )}
            <div className="mt-2 grid gap-2 xl:grid-cols-2">
              {documents?.sent !== undefined && (
                <JsonView value={documents.sent} label={text.execution.stageParameters} />
              )}
              {documents?.got !== undefined && (
                <JsonView value={documents.got} label={text.execution.stageResult} />
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
