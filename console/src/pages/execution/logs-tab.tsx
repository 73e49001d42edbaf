import { useState, type ReactNode } from "react";
import { typeOfArn } from "../../../../src/machine/arns.ts";
import type {
  AttemptView,
  ExecutionView,
  FunctionLogView,
  VisitView,
} from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Loading } from "../../parts/layout.tsx";
import { useEventSource } from "./event-source.ts";
import { isFunction, logPlaceOf, type LogPlace } from "./log-place.ts";
import { LogLines } from "./log-lines.tsx";
import { useFunctionLog } from "./use-function-log.ts";
import { useVisitData } from "./visit-data.ts";

/** What a task's function printed, or what stands in for its service, attempt by attempt; else where its output is. */
export function LogsTab({
  view,
  visit,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
}) {
  const text = useText().inspector;
  const { isFile } = useEventSource();
  const resource = visit.resource ?? "";
  if (isFile) return <p className="text-dim">{text.logPlaces.file}</p>;
  const elsewhere = isFunction(resource) ? undefined : (
    <Elsewhere view={view} visit={visit} resource={resource} />
  );
  const isActivity = typeOfArn(resource) === "activity";
  if (isActivity) return elsewhere;
  return <AttemptLogs key={visit.id} view={view} visit={visit} elsewhere={elsewhere} />;
}

function AttemptLogs({
  view,
  visit,
  elsewhere,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
  /** Where the output is, if it is not here; absent: the function's log group. */
  readonly elsewhere: ReactNode;
}) {
  const text = useText().inspector;
  const format = useFormat();
  const { attempts } = visit;
  const [chosen, setChosen] = useState<number>();
  const attempt = attempts.find(({ id }) => id === chosen) ?? attempts.at(-1);
  if (attempt === undefined) return null;
  return (
    <div className="flex flex-col gap-3">
      {attempts.length > 1 && (
        <label className="flex items-center gap-2 text-[13px] text-dim">
          {text.logsAttempt}
          <select
            value={attempt.id}
            onChange={(event) => setChosen(Number(event.target.value))}
            className="h-8 rounded-md border border-line bg-surface px-2 text-text"
          >
            {attempts.map(({ id, scheduledAt, error }, index) => (
              <option key={id} value={id}>
                {[format.number(index + 1), format.exactTime(scheduledAt), error ?? ""]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </option>
            ))}
          </select>
        </label>
      )}
      <AttemptLog
        key={attempt.id}
        executionArn={view.executionArn}
        attempt={attempt}
        elsewhere={elsewhere}
      />
    </div>
  );
}

function AttemptLog({
  executionArn,
  attempt,
  elsewhere,
}: {
  readonly executionArn: string;
  readonly attempt: AttemptView;
  readonly elsewhere: ReactNode;
}) {
  const text = useText().inspector;
  const isRunning = attempt.endedAt === undefined && attempt.status !== "aborted";
  const { view, lines, error } = useFunctionLog(executionArn, attempt.id, isRunning);
  if (view === undefined) {
    if (error === undefined) return <Loading />;
    return (
      <p role="alert" className="text-fail">
        {text.logsFailed}: {error.message}
      </p>
    );
  }
  if (view.place === "url" && lines.length === 0) {
    return <p className="text-dim">{text.logPlaces.url(view.functionName)}</p>;
  }
  if (view.place === "elsewhere" && lines.length === 0) {
    return elsewhere ?? <CloudWatch view={view} />;
  }
  const notes = notesOf(view, attempt, lines.length, text);
  return (
    <div className="flex flex-col gap-2">
      {lines.length === 0 ? (
        <p role="status" className="text-dim">
          {emptyNote(view, attempt, isRunning, text)}
        </p>
      ) : (
        <LogLines
          lines={lines}
          label={text.logsOf(view.functionName)}
          from={attempt.startedAt ?? attempt.scheduledAt}
          isRunning={isRunning}
        />
      )}
      {notes.length > 0 && (
        <ul className="flex flex-col gap-0.5 text-xs text-dim">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

type Words = ReturnType<typeof useText>["inspector"];

function emptyNote(
  { keptSince }: FunctionLogView,
  { scheduledAt }: AttemptView,
  isRunning: boolean,
  text: Words,
): string {
  if (scheduledAt < keptSince) return text.logsGone;
  return isRunning ? text.logsNoneYet : text.logsNone;
}

function notesOf(
  { isCut, keptSince }: FunctionLogView,
  { scheduledAt }: AttemptView,
  lines: number,
  text: Words,
): readonly string[] {
  if (lines === 0) return [];
  return [
    ...(isCut ? [text.logsCut] : scheduledAt < keptSince ? [text.logsMaybeGone] : []),
    text.logsTimes,
  ];
}

function CloudWatch({ view: { functionName } }: { readonly view: FunctionLogView }) {
  const text = useText().inspector;
  return (
    <div className="flex flex-col gap-1.5">
      <p>{text.logPlaces.cloudWatch}</p>
      <LogGroup name={`/aws/lambda/${functionName}`} />
      <p className="text-xs text-dim">{text.logPlaces.cloudWatchHint(functionName)}</p>
    </div>
  );
}

function Elsewhere({
  view,
  visit,
  resource,
}: {
  readonly view: ExecutionView;
  readonly visit: VisitView;
  readonly resource: string;
}) {
  const text = useText().inspector;
  const data = useVisitData(view.executionArn, visit);
  const place = logPlaceOf(resource, data.data?.attempts.at(-1)?.sent);
  return (
    <div className="flex flex-col gap-1.5">
      <p>{saidOf(place, text)}</p>
      {place.kind === "service" && place.group !== undefined && (
        <>
          <p className="text-dim">{text.logPlaces.groups}</p>
          <LogGroup name={place.group} />
        </>
      )}
    </div>
  );
}

function saidOf(place: LogPlace, { logPlaces }: Words): string {
  return place.kind === "service" ? logPlaces.service(place.service) : logPlaces[place.kind];
}

function LogGroup({ name }: { readonly name: string }) {
  const text = useText().inspector;
  return (
    <p className="flex w-fit max-w-full items-center gap-1 rounded-md border border-line bg-sunken py-0.5 pr-1 pl-3">
      <code className="min-w-0 font-mono text-xs break-all">{name}</code>
      <CopyButton value={name} label={text.copyGroup} />
    </p>
  );
}
