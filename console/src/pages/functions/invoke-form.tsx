import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { InvokedView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { JsonView } from "../../parts/json-view.tsx";
import { type ListedFunction, versionsOptions } from "./functions-api.ts";

/** Calls a function with an event, and shows what it answers and prints. */
export function InvokeForm({ of: { arn, deployed } }: { readonly of: ListedFunction }) {
  const { functions: text } = useAroundText();
  const client = useQueryClient();
  const [event, setEvent] = useState("{}");
  const [called, setCalled] = useState(arn);
  const others = useQuery({ ...versionsOptions(arn), enabled: deployed !== undefined });
  const qualifiers = [
    ...(others.data?.aliases.map(({ Name }) => Name) ?? []),
    ...(others.data?.versions.map(({ Version = "" }) => Version) ?? []),
  ];
  const invoke = useMutation({
    mutationFn: () => triggers.invoke(called, event),
    onSettled: () => client.invalidateQueries({ queryKey: [...keys.functions, arn, "printed"] }),
  });
  const canCall = jsonMistake(event) === undefined && !invoke.isPending;
  return (
    <form
      noValidate
      className="grid items-start gap-4 rounded-lg border border-line bg-surface p-4 lg:grid-cols-2"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (canCall) invoke.mutate();
      }}
    >
      <div className="flex min-w-0 flex-col gap-3">
        {qualifiers.length > 0 && (
          <Field label={text.which}>
            {(ids) => (
              <select
                {...ids}
                value={called}
                className={`${inputLook} h-8`}
                onChange={({ target }) => setCalled(target.value)}
              >
                <option value={arn}>{text.latest}</option>
                {qualifiers.map((qualifier) => (
                  <option key={qualifier} value={`${arn}:${qualifier}`}>
                    {qualifier}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <JsonEditor label={text.event} value={event} onChange={setEvent} rows={8} />
        <div>
          <Button type="submit" look="primary" isDisabled={!canCall}>
            {invoke.isPending ? text.calling : text.call}
          </Button>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3" role="status">
        <Problem error={invoke.error} />
        {invoke.data !== undefined && <Answer answer={invoke.data} />}
      </div>
    </form>
  );
}

function Answer({ answer }: { readonly answer: InvokedView }) {
  const { functions: text } = useAroundText();
  const format = useFormat();
  const { functionError, version, log, payload, durationMs } = answer;
  const took = format.duration(durationMs);
  return (
    <>
      <p className={`text-[13px] font-medium ${functionError === undefined ? "" : "text-fail"}`}>
        {functionError === undefined
          ? version === undefined
            ? text.tookOnly(took)
            : text.took(took, version)
          : text.failed(functionError)}
      </p>
      {payload !== "" && <JsonView value={payload} label={text.answer} />}
      {log !== undefined && log !== "" && <PrintedText label={text.printed} printed={log} />}
    </>
  );
}

/** What was printed, as it came. */
export function PrintedText({
  label,
  printed,
}: {
  readonly label: string;
  readonly printed: string;
}) {
  return (
    <pre
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-lg border border-line bg-sunken p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
    >
      {printed}
    </pre>
  );
}
