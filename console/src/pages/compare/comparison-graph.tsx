import { EqualNot } from "lucide-react";
import { useMemo } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { FlowGraph } from "../../graph/flow-graph.tsx";
import type { GraphDecoration, GraphMark } from "../../graph/view/graph-mark.ts";
import { takenCounts } from "../../graph/view/node-status.ts";
import { useText } from "../../i18n/language.tsx";
import type { RunPair } from "./align-runs.ts";
import { statesOf, type Presence } from "./run-differences.ts";
import { PresenceSign, sideTones } from "./side-mark.tsx";

const presences = ["a", "b", "both"] as const satisfies readonly Presence[];

/** The definition, or both, with the states and ways of each execution. */
export function ComparisonGraph({
  a,
  b,
  pairs,
  differs,
  selected,
  onSelect,
  className = "",
}: {
  readonly a: ExecutionView;
  readonly b: ExecutionView;
  readonly pairs: readonly RunPair[];
  readonly differs: (pair: RunPair) => boolean;
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly className?: string;
}) {
  const text = useText();
  const states = useMemo(() => statesOf(pairs, differs), [pairs, differs]);
  const decoration = useMemo((): GraphDecoration => {
    const marks = [...states].map(([key, { presence }]): readonly [string, GraphMark] => [
      key,
      {
        tone: sideTones[presence],
        sign: <PresenceSign presence={presence} />,
        word: text.compare.presence[presence],
      },
    ]);
    const [goneA, goneB] = [a, b].map(({ nodes, edges }) => {
      const counts = takenCounts(edges);
      const views = new Map(nodes.map((node) => [node.key, node]));
      return (edge: Parameters<typeof counts>[0]) => counts(edge, views) > 0;
    });
    return {
      marks: new Map(marks),
      toneOfEdge(edge) {
        const [inA, inB] = [goneA?.(edge) === true, goneB?.(edge) === true];
        if (!inA && !inB) return undefined;
        return sideTones[inA && inB ? "both" : inA ? "a" : "b"];
      },
    };
  }, [states, a, b, text]);
  const notes = useMemo(
    () =>
      new Map(
        [...states].flatMap(([key, { presence, differs: isOther }]) =>
          isOther && presence === "both" ? [[key, "≠"] as const] : [],
        ),
      ),
    [states],
  );
  return (
    <div className={`flex min-h-0 flex-col ${className}`}>
      <FlowGraph
        definition={b.definition}
        before={a.definition === b.definition ? undefined : a.definition}
        decoration={decoration}
        notes={notes}
        selected={selected}
        onSelect={onSelect}
        className="min-h-0 grow"
      />
      <ul
        aria-label={text.compare.legend}
        className="flex shrink-0 flex-wrap gap-x-4 gap-y-1 border-t border-line px-3 py-1.5 text-xs text-dim"
      >
        {presences.map((presence) => (
          <li key={presence} className="flex items-center gap-1.5">
            <PresenceSign presence={presence} />
            {text.compare.presence[presence]}
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <EqualNot aria-hidden size={14} />
          {text.compare.differs}
        </li>
      </ul>
    </div>
  );
}
