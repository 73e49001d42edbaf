import { Download } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { MapRunView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { failedOf } from "./counts-bar.tsx";
import { mostInputs, readFailedInputs, type InputsProgress } from "./read-failed-inputs.ts";

/** The inputs of the children that failed, as a file to work on. */
export function FailedInputs({ run }: { readonly run: MapRunView }) {
  const text = useText();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [progress, setProgress] = useState<InputsProgress>();
  const [problem, setProblem] = useState<string>();
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);
  const failed = failedOf(run.executionCounts);
  if (failed === 0) return null;
  const isBusy = progress !== undefined && !progress.isDone;

  const close = () => {
    reading.current?.abort();
    setOpen(false);
    setProgress(undefined);
    setProblem(undefined);
  };
  const start = async () => {
    const controller = new AbortController();
    reading.current = controller;
    setProblem(undefined);
    try {
      const lines = await readFailedInputs(run.mapRunArn, controller.signal, setProgress);
      if (!controller.signal.aborted) save(lines, `${run.label}-failed-inputs.jsonl`);
    } catch (error) {
      if (!controller.signal.aborted) {
        setProblem(error instanceof Error ? error.message : String(error));
        setProgress(undefined);
      }
    }
  };

  return (
    <>
      <Button onPress={() => setOpen(true)}>
        <Download aria-hidden size={14} />
        {text.mapRuns.inputs}
      </Button>
      <Dialog title={text.mapRuns.inputsTitle} isOpen={isOpen} onClose={close} width="max-w-md">
        <div className="flex flex-col gap-4">
          <p className="text-dim">
            {text.mapRuns.inputsHint(format.number(failed))}{" "}
            {failed > mostInputs && text.mapRuns.inputsBounded(format.number(mostInputs))}
          </p>
          {progress !== undefined && (
            <div className="flex flex-col gap-1.5" role="status">
              <div className="h-2 overflow-hidden rounded-full bg-line">
                <div
                  className="h-full bg-accent"
                  style={{ width: `${(progress.read / Math.max(1, progress.total)) * 100}%` }}
                />
              </div>
              <p className="text-xs text-dim tabular-nums">
                {progress.isDone
                  ? text.mapRuns.inputsDone(format.number(progress.read - progress.missing))
                  : text.mapRuns.inputsProgress(
                      format.number(progress.read),
                      format.number(progress.total),
                    )}
                {progress.missing > 0 &&
                  ` · ${text.mapRuns.inputsMissing(format.number(progress.missing))}`}
              </p>
            </div>
          )}
          {problem !== undefined && (
            <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 break-words text-fail">
              {problem}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onPress={close}>{isBusy ? text.app.cancel : text.app.close}</Button>
            <Button look="primary" isDisabled={isBusy} onPress={() => void start()}>
              {text.mapRuns.download}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function save(lines: readonly string[], name: string): void {
  const url = URL.createObjectURL(
    new Blob(
      lines.map((line) => `${line}\n`),
      { type: "application/jsonl" },
    ),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
