import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import type { ExecutionRow, JobAction, JobPlanView } from "../../../../src/console/view-types.ts";
import { server, type JobRequest } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Read } from "../../parts/query-state.tsx";

/** Says what an action would do for those that are selected, or for all that match, and begins it as a job. */
export function BulkDialog({
  action,
  rows,
  filter,
  total,
  onClose,
  onBegun,
}: {
  readonly action: JobAction;
  readonly rows: readonly ExecutionRow[];
  readonly filter: string;
  /** How many match the filter. */
  readonly total: number;
  readonly onClose: () => void;
  readonly onBegun: (id: string) => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.bulk;
  // What is looked at when the dialog opens is what is acted on, however the list changes.
  const [chosen] = useState({ rows, filter, total });
  const [isAll, setAll] = useState(false);
  const request: JobRequest = isAll
    ? { action, filter: chosen.filter }
    : { action, executionArns: chosen.rows.map(({ executionArn }) => executionArn) };
  const plan = useQuery({
    queryKey: ["jobs", "plan", request],
    queryFn: () => server.planJob(request),
    gcTime: 0,
  });
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: (job: JobRequest) => server.startJob(job),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: keys.jobs, exact: true });
      onBegun(id);
    },
  });
  const all = chosen.filter === "" ? words.everything : words.all;
  return (
    <Dialog title={words[action].title} isOpen onClose={onClose} width="max-w-2xl">
      <div className="flex flex-col gap-4">
        <RadioGroup
          aria-label={words.scope}
          value={isAll ? "all" : "selected"}
          onChange={(value) => setAll(value === "all")}
          className="flex flex-col gap-1"
        >
          <Choice value="selected">{words.these(format.number(chosen.rows.length))}</Choice>
          <Choice value="all">
            {all(format.number(chosen.total))}
            {chosen.filter !== "" && (
              <span className="ml-2 font-mono text-xs break-all text-dim">{chosen.filter}</span>
            )}
          </Choice>
        </RadioGroup>
        <div aria-live="polite" className="min-h-12 border-t border-line pt-4">
          <Read query={plan}>
            {(data) => (
              <Plan
                plan={data}
                isBeginning={begin.isPending}
                onClose={onClose}
                onBegin={(reason) => begin.mutate({ ...request, ...reason })}
              />
            )}
          </Read>
        </div>
        {begin.isError && (
          <p role="alert" className="text-[13px] break-words text-fail">
            {begin.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function Choice({
  value,
  children,
}: {
  readonly value: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Radio
      value={value}
      className="group flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-1 data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent"
    >
      <span
        aria-hidden
        className="h-4 w-4 shrink-0 rounded-full border border-line-strong bg-surface group-data-[selected]:border-[5px] group-data-[selected]:border-accent"
      />
      <span className="min-w-0">{children}</span>
    </Radio>
  );
}

function Plan({
  plan: { action, matched, fit, unfit },
  isBeginning,
  onClose,
  onBegin,
}: {
  readonly plan: JobPlanView;
  readonly isBeginning: boolean;
  readonly onClose: () => void;
  readonly onBegin: (reason: { readonly error?: string; readonly cause?: string }) => void;
}) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.bulk;
  const [error, setError] = useState("");
  const [cause, setCause] = useState("");
  const reason = action === "stop" ? { error, cause } : {};
  return (
    <div className="flex flex-col gap-4">
      <p className="text-[15px] font-semibold">
        {fit === 0
          ? words[action].none
          : words[action].fit(format.number(fit), format.number(matched))}
      </p>
      {unfit.length > 0 && (
        <div className="text-dim">
          <p>{words.notWhy}</p>
          <ul className="mt-1 list-disc pl-5">
            {unfit.map(({ reason: why, count }) => (
              <li key={why}>{words.unfit[why](format.number(count))}</li>
            ))}
          </ul>
        </div>
      )}
      {fit > 0 && (
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
          <p className="rounded-lg bg-run-soft px-3 py-2 text-run">{words.onServer}</p>
        </>
      )}
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{fit > 0 ? text.app.cancel : text.app.close}</Button>
        {fit > 0 && (
          <Button
            look={action === "stop" ? "danger" : "primary"}
            isDisabled={isBeginning}
            onPress={() => onBegin(reason)}
          >
            {isBeginning ? words.starting : words[action].go(format.number(fit))}
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
