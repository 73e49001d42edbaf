import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Play } from "lucide-react";
import { useMemo, useState } from "react";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { isMac, useShortcuts } from "../../app/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Ago } from "../../parts/time.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "./command-line.ts";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { useRecentInputs } from "./recent-inputs.ts";
import { useStartTargets } from "./start-targets.ts";
import { SyncResult, type SyncExecution } from "./sync-result.tsx";

interface StartProps {
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly initialInput?: string | undefined;
  readonly onClose: () => void;
}

/** Asks for what an execution needs, starts it, and goes to it. */
export function StartDialog({ isOpen, ...props }: StartProps & { readonly isOpen: boolean }) {
  const text = useText();
  const name = props.stateMachineArn.split(":")[6] ?? "";
  return (
    <Dialog
      title={text.start.title(name)}
      isOpen={isOpen}
      onClose={props.onClose}
      width="max-w-3xl"
    >
      <StartForm {...props} />
    </Dialog>
  );
}

function StartForm({ stateMachineArn, type, initialInput, onClose }: StartProps) {
  const text = useText();
  const navigate = useNavigate();
  const client = useQueryClient();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const [input, setInput] = useState(initialInput ?? "{}");
  const [name, setName] = useState("");
  const [target, setTarget] = useState(stateMachineArn);
  const [isSync, setSync] = useState(type === "EXPRESS");
  const region = regionOf(stateMachineArn);
  const hasMistake = jsonMistake(input) !== undefined;

  const open = (executionArn: string) => {
    onClose();
    void navigate({ to: "/executions/$arn", params: { arn: executionArn } });
  };
  const start = useMutation({
    mutationFn: async (): Promise<SyncExecution | undefined> => {
      const request = { stateMachineArn: target, input, ...(name !== "" && { name }) };
      if (isSync) return server.call<SyncExecution>("StartSyncExecution", request, region);
      const { executionArn } = await server.call<{ readonly executionArn: string }>(
        "StartExecution",
        request,
        region,
      );
      open(executionArn);
      return undefined;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: keys.workflows }),
  });
  const { mutate, isPending } = start;
  const canStart = !hasMistake && !isPending;

  useShortcuts(
    useMemo(
      () => [
        {
          keys: "Mod+Enter",
          label: text.start.submit,
          group: text.start.group,
          run: () => canStart && mutate(),
        },
      ],
      [text, canStart, mutate],
    ),
  );

  const line = awsLine(isSync ? "start-sync-execution" : "start-execution", {
    "endpoint-url": session.data?.endpoint,
    region,
    "state-machine-arn": target,
    name: name === "" ? undefined : name,
    input,
  });

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canStart) mutate();
      }}
    >
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_14rem]">
        <JsonEditor
          label={text.start.input}
          hint={text.start.inputHint}
          value={input}
          onChange={setInput}
          rows={12}
          autoFocus
        />
        <RecentInputs stateMachineArn={stateMachineArn} onChoose={setInput} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label={text.start.nameOptional}
          hint={type === "STANDARD" ? text.start.nameHint : text.start.nameHintExpress}
        >
          {(ids) => (
            <input
              {...ids}
              value={name}
              onChange={(event) => setName(event.target.value)}
              maxLength={80}
              autoComplete="off"
              placeholder={text.start.namePlaceholder}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
        <TargetChoice stateMachineArn={stateMachineArn} target={target} onChoose={setTarget} />
      </div>
      {type === "EXPRESS" && <ModeChoice isSync={isSync} onChoose={setSync} />}
      <Problem error={start.error} />
      {start.data !== undefined && <SyncResult execution={start.data} onOpen={open} />}
      <details className="group">
        <summary className="min-h-6 cursor-pointer rounded text-[13px] text-dim hover:text-text">
          {text.start.asCode}
        </summary>
        <div className="mt-2">
          <CodeBlock label={text.start.cli} code={line} />
        </div>
      </details>
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="grow text-xs text-dim max-sm:hidden">
          {text.start.submitKeys(isMac ? "⌘ Enter" : "Ctrl Enter")}
        </span>
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button look="primary" type="submit" isDisabled={!canStart}>
          <Play aria-hidden size={14} />
          {isPending
            ? text.start.starting
            : start.data === undefined
              ? text.start.submit
              : text.start.submitAgain}
        </Button>
      </div>
    </form>
  );
}

function RecentInputs({
  stateMachineArn,
  onChoose,
}: {
  readonly stateMachineArn: string;
  readonly onChoose: (input: string) => void;
}) {
  const text = useText();
  const recent = useRecentInputs(stateMachineArn);
  return (
    <section className="min-w-0">
      <h3 className="mb-1 flex min-h-6 items-center text-[13px] font-medium">
        {text.start.recent}
      </h3>
      {recent === undefined && <p className="text-xs text-dim">{text.app.loading}</p>}
      {recent?.length === 0 && <p className="text-xs text-dim">{text.start.recentNone}</p>}
      <ul className="flex max-h-64 flex-col gap-1.5 overflow-y-auto p-0.5">
        {recent?.map(({ executionName, startDate, input }) => (
          <li key={executionName}>
            <button
              type="button"
              aria-label={text.start.recentUse(executionName)}
              title={executionName}
              onClick={() => onChoose(input)}
              className="w-full rounded-md border border-line bg-surface px-2 py-1.5 text-left hover:border-line-strong hover:bg-sunken"
            >
              <span className="block truncate font-mono text-xs">
                {input.slice(0, 200).replaceAll(/\s+/g, " ")}
              </span>
              <span className="flex gap-2 text-[11px] text-dim">
                <span className="grow truncate">{executionName}</span>
                <Ago at={startDate} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function TargetChoice({
  stateMachineArn,
  target,
  onChoose,
}: {
  readonly stateMachineArn: string;
  readonly target: string;
  readonly onChoose: (arn: string) => void;
}) {
  const text = useText();
  const { aliases, versions } = useStartTargets(stateMachineArn);
  const last = (arn: string) => arn.slice(arn.lastIndexOf(":") + 1);
  return (
    <Field label={text.start.target}>
      {(ids) => (
        <select
          {...ids}
          value={target}
          onChange={(event) => onChoose(event.target.value)}
          className={`${inputLook} h-8`}
        >
          <option value={stateMachineArn}>{text.start.targetCurrent}</option>
          {aliases.map((arn) => (
            <option key={arn} value={arn}>
              {text.start.targetAlias(last(arn))}
            </option>
          ))}
          {versions.map((arn) => (
            <option key={arn} value={arn}>
              {text.start.targetVersion(last(arn))}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function ModeChoice({
  isSync,
  onChoose,
}: {
  readonly isSync: boolean;
  readonly onChoose: (isSync: boolean) => void;
}) {
  const text = useText();
  const modes = [
    { value: true, label: text.start.sync, hint: text.start.syncHint },
    { value: false, label: text.start.async, hint: text.start.asyncHint },
  ];
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{text.start.mode}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {modes.map(({ value, label, hint }) => (
          <label
            key={label}
            className={`flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2 ${value === isSync ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong"}`}
          >
            <input
              type="radio"
              name="mode"
              checked={value === isSync}
              onChange={() => onChoose(value)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="block text-[13px] font-medium">{label}</span>
              <span className="block text-xs text-dim">{hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
