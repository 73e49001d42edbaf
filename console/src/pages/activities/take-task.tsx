import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleCheck, HeartPulse } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { regionOf, server, ServerError } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { jsonMistake } from "../../parts/json-mistake.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { Took } from "../../parts/time.tsx";
import { serverNow } from "../../app/server-clock.ts";
import { inputLook, Labelled } from "../approvals/form/field.tsx";
import { activitiesKey, takeTask } from "./activities-api.ts";
import { Trouble } from "./trouble.tsx";

/** This browser as a worker: takes a task, and answers it. It takes none before it is told to. */
export function TakeTask({
  activityArn,
  onClose,
}: {
  readonly activityArn: string | undefined;
  readonly onClose: () => void;
}) {
  const { activities: text } = useText();
  const name = activityArn?.split(":").slice(6).join(":") ?? "";
  return (
    <Dialog title={text.takeOf(name)} isOpen={activityArn !== undefined} onClose={onClose}>
      {activityArn !== undefined && <Worker key={activityArn} activityArn={activityArn} />}
    </Dialog>
  );
}

type Work =
  | { readonly step: "idle" | "none" }
  | { readonly step: "waiting"; readonly since: number }
  | { readonly step: "failed"; readonly error: Error }
  | { readonly step: "taken"; readonly taskToken: string; readonly input: string }
  | { readonly step: "done"; readonly isSuccess: boolean };

function Worker({ activityArn }: { readonly activityArn: string }) {
  const { activities: text } = useText();
  const client = useQueryClient();
  const [work, setWork] = useState<Work>({ step: "idle" });
  const poll = useRef<AbortController>(undefined);
  // Closing the dialog ends the waiting, so that no task comes to a dialog that is gone.
  useEffect(() => () => poll.current?.abort(), []);

  async function take(): Promise<void> {
    const controller = new AbortController();
    poll.current = controller;
    setWork({ step: "waiting", since: serverNow() });
    try {
      const { taskToken, input = "null" } = await takeTask(activityArn, controller.signal);
      setWork(taskToken === null ? { step: "none" } : { step: "taken", taskToken, input });
    } catch (thrown) {
      if (controller.signal.aborted) return;
      setWork({ step: "failed", error: thrown as Error });
    }
    void client.invalidateQueries({ queryKey: activitiesKey });
    void client.invalidateQueries({ queryKey: keys.approvals });
  }

  // What was focused is gone with the step before; outside the dialog, Escape would not close it.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), [work.step]);
  return (
    <div ref={place} tabIndex={-1} className="outline-none">
      {shown()}
    </div>
  );

  function shown() {
    switch (work.step) {
      case "idle":
      case "none":
      case "failed":
        return (
          <div className="flex flex-col items-start gap-4">
            <p>{text.takeHint}</p>
            <p className="text-[13px] text-wait">{text.takeWarning}</p>
            {work.step === "none" && <p role="status">{text.noTask}</p>}
            {work.step === "failed" && <Trouble title={text.notTaken} error={work.error} />}
            <Button look="primary" onPress={() => void take()}>
              {work.step === "idle" ? text.startWaiting : text.again}
            </Button>
          </div>
        );
      case "waiting":
        return (
          <div className="flex flex-wrap items-center gap-3">
            <span
              aria-hidden
              className="h-3 w-3 animate-[pulse-soft_1.2s_ease-in-out_infinite] rounded-full bg-run"
            />
            <span role="status" className="grow">
              {text.waiting}
            </span>
            <span className="text-dim">
              <Took from={work.since} />
            </span>
            <Button
              onPress={() => {
                poll.current?.abort();
                setWork({ step: "idle" });
              }}
            >
              {text.stopWaiting}
            </Button>
          </div>
        );
      case "taken":
        return (
          <TaskAnswer
            key={work.taskToken}
            region={regionOf(activityArn)}
            taskToken={work.taskToken}
            input={work.input}
            onDone={(isSuccess) => setWork({ step: "done", isSuccess })}
          />
        );
      case "done":
        return (
          <div className="flex flex-col items-start gap-4">
            <p role="status" className="flex items-center gap-2 font-medium">
              <CircleCheck aria-hidden size={18} className="text-ok" />
              {work.isSuccess ? text.sentSuccess : text.sentFailure}
            </p>
            <Button onPress={() => void take()}>{text.takeNext}</Button>
          </div>
        );
    }
  }
}

