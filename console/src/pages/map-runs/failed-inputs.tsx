import { Download, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { MapRunErrorGroup, MapRunView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { StartDialog } from "../start/start-dialog.tsx";
import { failedOf } from "./counts-bar.tsx";
import { mostInputs, readFailedInputs, type InputsProgress } from "./read-failed-inputs.ts";

/** Documented: the longest input of an execution. */
const longestInput = 262_144;

/** The inputs of the children that failed, or of a kind of failure: as a file, or to begin again with. */
export function FailedInputs({
  run,
  group,
}: {
  readonly run: MapRunView;
  readonly group?: MapRunErrorGroup;
}) {
  const text = useText();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [progress, setProgress] = useState<InputsProgress>();
  const [problem, setProblem] = useState<string>();
  const [input, setInput] = useState<string>();
  const reading = useRef<AbortController>(undefined);
  useEffect(() => () => reading.current?.abort(), []);
  const failed = group?.count ?? failedOf(run.executionCounts);
  if (failed === 0) return null;
  const isBusy = progress !== undefined && !progress.isDone;

  const close = () => {
    reading.current?.abort();
    setOpen(false);
    setProgress(undefined);
    setProblem(undefined);
  };
  const read = async (use: (lines: readonly string[]) => void) => {
    const controller = new AbortController();
    reading.current = controller;
    setProblem(undefined);
    try {
      const lines = await readFailedInputs(
        run.mapRunArn,
        group?.error,
        controller.signal,
        setProgress,
      );
      if (!controller.signal.aborted) use(lines);
    } catch (error) {
      if (!controller.signal.aborted) {
        setProblem(error instanceof Error ? error.message : String(error));
        setProgress(undefined);
      }
    }
  };

  const download = () =>
    void read((lines) =>
      saveFile(
        lines.map((line) => `${line}\n`),
        `${[run.label, ...(group === undefined ? [] : [group.error])].join("-").replaceAll(/[^\w.-]+/g, "_")}-failed-inputs.jsonl`,
        "application/jsonl",
      ),
    );
  const startAgain = () =>
    void read((lines) => {
      const array = `[\n${lines.join(",\n")}\n]`;
      if (new TextEncoder().encode(array).length > longestInput)
        setProblem(text.mapRuns.inputsTooLong);
      else {
        setOpen(false);
        setInput(array);
      }
    });

  return (
    <>
      {group === undefined ? (
        <Button onPress={() => setOpen(true)}>
          <Download aria-hidden size={14} />
          {text.mapRuns.inputs}
        </Button>
      ) : (
        <button
          type="button"
          aria-label={text.mapRuns.inputsOf(group.error)}
          onClick={() => setOpen(true)}
          className="inline-flex h-6 items-center text-accent hover:underline"
        >
          {text.mapRuns.inputsAgain}
        </button>
      )}
      <Dialog title={text.mapRuns.inputsTitle} isOpen={isOpen} onClose={close} width="max-w-md">
        <div className="flex flex-col gap-4">
          <p className="text-dim">
            {text.mapRuns.inputsHint(format.number(failed))} {text.mapRuns.inputsStartHint}{" "}
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
          <div className="flex flex-wrap justify-end gap-2">
            <Button onPress={close}>{isBusy ? text.app.cancel : text.app.close}</Button>
            <Button isDisabled={isBusy} onPress={startAgain}>
              <Play aria-hidden size={14} />
              {text.mapRuns.startWith}
            </Button>
            <Button look="primary" isDisabled={isBusy} onPress={download}>
              {text.mapRuns.download}
            </Button>
          </div>
        </div>
      </Dialog>
      {input !== undefined && (
        <StartDialog
          stateMachineArn={run.stateMachineArn}
          type="STANDARD"
          isOpen
          onClose={() => setInput(undefined)}
          initialInput={input}
        />
      )}
    </>
  );
}
