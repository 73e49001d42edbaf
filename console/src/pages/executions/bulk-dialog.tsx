import { useEffect, useMemo, useRef, useState } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { perform, runEach, unfitFor, type BulkAction, type Unfit } from "./bulk-action.ts";
import { BulkResults, type BulkResult } from "./bulk-results.tsx";

type Phase = "ask" | "run" | "halt" | "done";

/** Says what an action would do for a selection, does it, and says what became of each. */
export function BulkDialog({
  action,
  rows,
  onClose,
}: {
  readonly action: BulkAction;
  readonly rows: readonly ExecutionRow[];
  readonly onClose: (isDone: boolean) => void;
}) {
  const text = useText();
  const [phase, setPhase] = useState<Phase>("ask");
  const isBusy = phase === "run" || phase === "halt";
  // What is looked at when the dialog opens is what is acted on, however the list changes.
  const [chosen] = useState(rows);
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  const control = useRef(new AbortController());
  const fit = useMemo(
    () => chosen.filter((row) => unfitFor(action, row) === undefined),
    [action, chosen],
  );

  useEffect(() => {
    if (!isBusy) return undefined;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [isBusy]);
  useEffect(() => {
    const { current } = control;
    return () => current.abort();
  }, []);

  const run = async (reason: { readonly error: string; readonly cause: string }) => {
    setPhase("run");
    control.current = new AbortController();
    const note = (row: ExecutionRow, result: BulkResult) =>
      setResults((before) => new Map(before).set(row.executionArn, result));
    await runEach(
      fit,
      async (row) => {
        note(row, "working");
        try {
          await perform(action, row, reason);
          note(row, "done");
        } catch (error) {
          note(row, { refused: error instanceof Error ? error.message : String(error) });
        }
      },
      control.current.signal,
    );
    setPhase("done");
  };

  return (
    <Dialog
      title={text.executions.bulk[action].title}
      isOpen
      onClose={() => !isBusy && onClose(phase === "done")}
      width="max-w-2xl"
    >
      {phase === "ask" ? (
        <Asking
          action={action}
          chosen={chosen}
          fitCount={fit.length}
          onCancel={() => onClose(false)}
          onRun={(reason) => void run(reason)}
        />
      ) : (
        <>
          <BulkResults action={action} rows={fit} results={results} isDone={phase === "done"} />
          <div className="mt-4 flex items-center justify-end gap-3">
            {phase === "halt" && (
              <span className="text-[13px] text-dim">{text.executions.bulk.halting}</span>
            )}
            {phase === "run" && (
              <Button
                onPress={() => {
                  control.current.abort();
                  setPhase("halt");
                }}
              >
                {text.executions.bulk.halt}
              </Button>
            )}
            {phase === "done" && (
              <Button look="primary" autoFocus onPress={() => onClose(true)}>
                {text.app.close}
              </Button>
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}

function Asking({
  action,
  chosen,
  fitCount,
  onCancel,
  onRun,
}: {
  readonly action: BulkAction;
  readonly chosen: readonly ExecutionRow[];
  readonly fitCount: number;
  readonly onCancel: () => void;
  readonly onRun: (reason: { readonly error: string; readonly cause: string }) => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.bulk;
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const unfit = useMemo(() => {
    const counts = new Map<Unfit, number>();
    for (const row of chosen) {
      const reason = unfitFor(action, row);
      if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    return [...counts];
  }, [action, chosen]);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-[15px] font-semibold">
        {fitCount === 0
          ? words[action].none
          : words[action].fit(format.number(fitCount), format.number(chosen.length))}
      </p>
      {unfit.length > 0 && (
        <div className="text-dim">
          <p>{words.notWhy}</p>
          <ul className="mt-1 list-disc pl-5">
            {unfit.map(([reason, count]) => (
              <li key={reason}>{words.unfit[reason](format.number(count))}</li>
            ))}
          </ul>
        </div>
      )}
      {fitCount > 0 && (
        <>
          <p className="text-dim">
            {words[action].what} {words.serverDecides}
          </p>
          {action === "stop" && (
            <div className="grid gap-3 sm:grid-cols-2">
              <Words label={words.error} value={error} most={256} onChange={setError} />
              <Words label={words.cause} value={cause} most={32_768} onChange={setCause} />
            </div>
          )}
          <p className="rounded-lg bg-wait-soft px-3 py-2 text-wait">{words.keepOpen}</p>
        </>
      )}
      <div className="flex justify-end gap-2">
        <Button onPress={onCancel}>{fitCount > 0 ? text.app.cancel : text.app.close}</Button>
        {fitCount > 0 && (
          <Button
            look={action === "stop" ? "danger" : "primary"}
            onPress={() => onRun({ error, cause })}
          >
            {words[action].go(format.number(fitCount))}
          </Button>
        )}
      </div>
    </div>
  );
}

function Words({
  label,
  value,
  most,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly most: number;
  readonly onChange: (value: string) => void;
}) {
  return (
    <label className="flex flex-col gap-1 text-xs text-dim">
      {label}
      <input
        value={value}
        maxLength={most}
        onChange={(event) => onChange(event.target.value)}
        className="h-8 rounded-md border border-line bg-surface px-2 text-[13px] text-text"
      />
    </label>
  );
}
