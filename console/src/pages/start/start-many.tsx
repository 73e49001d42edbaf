import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileUp, Play, Square } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { filterText } from "../../../../src/console/filter.ts";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Field, inputLook } from "../../parts/field.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { mostInputs, readInputFile, type InputFile } from "./input-file.ts";
import { StartRun, type StartProgress } from "./start-run.ts";
import { TargetChoice } from "./target-choice.tsx";

/** Our choice: what one browser asks without being a load test. */
const mostPerSecond = 50;
const usualPerSecond = 10;

/** Starts an execution for each line of a file. */
export function StartMany({
  stateMachineArn,
  onClose,
}: {
  readonly stateMachineArn: string;
  readonly onClose: () => void;
}) {
  const { startMany: text } = useText();
  const [file, setFile] = useState<InputFile>();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col gap-4">
      <input
        ref={picker}
        type="file"
        accept=".jsonl,.ndjson,.json,.csv,.tsv,text/csv"
        aria-label={text.file}
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          void chosen?.text().then((content) => setFile(readInputFile(chosen.name, content)));
          // The same file may be chosen again after it was changed.
          target.value = "";
        }}
      />
      {file === undefined || file.inputs.length === 0 ? (
        <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-6 py-10 text-center">
          {file !== undefined && (
            <p role="alert" className="text-fail">
              {text.unreadable}
            </p>
          )}
          <p className="max-w-prose text-[13px] text-dim">{text.fileHint}</p>
          <Button look="primary" onPress={() => picker.current?.click()}>
            <FileUp aria-hidden size={14} />
            {text.choose}
          </Button>
        </div>
      ) : (
        <Many
          stateMachineArn={stateMachineArn}
          file={file}
          onOther={() => setFile(undefined)}
          onClose={onClose}
        />
      )}
    </div>
  );
}

function Many({
  stateMachineArn,
  file: { inputs, wrong, isCut },
  onOther,
  onClose,
}: {
  readonly stateMachineArn: string;
  readonly file: InputFile;
  readonly onOther: () => void;
  readonly onClose: () => void;
}) {
  const { startMany: text, app } = useText();
  const format = useFormat();
  const client = useQueryClient();
  const [target, setTarget] = useState(stateMachineArn);
  const [prefix, setPrefix] = useState("");
  const [rate, setRate] = useState(usualPerSecond);
  const [progress, setProgress] = useState<StartProgress>();
  const run = useRef<StartRun>(undefined);
  useEffect(() => () => run.current?.stop(), []);
  const example = useMemo(() => formatJson(inputs[0]?.input ?? ""), [inputs]);
  const asked = progress === undefined ? 0 : progress.started + progress.failed.length;
  const isDone = asked >= inputs.length;

  const begin = () => {
    run.current ??= new StartRun(
      inputs,
      ({ line, input }) =>
        server.call(
          "StartExecution",
          { stateMachineArn: target, input, ...(prefix !== "" && { name: `${prefix}-${line}` }) },
          regionOf(stateMachineArn),
        ),
      (told) => {
        setProgress(told);
        if (!told.isRunning) void client.invalidateQueries({ queryKey: keys.workflows });
      },
    );
    run.current.begin(Math.min(mostPerSecond, Math.max(1, rate)));
    setProgress((before) => ({ started: 0, failed: [], ...before, isRunning: true }));
  };

  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]">
        <p className="grow font-medium tabular-nums">{text.rows(format.number(inputs.length))}</p>
        {progress?.isRunning !== true && (
          <Button look="quiet" onPress={onOther}>
            {text.again}
          </Button>
        )}
      </div>
      {wrong.length > 0 && (
        <p className="text-[13px] text-wait" title={wrong.slice(0, 50).map(String).join(", ")}>
          {text.wrong(format.number(wrong.length))}
        </p>
      )}
      {isCut && <p className="text-[13px] text-wait">{text.tooMany(format.number(mostInputs))}</p>}
      {progress === undefined ? (
        <>
          <CodeBlock label={text.first} code={example.slice(0, 2_000)} />
          <div className="grid gap-4 sm:grid-cols-3">
            <TargetChoice stateMachineArn={stateMachineArn} target={target} onChoose={setTarget} />
            <Field label={text.rate}>
              {(ids) => (
                <input
                  {...ids}
                  type="number"
                  min={1}
                  max={mostPerSecond}
                  value={rate}
                  onChange={(event) => setRate(event.target.valueAsNumber || 1)}
                  className={`${inputLook} h-8 tabular-nums`}
                />
              )}
            </Field>
            <Field label={text.prefix} hint={text.prefixHint}>
              {(ids) => (
                <input
                  {...ids}
                  value={prefix}
                  maxLength={70}
                  autoComplete="off"
                  onChange={(event) => setPrefix(event.target.value)}
                  className={`${inputLook} h-8`}
                />
              )}
            </Field>
          </div>
        </>
      ) : (
        <Progress progress={progress} asked={asked} all={inputs.length} />
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="grow basis-56 text-xs text-dim">{isDone ? text.done : text.stays}</p>
        {progress !== undefined && (
          <Link
            to="/executions"
            search={{
              q: filterText([{ field: "workflow", value: stateMachineArn.split(":")[6] ?? "" }]),
            }}
            onClick={onClose}
            className="inline-flex min-h-8 items-center px-2 text-[13px] font-medium text-accent hover:underline"
          >
            {text.see}
          </Link>
        )}
        <Button onPress={onClose}>{isDone ? app.close : app.cancel}</Button>
        {progress?.isRunning === true ? (
          <Button look="danger" onPress={() => run.current?.stop()}>
            <Square aria-hidden size={13} />
            {text.stop}
          </Button>
        ) : (
          !isDone && (
            <Button look="primary" onPress={begin}>
              <Play aria-hidden size={14} />
              {progress === undefined ? text.begin(format.number(inputs.length)) : text.goOn}
            </Button>
          )
        )}
      </div>
    </>
  );
}

function Progress({
  progress: { started, failed },
  asked,
  all,
}: {
  readonly progress: StartProgress;
  readonly asked: number;
  readonly all: number;
}) {
  const { startMany: text } = useText();
  const format = useFormat();
  const words = text.progress(format.number(started), format.number(all));
  return (
    <div className="flex flex-col gap-2">
      <div
        role="progressbar"
        aria-label={words}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={asked}
        className="flex h-2 gap-px overflow-hidden rounded-full bg-sunken"
      >
        <div className="bg-ok" style={{ width: `${(started / all) * 100}%` }} />
        <div className="bg-fail" style={{ width: `${(failed.length / all) * 100}%` }} />
      </div>
      <p role="status" className="flex flex-wrap gap-x-4 text-[13px] tabular-nums">
        <span>{words}</span>
        {failed.length > 0 && (
          <span className="text-fail">{text.failed(format.number(failed.length))}</span>
        )}
      </p>
      {failed.length > 0 && (
        <section>
          <h3 className="mb-1 text-[13px] font-medium">{text.failures}</h3>
          <ul className="max-h-48 divide-y divide-line overflow-y-auto rounded-md border border-line text-[13px]">
            {failed.slice(0, 200).map(({ line, reason }) => (
              <li key={line} className="flex gap-3 px-3 py-1.5">
                <span className="shrink-0 text-dim tabular-nums">
                  {text.line(format.number(line))}
                </span>
                <span className="min-w-0 break-words text-fail">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
