import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import type { MapRunView } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";

/** What may be changed of a Map Run while it runs (UpdateMapRun). */
export function EditMapRun({
  run,
  onClose,
}: {
  readonly run: MapRunView;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const [concurrency, setConcurrency] = useState(String(run.maxConcurrency));
  const [count, setCount] = useState(String(run.toleratedFailureCount));
  const [percentage, setPercentage] = useState(String(run.toleratedFailurePercentage));
  const update = useMutation({
    mutationFn: () =>
      server.call(
        "UpdateMapRun",
        {
          mapRunArn: run.mapRunArn,
          ...changed("maxConcurrency", concurrency, run.maxConcurrency),
          ...changed("toleratedFailureCount", count, run.toleratedFailureCount),
          ...changed("toleratedFailurePercentage", percentage, run.toleratedFailurePercentage),
        },
        regionOf(run.mapRunArn),
      ),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.mapRun(run.mapRunArn) });
      onClose();
    },
  });
  return (
    <Dialog title={text.mapRuns.editTitle} isOpen onClose={onClose} width="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          update.mutate();
        }}
      >
        <p className="text-dim">{text.mapRuns.editHint}</p>
        <Field
          label={text.mapRuns.concurrencyField}
          hint={text.mapRuns.concurrencyHint}
          value={concurrency}
          onChange={setConcurrency}
        />
        <Field label={text.mapRuns.countField} value={count} onChange={setCount} />
        <Field
          label={text.mapRuns.percentageField}
          value={percentage}
          onChange={setPercentage}
          step="any"
        />
        {update.isError && (
          <p role="alert" className="rounded-md bg-fail-soft px-3 py-2 break-words text-fail">
            {update.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={update.isPending}>
            {text.mapRuns.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What was not changed is not sent; what is no number is refused by the API, which says why. */
function changed(name: string, value: string, before: number): object {
  if (value.trim() === String(before)) return {};
  const number = Number(value);
  return { [name]: value.trim() === "" || Number.isNaN(number) ? value : number };
}

function Field({
  label,
  hint,
  value,
  onChange,
  step = "1",
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly step?: string;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        min={0}
        step={step}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="h-8 rounded-md border border-line bg-sunken px-2.5 tabular-nums"
      />
      {hint !== undefined && (
        <span id={`${id}-hint`} className="text-xs text-dim">
          {hint}
        </span>
      )}
    </div>
  );
}
