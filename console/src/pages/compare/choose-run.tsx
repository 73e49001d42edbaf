import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { ExecutionRow } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { inputLook } from "../../parts/field.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";
import { findExecution } from "./find-execution.ts";

/** Which execution to compare with `near`: one that suggests itself, or any that is pasted. */
export function ChooseRun({
  near,
  onChoose,
}: {
  readonly near: string | undefined;
  readonly onChoose: (executionArn: string) => void;
}) {
  const text = useText();
  const id = useId();
  const [given, setGiven] = useState("");
  const found = useMutation({
    mutationFn: async (sought: string) => {
      const arn = await findExecution(sought, near);
      if (arn === undefined) throw new Error(text.compare.unknown(sought.trim()));
      return arn;
    },
    onSuccess: onChoose,
  });
  return (
    <div className="flex flex-col gap-4">
      {near !== undefined && <Suggestions near={near} onChoose={onChoose} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          found.mutate(given);
        }}
      >
        <label htmlFor={id} className="mb-1 block text-[13px] font-medium">
          {text.compare.pasted}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={`${id}hint`}
            className={`${inputLook} h-8`}
          />
          <Button type="submit" look="primary" isDisabled={given.trim() === "" || found.isPending}>
            {text.compare.compare}
          </Button>
        </div>
        <p id={`${id}hint`} className="mt-1 text-xs text-dim">
          {text.compare.pastedHint}
        </p>
        {found.isError && (
          <p role="alert" className="mt-2 break-words text-fail">
            {found.error.message}
          </p>
        )}
      </form>
    </div>
  );
}

function Suggestions({
  near,
  onChoose,
}: {
  readonly near: string;
  readonly onChoose: (executionArn: string) => void;
}) {
  const text = useText();
  const found = useQuery({
    queryKey: ["execution", near, "neighbours"],
    queryFn: () => server.neighbours(near),
  });
  if (found.data === undefined) return null;
  const { lastSucceeded, older, newer } = found.data;
  const suggested: readonly (readonly [label: string, row: ExecutionRow | undefined])[] = [
    [text.compare.lastSucceeded, lastSucceeded],
    [text.compare.previous, older],
    [text.compare.next, newer],
  ];
  const rows = suggested.flatMap(([label, row]) => (row === undefined ? [] : [{ label, row }]));
  if (rows.length === 0) return <p className="text-dim">{text.compare.noOthers}</p>;
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {rows.map(({ label, row }) => (
        <li key={label}>
          <button
            type="button"
            onClick={() => onChoose(row.executionArn)}
            className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 text-left -outline-offset-2! hover:bg-sunken"
          >
            <span className="min-w-0 grow">
              <span className="block text-xs text-dim">{label}</span>
              <span className="block truncate font-medium">{row.name}</span>
            </span>
            <span className="text-xs text-dim">
              <Ago at={row.startDate} /> · <Took from={row.startDate} to={row.stopDate} />
            </span>
            <StatusBadge status={row.status} />
          </button>
        </li>
      ))}
    </ul>
  );
}
