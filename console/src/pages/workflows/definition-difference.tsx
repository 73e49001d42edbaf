import { useMemo } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { DiffView } from "./diff-view.tsx";
import { GraphDifference } from "./graph-difference.tsx";
import { lineDiff } from "./line-diff.ts";
import { Segments } from "../../parts/segments.tsx";

export const differenceLooks = ["unified", "split", "graph"] as const;
export type DifferenceLook = (typeof differenceLooks)[number];

/** As text in one column, as text side by side, or as a graph. */
export function LookChoice({
  look,
  onLook,
}: {
  readonly look: DifferenceLook;
  readonly onLook: (look: DifferenceLook) => void;
}) {
  const { workflows, editing } = useText();
  const labels = { unified: workflows.unified, split: workflows.split, graph: editing.graph };
  return (
    <Segments
      label={workflows.layout}
      options={differenceLooks.map((id) => ({ id, label: labels[id] }))}
      selected={look}
      onSelect={onLook}
    />
  );
}

/** What has changed from one definition to another. */
export function DefinitionDifference({
  before,
  after,
  look,
  state,
  onState,
}: {
  readonly before: string;
  readonly after: string;
  readonly look: DifferenceLook;
  /** The state that is selected in the graph. */
  readonly state: string | undefined;
  readonly onState: (key: string) => void;
}) {
  const text = useText();
  const format = useFormat();
  // Laid out alike: tools write the same definition in one line or in many.
  const lines = useMemo(() => lineDiff(formatJson(before), formatJson(after)), [before, after]);
  const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count("added"), count("removed")];
  if (added + removed === 0) {
    return (
      <p className="px-4 py-8 text-center text-[13px] text-dim">{text.workflows.noDifference}</p>
    );
  }
  if (look === "graph") {
    return <GraphDifference before={before} after={after} state={state} onState={onState} />;
  }
  const summary = text.workflows.changedLines(format.number(added), format.number(removed));
  return (
    <>
      <p className="border-b border-line px-4 py-1.5 text-xs text-dim tabular-nums">{summary}</p>
      <DiffView lines={lines} isSplit={look === "split"} label={summary} />
    </>
  );
}
