import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type {
  ExecutionView,
  MapRunChildRow,
  MapRunView,
} from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Loading } from "../../parts/layout.tsx";
import { Took } from "../../parts/time.tsx";
import { opened } from "../execution/opened-cause.ts";
import { useVisitData } from "../execution/visit-data.ts";
import { ItemSign } from "./item-legend.tsx";
import { ItemTimeline } from "./item-timeline.tsx";

const liveMs = 1_000;

/** One item beside the grid: its own run as a graph and over time, what went in and what came out. */
export function ItemDrawer({
  run,
  index,
  onClose,
}: {
  readonly run: MapRunView;
  readonly index: number;
  readonly onClose: () => void;
}) {
  const { mapRuns: text, app } = useText();
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isRunning = run.status === "RUNNING";
  const child = useQuery({
    queryKey: keys.mapRunChildren(run.mapRunArn, { index }),
    queryFn: async () =>
      (await server.mapRunChildren(run.mapRunArn, { index, limit: 1 })).rows[0] ?? null,
    refetchInterval: isRunning ? liveMs : false,
  });
  return (
    <aside
      aria-labelledby="item-drawer"
      onKeyDown={({ key }) => {
        if (key === "Escape") onClose();
      }}
      className="fixed inset-y-0 right-0 z-40 flex w-full max-w-xl flex-col border-l border-line bg-raised shadow-high"
    >
      <div className="flex items-center gap-3 border-b border-line py-2 pr-2 pl-5">
        <h2
          id="item-drawer"
          ref={heading}
          tabIndex={-1}
          className="text-[15px] font-semibold tabular-nums outline-none"
        >
          {run.isBatched ? text.batchAt(format.number(index)) : text.itemAt(format.number(index))}
        </h2>
        {child.data && (
          <span className="inline-flex items-center gap-1.5 text-[13px] text-dim">
            <ItemSign status={child.data.status} />
            {text.itemStatus[child.data.status]}
            <span aria-hidden>·</span>
            <Took from={child.data.startDate} to={child.data.stopDate} />
          </span>
        )}
        <span className="grow" />
        <IconButton label={app.close} onPress={onClose}>
          <X aria-hidden size={16} />
        </IconButton>
      </div>
      <div className="min-h-0 grow overflow-y-auto p-5">
        {child.data === undefined ? (
          <Loading />
        ) : child.data === null ? (
          <p className="py-8 text-center text-dim">{text.notStarted}</p>
        ) : (
          <Child key={child.data.executionArn} child={child.data} />
        )}
      </div>
    </aside>
  );
}

function Child({ child }: { readonly child: MapRunChildRow }) {
  const { mapRuns: text } = useText();
  const { executionArn, error, cause } = child;
  const execution = useQuery({
    queryKey: keys.execution(executionArn),
    queryFn: () => server.execution(executionArn),
    retry: false,
    refetchInterval: child.status === "running" ? liveMs : false,
  });
  return (
    <div className="flex flex-col gap-4">
      <Link
        to="/executions/$arn"
        params={{ arn: executionArn }}
        className="inline-flex min-h-6 items-center gap-1 self-start font-medium text-accent hover:underline"
      >
        {text.openExecution}
        <ArrowRight aria-hidden size={14} />
      </Link>
      {error !== undefined && (
        <div className="rounded-lg bg-fail-soft px-3 py-2">
          <p className="font-mono text-[13px] font-semibold break-words text-fail">{error}</p>
          {cause !== undefined && (
            <pre className="mt-1 max-h-32 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">
              {opened(cause)}
            </pre>
          )}
        </div>
      )}
      {execution.isError ? (
        <p className="text-dim">{text.notKept}</p>
      ) : execution.data === undefined ? (
        <Loading />
      ) : (
        <Run view={execution.data} />
      )}
    </div>
  );
}

/** More visits than a drawer has room for are on the page of the execution. */
const mostVisits = 100;

function Run({ view }: { readonly view: ExecutionView }) {
  const { mapRuns: text, execution: words } = useText();
  const [chosen, setChosen] = useState<number>();
  const { executionArn } = view;
  const visits = useQuery({
    queryKey: [...keys.visits(executionArn), "drawer", view.lastEventId],
    queryFn: () => server.visits(executionArn, { limit: mostVisits }),
  });
  const all = visits.data?.visits ?? [];
  const visit = all.find(({ id }) => id === (chosen ?? view.failedVisit));
  const first = useVisitData(executionArn, visit ?? all[0]);
  const last = useVisitData(executionArn, visit ?? all.findLast(({ parent }) => parent === 0));
  return (
    <>
      <div className="overflow-hidden rounded-lg border border-line">
        <FlowGraph
          definition={view.definition}
          status={{ nodes: view.nodes, edges: view.edges }}
          selected={visit?.key}
          onSelect={(key) => setChosen(all.findLast((each) => each.key === key)?.id)}
          className="h-64"
        />
      </div>
      <ItemTimeline
        visits={all}
        startDate={view.startDate}
        stopDate={view.stopDate}
        selected={visit?.id}
        onSelect={setChosen}
      />
      <section className="flex flex-col gap-3">
        <h3 className="text-[13px] font-semibold">
          {visit === undefined ? text.dataOfItem : text.dataOfState(visit.name)}
        </h3>
        {first.data?.input !== undefined && (
          <JsonView value={first.data.input} label={words.input} />
        )}
        {last.data?.output === undefined ? (
          <p className="text-[13px] text-dim">
            {view.stopDate === undefined ? words.noOutput : words.neverOutput}
          </p>
        ) : (
          <JsonView value={last.data.output} label={words.output} />
        )}
      </section>
    </>
  );
}
