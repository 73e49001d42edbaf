import { GitCompareArrows } from "lucide-react";
import { useCallback, useMemo, type ReactNode } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Loading } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { Segments } from "../../parts/segments.tsx";
import type { RunPair } from "./align-runs.ts";
import type { CompareSearch } from "./compare-search.ts";
import { ComparisonGraph } from "./comparison-graph.tsx";
import { DifferenceBar } from "./difference-bar.tsx";
import { DocumentDiff } from "./document-diff.tsx";
import { PairDetail } from "./pair-detail.tsx";
import { PairList } from "./pair-list.tsx";
import { RunCard } from "./run-card.tsx";
import type { DifferenceKind } from "./run-differences.ts";
import { useComparedRun, type ComparedRun } from "./use-compared-run.ts";
import { useComparison } from "./use-comparison.ts";
import { WholeDocuments } from "./whole-documents.tsx";

interface Given {
  readonly search: CompareSearch;
  readonly onChange: (next: CompareSearch) => void;
}

/** Both executions, read and told apart. */
export function Comparison({
  a,
  b,
  search,
  onChange,
}: Given & { readonly a: string; readonly b: string }) {
  const [runA, runB] = [useComparedRun(a), useComparedRun(b)];
  return (
    <Read query={runA.view}>
      {(viewA) => (
        <Read query={runB.view}>
          {(viewB) => (
            <>
              <div className="grid gap-3 md:grid-cols-2">
                <RunCard
                  side="a"
                  view={viewA}
                  near={b}
                  onChoose={(arn) => onChange({ a: arn, pair: undefined })}
                />
                <RunCard
                  side="b"
                  view={viewB}
                  near={a}
                  onChoose={(arn) => onChange({ b: arn, pair: undefined })}
                />
              </div>
              <Notices a={viewA} b={viewB} />
              <Parts a={viewA} b={viewB} runs={[runA, runB]} search={search} onChange={onChange} />
            </>
          )}
        </Read>
      )}
    </Read>
  );
}

/** What has to be known before the rest is read. */
function Notices({ a, b }: { readonly a: ExecutionView; readonly b: ExecutionView }) {
  const text = useText();
  const said =
    a.executionArn === b.executionArn
      ? text.compare.same
      : a.stateMachineArn !== b.stateMachineArn
        ? text.compare.otherWorkflow
        : a.definition !== b.definition
          ? text.compare.otherDefinition
          : undefined;
  if (said === undefined) return null;
  return (
    <p className="mt-3 flex items-center gap-2 rounded-lg bg-wait-soft px-3 py-2 text-[13px]">
      <GitCompareArrows aria-hidden size={15} className="shrink-0 text-wait" />
      {said}
    </p>
  );
}

function Parts({
  a,
  b,
  runs,
  search,
  onChange,
}: Given & {
  readonly a: ExecutionView;
  readonly b: ExecutionView;
  readonly runs: readonly [ComparedRun, ComparedRun];
}) {
  const text = useText();
  const isSplit = search.diff === "split";
  const framed = (content: ReactNode) => (
    <section className="rounded-xl border border-line bg-surface shadow-card">{content}</section>
  );
  return (
    <div className="relative mt-4">
      <div className="max-sm:mb-2 sm:absolute sm:top-0 sm:right-0">
        <Segments
          label={text.workflows.layout}
          options={[
            { id: "unified", label: text.workflows.unified },
            { id: "split", label: text.workflows.split },
          ]}
          selected={isSplit ? "split" : "unified"}
          onSelect={(diff) => onChange({ diff: diff === "split" ? "split" : undefined })}
        />
      </div>
      <Tabs
        label={text.compare.tabs}
        selected={search.tab ?? "states"}
        onSelect={(tab) => onChange({ tab: tab === "states" ? undefined : tab })}
        items={[
          {
            id: "states",
            label: text.compare.states,
            content: <States a={a} b={b} runs={runs} search={search} onChange={onChange} />,
          },
          {
            id: "documents",
            label: text.compare.documents,
            content: framed(<WholeDocuments a={a} b={b} isSplit={isSplit} />),
          },
          {
            id: "definition",
            label: text.compare.definition,
            content: framed(
              <div className="p-4">
                <DocumentDiff
                  a={a.definition}
                  b={b.definition}
                  title={
                    a.definition === b.definition
                      ? text.compare.sameDefinition
                      : text.compare.definition
                  }
                  isSplit={isSplit}
                />
              </div>,
            ),
          },
        ]}
      />
    </div>
  );
}

const noKinds: readonly DifferenceKind[] = [];

/** The aligned states, the graph of both, and what is selected. */
function States({
  a,
  b,
  runs: [runA, runB],
  search,
  onChange,
}: Given & {
  readonly a: ExecutionView;
  readonly b: ExecutionView;
  readonly runs: readonly [ComparedRun, ComparedRun];
}) {
  const without = search.without ?? noKinds;
  const { pairs, rows, counts } = useComparison(runA, runB, without);
  const differing = useMemo(
    () => new Set(rows.filter(({ differences }) => differences.length > 0).map(({ pair }) => pair)),
    [rows],
  );
  const differs = useCallback((pair: RunPair) => differing.has(pair), [differing]);
  const first = rows.find(({ differences }) => differences.length > 0);
  const selected = rows.find(({ id }) => id === search.pair) ?? first ?? rows[0];
  const select = useCallback((pair: string) => onChange({ pair }), [onChange]);
  const selectState = (key: string) => {
    const ofState = rows.filter(({ pair }) => pair.key === key);
    const wanted = ofState.find(({ differences }) => differences.length > 0) ?? ofState[0];
    if (wanted !== undefined) select(wanted.id);
  };
  if (runA.read.isLoading || runB.read.isLoading) return <Loading />;
  const height = "h-[max(380px,calc(100dvh-27rem))]";
  return (
    <div className="flex flex-col gap-3">
      <section className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
        <DifferenceBar
          rows={rows}
          counts={counts}
          selected={selected?.id}
          without={without}
          onSelect={select}
          onWithout={(kinds) => onChange({ without: kinds.length === 0 ? undefined : kinds })}
        />
        <div className="grid lg:grid-cols-2">
          <PairList
            rows={rows}
            selected={selected?.id}
            first={first?.id}
            onSelect={select}
            className={`${height} border-line max-lg:border-b lg:border-r`}
          />
          <ComparisonGraph
            a={a}
            b={b}
            pairs={pairs}
            differs={differs}
            selected={selected?.pair.key}
            onSelect={selectState}
            className={height}
          />
        </div>
        {[runA, runB].map(({ arn, read }) => (
          <More key={arn} read={read} />
        ))}
      </section>
      <section className="min-w-0 rounded-xl border border-line bg-surface shadow-card">
        <PairDetail row={selected} a={a} b={b} isSplit={search.diff === "split"} />
      </section>
    </div>
  );
}

function More({ read }: Pick<ComparedRun, "read">) {
  const text = useText();
  const format = useFormat();
  if (!read.hasMore) return null;
  return (
    <p className="flex flex-wrap items-center gap-3 border-t border-line px-3 py-1.5 text-xs text-dim tabular-nums">
      {text.compare.cut(format.number(read.visits.length), format.number(read.total))}
      <Button isDisabled={read.isLoadingMore} onPress={read.loadMore}>
        {text.compare.readMore}
      </Button>
    </p>
  );
}
