import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Play, X } from "lucide-react";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { OutcomeBar } from "../../parts/charts.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { AliasSplit } from "./alias-split.tsx";
import { describedOptions } from "./state-machine.ts";
import { TagChips } from "./tag-chips.tsx";
import { ownerOf, type ListedWorkflow } from "./workflow-list.ts";

/** A workflow beside the list: its graph, and its figures. */
export function WorkflowPeek({
  row,
  onStart,
  onTag,
  onClose,
}: {
  readonly row: ListedWorkflow;
  readonly onStart: () => void;
  readonly onTag: (tag: string) => void;
  readonly onClose: () => void;
}) {
  const { workflowList: text, workflows } = useText();
  const format = useFormat();
  const { stateMachineArn, name, facts, succeeded, failed, running, p50, p95, lastStart } = row;
  const machine = useQuery(describedOptions(stateMachineArn));
  const duration = (value: number | undefined) =>
    value === undefined ? "–" : format.duration(value);
  const ended = succeeded + failed;
  const figures = [
    [workflows.successRate, ended === 0 ? "–" : format.percent(succeeded / ended)],
    [workflows.failed, format.number(failed)],
    [workflows.running, format.number(running)],
    [workflows.p50, duration(p50)],
    [workflows.p95, duration(p95)],
    [text.columns.owner, ownerOf(row) ?? "–"],
  ] as const;
  return (
    <aside
      aria-label={text.peekOf(name)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      className="flex min-w-0 flex-col overflow-hidden rounded-xl border border-line bg-surface shadow-card lg:sticky lg:top-16 lg:max-h-[calc(100dvh-5rem)]"
    >
      <div className="flex items-center gap-2 border-b border-line py-1.5 pr-2 pl-4">
        <h2 className="min-w-0 grow truncate text-[13px] font-semibold">{name}</h2>
        <IconButton label={text.closePeek} onPress={onClose}>
          <X aria-hidden size={15} />
        </IconButton>
      </div>
      <Read query={machine}>
        {({ definition }) => (
          <FlowGraph
            key={stateMachineArn}
            definition={definition}
            className="h-72 shrink-0 border-b border-line"
          />
        )}
      </Read>
      <div className="flex min-h-0 flex-col gap-4 overflow-y-auto p-4 text-[13px]">
        <OutcomeBar succeeded={succeeded} failed={failed} running={running} />
        <dl className="grid grid-cols-3 gap-x-3 gap-y-2">
          {figures.map(([label, value]) => (
            <div key={label} className="min-w-0">
              <dt className="text-xs text-dim">{label}</dt>
              <dd className="truncate font-semibold tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
          <dt className="text-dim">{text.columns.aliases}</dt>
          <dd>
            <AliasSplit aliases={facts?.aliases} most={6} />
          </dd>
          <dt className="text-dim">{text.columns.tags}</dt>
          <dd>
            <TagChips tags={facts?.tags} most={12} onTag={onTag} />
          </dd>
          <dt className="text-dim">{text.columns.updated}</dt>
          <dd>{facts === undefined ? "–" : <Ago at={facts.updatedAt} />}</dd>
          <dt className="text-dim">{text.columns.lastStart}</dt>
          <dd>{lastStart === undefined ? workflows.never : <Ago at={lastStart} />}</dd>
        </dl>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onPress={onStart}>
            <Play aria-hidden size={14} />
            {workflows.keysStart}
          </Button>
          <Link
            to="/workflows/$arn"
            params={{ arn: stateMachineArn }}
            className="inline-flex h-8 items-center gap-1.5 rounded-md border border-line px-3 text-[13px] font-medium hover:border-line-strong hover:bg-sunken"
          >
            {text.open}
            <ArrowRight aria-hidden size={14} />
          </Link>
        </div>
      </div>
    </aside>
  );
}
