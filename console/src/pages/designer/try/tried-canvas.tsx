import { FlaskConical, X } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { FlowGraph } from "../../../graph/flow-graph.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { IconButton } from "../../../parts/button.tsx";
import { momentOf, nodesOf } from "../../execution/panes/run-moment.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { coverageMarks } from "./cases/coverage-marks.tsx";
import type { Recording } from "./simulate/recording.ts";
import { toolOf } from "./try-tool.ts";
import { useTryStore, useTryView, type CaseRun } from "./try-store.ts";

/**
 * The canvas; in its place, while a recording or the coverage of the cases is looked at, the graph that was run with what
 * happened on it.
 */
export function TriedCanvas({
  tool: named,
  children,
}: {
  readonly tool: string | undefined;
  readonly children: ReactNode;
}) {
  const text = useDesignerText().trying.painted;
  const tried = useTryStore();
  const tool = toolOf(named);
  const recording = useTryView((view) => view.recording);
  const caseRun = useTryView((view) => view.caseRun);
  if (tool === "simulate" && recording !== undefined) {
    return (
      <Painted
        title={text.recording}
        onClose={() => tried.set({ recording: undefined, at: undefined })}
      >
        <RecordedGraph recording={recording} />
      </Painted>
    );
  }
  if (tool === "cases" && caseRun !== undefined) {
    return (
      <Painted title={text.coverage} onClose={() => tried.set({ caseRun: undefined })}>
        <CoveredGraph run={caseRun} />
      </Painted>
    );
  }
  return children;
}

function Painted({
  title,
  onClose,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const text = useDesignerText().trying.painted;
  return (
    <section aria-label={title} className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 items-center gap-2 border-b border-accent/40 bg-accent-soft pl-3 text-[13px]">
        <FlaskConical aria-hidden size={14} className="shrink-0 text-accent" />
        <b className="min-w-0 grow truncate font-semibold">{title}</b>
        <IconButton label={text.back} onPress={onClose}>
          <X aria-hidden size={15} />
        </IconButton>
      </div>
      <div className="min-h-0 grow">{children}</div>
    </section>
  );
}

function RecordedGraph({ recording: { run, definition } }: { readonly recording: Recording }) {
  const text = useDesignerText().trying.simulate;
  const { store } = useDesigner();
  const at = useTryView((view) => view.at);
  const breakpoints = useTryView((view) => view.breakpoints);
  const selected = useDesignerView((view) => view.selected[0]);
  const { view, visits } = run;
  const status = useMemo(
    () =>
      at === undefined
        ? { nodes: view.nodes, edges: view.edges }
        : nodesOf(momentOf(visits, at, view.lastEventId)),
    [view, visits, at],
  );
  const notes = useMemo(
    () => new Map([...breakpoints].map((key) => [key, `● ${text.stop}`])),
    [breakpoints, text],
  );
  return (
    <FlowGraph
      definition={definition}
      status={status}
      notes={notes}
      selected={selected}
      onSelect={(key) => store.select([key])}
      className="h-full"
    />
  );
}

function CoveredGraph({ run: { view, definition } }: { readonly run: CaseRun }) {
  const text = useDesignerText().trying.cases;
  const { store } = useDesigner();
  const selected = useDesignerView((each) => each.selected[0]);
  const decoration = useMemo(() => coverageMarks(view.coverage, text), [view, text]);
  return (
    <FlowGraph
      definition={definition}
      decoration={decoration}
      selected={selected}
      onSelect={(key) => store.select([key])}
      className="h-full"
    />
  );
}
