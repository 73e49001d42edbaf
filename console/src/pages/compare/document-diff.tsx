import { Check } from "lucide-react";
import { useMemo } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { formatJson } from "../../parts/format-json.ts";
import { JsonView } from "../../parts/json-view.tsx";
import { DiffView } from "../workflows/diff-view.tsx";
import { lineDiff } from "../workflows/line-diff.ts";
import { SideMark } from "./side-mark.tsx";

/** Two documents as JSON texts: what is in A alone is taken away, what is in B alone is added. */
export function DocumentDiff({
  a,
  b,
  title,
  isSame,
  isSplit,
}: {
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly title: string;
  /** It is known to be the same, however it is written. */
  readonly isSame?: boolean | undefined;
  readonly isSplit: boolean;
}) {
  const text = useText();
  const format = useFormat();
  const lines = useMemo(
    () =>
      a === undefined || b === undefined || isSame === true
        ? []
        : lineDiff(formatJson(a), formatJson(b)),
    [a, b, isSame],
  );
  const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
  const [added, removed] = [count("added"), count("removed")];
  const one = a ?? b;
  const hasBoth = a !== undefined && b !== undefined;
  const summary = text.workflows.changedLines(format.number(added), format.number(removed));
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 flex flex-wrap items-center gap-2 text-xs font-semibold">
        {title}
        {hasBoth && added + removed > 0 && (
          <span className="font-normal text-dim tabular-nums">{summary}</span>
        )}
        {hasBoth && added + removed === 0 && (
          <span className="inline-flex items-center gap-1 font-normal text-dim">
            <Check aria-hidden size={13} className="text-ok" />
            {text.compare.isSame}
          </span>
        )}
        {!hasBoth && one !== undefined && (
          <span className="inline-flex items-center gap-1.5 font-normal text-dim">
            <SideMark side={a === undefined ? "b" : "a"} size={16} />
            {text.compare.onlyIn(text.compare.side[a === undefined ? "b" : "a"])}
          </span>
        )}
      </h3>
      {one === undefined ? (
        <p className="text-dim">{text.compare.noDocument}</p>
      ) : added + removed === 0 ? (
        <JsonView value={one} label={title} />
      ) : (
        <div className="overflow-hidden rounded-lg border border-line">
          <DiffView lines={lines} isSplit={isSplit} label={`${title}, ${summary}`} />
        </div>
      )}
    </section>
  );
}
