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
import { CodeBlock } from "../../parts/code-block.tsx";
import { awsLine } from "./command-line.ts";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { Segments } from "../../parts/segments.tsx";
import { InputOfExecution } from "./input-of-execution.tsx";
import { ModeChoice } from "./mode-choice.tsx";
import { RecentInputList } from "./recent-input-list.tsx";
import { StartMany } from "./start-many.tsx";
import { SyncResult, type SyncExecution } from "./sync-result.tsx";
import { TargetChoice } from "./target-choice.tsx";

interface StartProps {
  readonly stateMachineArn: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly initialInput?: string | undefined;
  readonly onClose: () => void;
}

/** Asks for what an execution needs, starts it, and goes to it. */
export function StartDialog({ isOpen, ...props }: StartProps & { readonly isOpen: boolean }) {
  const text = useText();
  const [mode, setMode] = useState<"one" | "many">("one");
  const name = props.stateMachineArn.split(":")[6] ?? "";
  return (
    <Dialog
      title={text.start.title(name)}
      isOpen={isOpen}
      onClose={props.onClose}
      width="max-w-3xl"
    >
      <div className="flex flex-col gap-4">
        <div>
          <Segments
            label={text.startMany.modes}
            options={[
              { id: "one", label: text.startMany.one },
              { id: "many", label: text.startMany.many },
            ]}
            selected={mode}
            onSelect={setMode}
          />
        </div>
        {mode === "one" ? (
          <StartForm {...props} />
        ) : (
          <StartMany stateMachineArn={props.stateMachineArn} onClose={props.onClose} />
        )}
      </div>
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
  const [traceHeader, setTraceHeader] = useState("");
  const [isSync, setSync] = useState(type === "EXPRESS");
  const region = regionOf(stateMachineArn);
  const hasMistake = jsonMistake(input) !== undefined;

  const open = (executionArn: string) => {
    onClose();
    void navigate({ to: "/executions/$arn", params: { arn: executionArn } });
  };
  const start = useMutation({
    mutationFn: async (): Promise<SyncExecution | undefined> => {
      const request = {
        stateMachineArn: target,
        input,
        ...(name !== "" && { name }),
        ...(traceHeader !== "" && { traceHeader }),
      };
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
    "trace-header": traceHeader === "" ? undefined : traceHeader,
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
        <RecentInputList stateMachineArn={stateMachineArn} onChoose={setInput} />
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
      <details className="group">
        <summary className="min-h-6 cursor-pointer rounded text-[13px] text-dim hover:text-text">
          {text.startMany.moreOptions}
        </summary>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          <InputOfExecution stateMachineArn={stateMachineArn} onChoose={setInput} />
          <Field label={text.startMany.traceHeader} hint={text.startMany.traceHeaderHint}>
            {(ids) => (
              <input
                {...ids}
                value={traceHeader}
                maxLength={256}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => setTraceHeader(event.target.value)}
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        </div>
      </details>
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
