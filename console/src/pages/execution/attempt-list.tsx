import { useState } from "react";
import type { AttemptView, ExecutionView, VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";
import { DifferenceSwitch } from "./difference-switch.tsx";
import { DocumentTree } from "./document-tree.tsx";
import { opened } from "./opened-cause.ts";
import { useVisitData, type VisitData } from "./visit-data.ts";

type Documents = VisitData["attempts"][number];

/** Each try of the state's task: when, how long, what was sent and what came of it. */
export function AttemptList({
  view,
  visit,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
}) {
  const data = useVisitData(view.executionArn, visit);
  const documentsOf = (attempt: AttemptView | undefined) =>
    data.data?.attempts.find(({ id }) => id === attempt?.id);
  return (
    <ol className="flex flex-col gap-3">
      {visit.attempts.map((attempt, index) => (
        <li key={attempt.id} className="rounded-lg border border-line p-3">
          <AttemptHead attempt={attempt} index={index} stopDate={view.stopDate} />
          <AttemptDocuments
            index={index}
            documents={documentsOf(attempt)}
            before={documentsOf(visit.attempts[index - 1])}
          />
        </li>
      ))}
    </ol>
  );
}

function AttemptHead({
  attempt,
  index,
  stopDate,
}: {
  readonly attempt: AttemptView;
  readonly index: number;
  readonly stopDate: number | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const queued = (attempt.startedAt ?? attempt.scheduledAt) - attempt.scheduledAt;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <b className="font-semibold">{text.execution.attempt(format.number(index + 1))}</b>
        <StatusBadge status={attempt.status} />
        <span className="text-dim tabular-nums">{format.exactTime(attempt.scheduledAt)}</span>
        <Took from={attempt.scheduledAt} to={attempt.endedAt ?? stopDate} />
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
    </>
  );
}

/** What was sent and what came back, or how either differs from the attempt before. */
function AttemptDocuments({
  index,
  documents,
  before,
}: {
  readonly index: number;
  readonly documents: Documents | undefined;
  readonly before: Documents | undefined;
}) {
  const text = useText();
  const format = useFormat();
  const [isCompared, setCompared] = useState(false);
  const canCompare =
    (documents?.sent !== undefined && before?.sent !== undefined) ||
    (documents?.got !== undefined && before?.got !== undefined);
  const document = (
    value: string | undefined,
    earlier: string | undefined,
    label: string,
    root: string,
  ) => {
    if (value === undefined) return null;
    if (!isCompared || earlier === undefined) {
      return <JsonView value={value} label={label} root={root} />;
    }
    return <DocumentTree value={value} before={earlier} label={label} root={root} />;
  };
  return (
    <div className="mt-2 flex flex-col gap-2">
      {canCompare && (
        <DifferenceSwitch
          isOn={isCompared}
          onChange={setCompared}
          hint={text.inspector.differenceAttempt(format.number(index))}
        />
      )}
      <div className="grid gap-2 xl:grid-cols-2">
        {document(documents?.sent, before?.sent, text.execution.stageParameters, "")}
        {document(documents?.got, before?.got, text.execution.stageResult, "$states.result")}
      </div>
    </div>
  );
}
