import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, X } from "lucide-react";
import { useMemo } from "react";
import { server } from "../../api/client.ts";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import { graphModel, type GraphNode } from "../../graph/model.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { OutcomeBar, Sparkline } from "../../parts/charts.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import type { StateFigures } from "../../../../src/console/view-types.ts";
import { errorFilter, workflowFilter } from "./filters.ts";
import { Segments } from "../../parts/segments.tsx";
import {
  chargeOf,
  failureRate,
  overlaysOf,
  transitionsOf,
  useHeat,
  useStateFigures,
  type Overlay,
} from "./state-heat.ts";
import type { StateMachine } from "./state-machine.ts";
import { useWorkflows, workflowKeys } from "./use-workflows.ts";

/** What the workflow is, and how it does. */
export function OverviewTab({
  machine,
  state,
  overlay,
  onState,
  onOverlay,
}: {
  readonly machine: StateMachine;
  readonly state: string | undefined;
  readonly overlay: Overlay;
  readonly onState: (key: string | undefined) => void;
  readonly onOverlay: (overlay: Overlay) => void;
}) {
  const text = useText();
  const statistics = useStateFigures(machine.stateMachineArn);
  const states = statistics.data?.states;
  const heat = useHeat(overlay, states);
  const { definition, name } = machine;
  const node = useMemo(() => nodesOf(definition).get(state ?? ""), [definition, state]);
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Card
        title={text.workflows.graph}
        className="self-start overflow-hidden"
        aside={
          <Segments
            label={text.workflows.heat}
            options={overlaysOf(machine.type).map((id) => ({
              id,
              label: text.workflows.heats[id],
            }))}
            selected={overlay}
            onSelect={onOverlay}
          />
        }
        flush
      >
        {overlay !== "off" && (
          <p role="status" className="border-b border-line px-4 py-1.5 text-xs text-dim">
            {text.workflows.heatHint[overlay]}{" "}
            {statistics.data?.isFilling === true
              ? text.workflows.heatFilling
              : states?.length === 0
                ? text.workflows.heatNone
                : null}
          </p>
        )}
        <FlowGraph
          definition={definition}
          status={undefined}
          notes={heat?.notes}
          heat={heat?.heat}
          heatTone={heat?.tone}
          selected={node?.key}
          onSelect={(key) => onState(key === state ? undefined : key)}
          className="h-[600px] max-h-[75dvh]"
        />
      </Card>
      <div className="flex min-w-0 flex-col gap-4">
        {node !== undefined && (
          <StateCard
            node={node}
            figures={states?.find(({ key }) => key === node.key)}
            workflow={name}
            machineType={machine.type}
            onClose={() => onState(undefined)}
          />
        )}
        <LastDay machine={machine} />
        <Errors machine={machine} />
        {node === undefined && <p className="px-1 text-xs text-dim">{text.workflows.stateNone}</p>}
      </div>
    </div>
  );
}

function nodesOf(definition: string): ReadonlyMap<string, GraphNode> {
  try {
    return graphModel(JSON.parse(definition)).nodes;
  } catch {
    return new Map();
  }
}

function StateCard({
  node,
  figures,
  workflow,
  machineType,
  onClose,
}: {
  readonly node: GraphNode;
  /** Its last 24 hours; absent: nothing happened. */
  readonly figures: StateFigures | undefined;
  readonly workflow: string;
  readonly machineType: StateMachine["type"];
  readonly onClose: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const { name, type, resource, comment, retries } = node;
  const facts = [
    [text.workflows.stateType, type],
    [text.workflows.stateResource, resource],
    [text.workflows.stateComment, comment],
    [text.workflows.stateRetries, retries === 0 ? undefined : format.number(retries)],
  ] as const;
  return (
    <Card
      title={name}
      aside={
        <IconButton label={text.workflows.closeState} onPress={onClose} className="-mr-2">
          <X aria-hidden size={15} />
        </IconButton>
      }
    >
      <dl className="flex flex-col gap-2 text-[13px]">
        {facts.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label}>
              <dt className="text-xs text-dim">{label}</dt>
              <dd
                className={
                  label === text.workflows.stateResource ? "font-mono text-xs break-all" : ""
                }
              >
                {value}
              </dd>
            </div>
          ),
        )}
      </dl>
      {figures !== undefined && <StateDay figures={figures} type={machineType} />}
      <Link
        to="/executions"
        search={{
          q: workflowFilter(
            workflow,
            { field: "status", value: "failed" },
            { field: "state", value: name },
          ),
        }}
        className="mt-3 inline-flex min-h-6 items-center gap-1.5 text-[13px] font-medium text-accent hover:underline"
      >
        {text.workflows.stateFailed}
        <ArrowRight aria-hidden size={14} />
      </Link>
    </Card>
  );
}