function TaskAnswer({
  region,
  taskToken,
  input,
  onDone,
}: {
  readonly region: string;
  readonly taskToken: string;
  readonly input: string;
  readonly onDone: (isSuccess: boolean) => void;
}) {
  const { activities: text, approvals } = useText();
  const client = useQueryClient();
  const [tab, setTab] = useState("success");
  const [output, setOutput] = useState("{}");
  const [error, setError] = useState("Failed");
  const [cause, setCause] = useState("");
  const send = useMutation({
    mutationFn: (operation: "SendTaskSuccess" | "SendTaskFailure") =>
      server.call(
        operation,
        operation === "SendTaskSuccess" ? { taskToken, output } : { taskToken, error, cause },
        region,
      ),
    onSuccess: (_answer, operation) => {
      void client.invalidateQueries({ queryKey: activitiesKey });
      void client.invalidateQueries({ queryKey: keys.approvals });
      onDone(operation === "SendTaskSuccess");
    },
  });
  const beat = useMutation({
    mutationFn: () => server.call("SendTaskHeartbeat", { taskToken }, region),
  });
  const hasMistake = jsonMistake(output) !== undefined;
  const trouble = send.error ?? beat.error;
  const success = (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full">
        <JsonEditor label={text.output} rows={5} value={output} onChange={setOutput} />
      </div>
      <Button
        look="primary"
        isDisabled={hasMistake || send.isPending}
        onPress={() => send.mutate("SendTaskSuccess")}
      >
        {text.success}
      </Button>
    </div>
  );
  const failure = (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full max-w-80">
        <Labelled label={text.error}>
          {(ids) => (
            <input
              {...ids}
              value={error}
              maxLength={256}
              className={`${inputLook} font-mono`}
              onChange={({ target }) => setError(target.value)}
            />
          )}
        </Labelled>
      </div>
      <div className="w-full">
        <Labelled label={text.cause} isOptional>
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              value={cause}
              maxLength={32_768}
              className={inputLook}
              onChange={({ target }) => setCause(target.value)}
            />
          )}
        </Labelled>
      </div>
      <Button
        look="danger"
        isDisabled={send.isPending}
        onPress={() => send.mutate("SendTaskFailure")}
      >
        {text.failure}
      </Button>
    </div>
  );
  return (
    <div className="flex flex-col gap-4">
      <JsonView value={input} label={text.input} />
      <Tabs
        label={text.answerTabs}
        selected={tab}
        onSelect={setTab}
        items={[
          { id: "success", label: text.tabSuccess, content: success },
          { id: "failure", label: text.tabFailure, content: failure },
        ]}
      />
      {trouble !== null && (
        <Trouble title={isOver(trouble) ? text.over : text.notSent} error={trouble} />
      )}
      <div className="flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Button isDisabled={beat.isPending} onPress={() => beat.mutate()}>
          <HeartPulse aria-hidden size={14} />
          {text.heartbeat}
        </Button>
        <span role="status" className="text-[13px] text-ok">
          {beat.isSuccess && text.heartbeatSent}
        </span>
        <p className="basis-full text-xs text-dim">
          {text.keepsWaiting}{" "}
          <Link to="/approvals" className="text-accent hover:underline">
            {text.toApprovals}
          </Link>
          {" · "}
          {approvals.once}
        </p>
      </div>
    </div>
  );
}

function isOver(error: Error): boolean {
  return error instanceof ServerError && /Task(DoesNotExist|TimedOut)$/.test(error.code);
}
