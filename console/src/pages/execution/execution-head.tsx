import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, Play, RotateCw, Square } from "lucide-react";
import { useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { regionOf, server, type HistoryEvent } from "../../api/client.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Ago, Took } from "../../parts/time.tsx";

/** Documented: events that a history can have. */
const mostEvents = 25_000;

/** What the execution is, how it does, and what can be done with all of it. */
export function ExecutionHead({
  view,
  onStartAgain,
}: {
  readonly view: ExecutionView;
  readonly onStartAgain: () => void;
}) {
  const text = useText();
  const format = useFormat();
  return (
    <header className="mb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusBadge status={view.status} />
        <h1 className="min-w-0 truncate text-[20px] font-semibold tracking-tight" title={view.name}>
          {view.name}
        </h1>
        <CopyButton value={view.executionArn} label={text.execution.copyArn} />
        <div className="grow" />
        <Actions view={view} onStartAgain={onStartAgain} />
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-7 gap-y-2">
        <Fact name={text.execution.workflow}>
          <Link
            to="/workflows/$arn"
            params={{ arn: view.stateMachineArn }}
            className="font-medium text-accent hover:underline"
          >
            {view.stateMachineName}
          </Link>
        </Fact>
        <Fact name={text.time.started}>
          <Ago at={view.startDate} />
        </Fact>
        <Fact name={text.time.duration}>
          <Took from={view.startDate} to={view.stopDate} />
        </Fact>
        <Fact name={text.execution.transitions}>{format.number(view.transitions)}</Fact>
        {view.type === "STANDARD" && (
          <Fact name={text.execution.history}>
            {text.execution.historyUse(format.number(view.lastEventId), format.number(mostEvents))}
          </Fact>
        )}
        {view.redriveCount > 0 && (
          <Fact name={text.execution.redrives}>{format.number(view.redriveCount)}</Fact>
        )}
        {view.stateMachineAliasArn !== undefined && (
          <Fact name={text.execution.alias}>{lastPart(view.stateMachineAliasArn)}</Fact>
        )}
        {view.stateMachineVersionArn !== undefined && (
          <Fact name={text.execution.version}>{lastPart(view.stateMachineVersionArn)}</Fact>
        )}
        {view.parentArn !== undefined && (
          <Fact name={text.execution.parent}>
            <Link
              to="/executions/$arn"
              params={{ arn: view.parentArn }}
              className="text-accent hover:underline"
            >
              {lastPart(view.parentArn)}
            </Link>
          </Fact>
        )}
        {view.mapRunArn !== undefined && (
          <Fact name={text.execution.mapRun}>
            <Link
              to="/map-runs/$arn"
              params={{ arn: view.mapRunArn }}
              className="text-accent hover:underline"
            >
              {lastPart(view.mapRunArn)}
            </Link>
          </Fact>
        )}
      </dl>
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-[11px] text-dim">{name}</dt>
      <dd className="truncate tabular-nums">{children}</dd>
    </div>
  );
}

function Actions({
  view,
  onStartAgain,
}: {
  readonly view: ExecutionView;
  readonly onStartAgain: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const [isStopping, setStopping] = useState(false);
  const { executionArn } = view;
  const redrive = useMutation({
    mutationFn: () => server.call("RedriveExecution", { executionArn }, regionOf(executionArn)),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["execution", executionArn] }),
  });
  const download = useMutation({ mutationFn: () => downloadHistory(view) });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {(redrive.isError || download.isError) && (
        <span role="alert" className="text-fail">
          {(redrive.error ?? download.error)?.message}
        </span>
      )}
      {view.status === "RUNNING" && (
        <Button look="danger" onPress={() => setStopping(true)}>
          <Square aria-hidden size={13} />
          {text.execution.stop}
        </Button>
      )}
      {view.status !== "RUNNING" && view.notRedrivable === undefined && (
        <Button look="primary" isDisabled={redrive.isPending} onPress={() => redrive.mutate()}>
          <RotateCw aria-hidden size={13} />
          {text.execution.redrive}
        </Button>
      )}
      <Button onPress={onStartAgain}>
        <Play aria-hidden size={13} />
        {text.execution.again}
      </Button>
      <Button isDisabled={download.isPending} onPress={() => download.mutate()}>
        <Download aria-hidden size={13} />
        {text.execution.exportHistory}
      </Button>
      <StopDialog
        executionArn={executionArn}
        isOpen={isStopping}
        onClose={() => setStopping(false)}
      />
    </div>
  );
}

function StopDialog({
  executionArn,
  isOpen,
  onClose,
}: {
  readonly executionArn: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const text = useText();
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: ({ error, cause }: { readonly error: string; readonly cause: string }) =>
      server.call(
        "StopExecution",
        { executionArn, ...(error !== "" && { error }), ...(cause !== "" && { cause }) },
        regionOf(executionArn),
      ),
    onSuccess() {
      onClose();
      void client.invalidateQueries({ queryKey: ["execution", executionArn] });
    },
  });
  return (
    <Dialog title={text.execution.stopTitle} isOpen={isOpen} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const given = new FormData(event.currentTarget);
          const field = (name: string) => {
            const value = given.get(name);
            return typeof value === "string" ? value.trim() : "";
          };
          stop.mutate({ error: field("error"), cause: field("cause") });
        }}
      >
        <p className="text-dim">{text.execution.stopHint}</p>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium text-dim">{text.execution.stopError}</span>
          <input name="error" maxLength={256} className={fieldLook} />
        </label>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium text-dim">{text.execution.stopCause}</span>
          <textarea
            name="cause"
            maxLength={32_768}
            rows={3}
            className={`${fieldLook} h-auto py-2`}
          />
        </label>
        {stop.isError && (
          <p role="alert" className="text-fail">
            {stop.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button type="submit" look="danger" isDisabled={stop.isPending}>
            {text.execution.stop}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const fieldLook =
  "h-8 rounded-md border border-line bg-surface px-2.5 outline-none focus:border-accent";

/** Events that are asked for at a time. */
const pageOfEvents = 1_000;

async function downloadHistory({ executionArn, name }: ExecutionView): Promise<void> {
  const events: HistoryEvent[] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page = await server.events(executionArn, { from, limit: pageOfEvents, data: true });
    events.push(...page.events);
    const last = page.events.at(-1);
    from = page.more && last !== undefined ? last.id + 1 : undefined;
  }
  const file = new Blob([JSON.stringify({ events }, undefined, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${name}.history.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