function StateDay({
  figures,
  type,
}: {
  readonly figures: StateFigures;
  readonly type: StateMachine["type"];
}) {
  const { workflows: words } = useText();
  const format = useFormat();
  const { entries, failures, caught, retries, p50, p95 } = figures;
  const rate = failureRate(figures);
  const duration = (value: number | undefined) =>
    value === undefined ? "–" : format.duration(value);
  return (
    <section className="mt-3 border-t border-line pt-3">
      <h3 className="mb-2 text-xs font-semibold">{words.lastDay}</h3>
      <dl className="grid grid-cols-3 gap-x-3 gap-y-2">
        <Fact label={words.stateRuns} value={format.number(entries)} />
        <Fact
          label={words.stateFailures}
          hint={words.stateFailuresHint}
          value={format.number(failures)}
          look={failures > 0 ? "text-fail" : ""}
        />
        <Fact label={words.stateRate} value={rate === undefined ? "–" : format.percent(rate)} />
        <Fact label={words.stateCaught} value={format.number(caught)} />
        <Fact label={words.stateRetried} value={format.number(retries)} />
        <Fact label={words.p95} value={duration(p95)} hint={`${words.p50} ${duration(p50)}`} />
        {type === "STANDARD" && (
          <Fact
            label={words.stateTransitions}
            value={format.number(transitionsOf(figures))}
            hint={words.stateCharge(
              format.usd(chargeOf(transitionsOf(figures))),
              format.usd(chargeOf(entries === 0 ? 0 : transitionsOf(figures) / entries)),
            )}
          />
        )}
      </dl>
    </section>
  );
}

function LastDay({ machine }: { readonly machine: StateMachine }) {
  const text = useText();
  const format = useFormat();
  const workflows = useWorkflows();
  const row = workflows.data?.find((each) => each.stateMachineArn === machine.stateMachineArn);
  if (row === undefined) return null;
  const { succeeded, failed, running, started, p50, p95, lastStart } = row;
  const ended = succeeded + failed;
  const total = started.reduce((sum, count) => sum + count, 0);
  const duration = (value: number | undefined) =>
    value === undefined ? "–" : format.duration(value);
  return (
    <Card title={text.workflows.lastDay}>
      <OutcomeBar succeeded={succeeded} failed={failed} running={running} />
      <dl className="mt-3 grid grid-cols-3 gap-x-3 gap-y-3">
        <Fact label={text.workflows.succeeded} value={format.number(succeeded)} look="text-ok" />
        <Fact
          label={text.workflows.failed}
          value={format.number(failed)}
          look={failed > 0 ? "text-fail" : ""}
        />
        <Fact
          label={text.workflows.running}
          value={format.number(running)}
          look={running > 0 ? "text-run" : ""}
        />
        <Fact
          label={text.workflows.successRate}
          value={ended === 0 ? "–" : format.percent(succeeded / ended)}
        />
        <Fact label={text.workflows.p50} hint={text.workflows.p50Hint} value={duration(p50)} />
        <Fact label={text.workflows.p95} hint={text.workflows.p95Hint} value={duration(p95)} />
      </dl>
      <div className="mt-4 flex items-end justify-between gap-3 border-t border-line pt-3 text-xs text-dim">
        <Sparkline
          values={started}
          label={text.workflows.startedPerHour(
            format.number(total),
            format.number(started.at(-1) ?? 0),
          )}
        />
        <span className="text-right">
          {text.workflows.lastStart}:{" "}
          {lastStart === undefined ? text.workflows.never : <Ago at={lastStart} />}
        </span>
      </div>
    </Card>
  );
}

function Fact({
  label,
  hint,
  value,
  look = "",
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly look?: string;
}) {
  return (
    <div title={hint}>
      <dt className="text-xs text-dim">{label}</dt>
      <dd className={`text-[15px] font-semibold whitespace-nowrap tabular-nums ${look}`}>
        {value}
      </dd>
    </div>
  );
}

function Errors({ machine }: { readonly machine: StateMachine }) {
  const text = useText();
  const format = useFormat();
  const { stateMachineArn, name } = machine;
  const query = useQuery({
    queryKey: workflowKeys.errors(stateMachineArn),
    queryFn: async () => {
      const { errors } = await server.executions(workflowFilter(name));
      // Another Region may have a workflow of the same name.
      return errors.filter((group) => group.stateMachineArn === stateMachineArn);
    },
  });
  return (
    <Card title={text.workflows.errors} flush>
      <Read query={query}>
        {(groups) =>
          groups.length === 0 ? (
            <p className="px-4 py-6 text-center text-[13px] text-dim">
              {text.workflows.errorsNone}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {groups.map((group) => (
                <li key={`${group.error} ${group.failedState ?? ""}`}>
                  <Link
                    to="/executions"
                    search={{ q: errorFilter(group) }}
                    className="block px-4 py-2.5 -outline-offset-2! hover:bg-sunken"
                  >
                    <span className="flex items-baseline gap-3">
                      <span className="min-w-0 grow font-mono text-xs font-semibold break-words text-fail">
                        {group.error}
                      </span>
                      <span className="shrink-0 text-xs font-medium tabular-nums">
                        {text.workflows.errorTimes(format.number(group.count))}
                      </span>
                    </span>
                    <span className="mt-0.5 flex flex-wrap gap-x-3 text-xs text-dim">
                      {group.failedState !== undefined && (
                        <span className="min-w-0 grow truncate">
                          {text.workflows.errorIn(group.failedState)}
                        </span>
                      )}
                      <span>
                        {text.workflows.errorLast} <Ago at={group.lastAt} />
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Card>
  );
}
