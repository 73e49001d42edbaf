import { memo } from "react";
import type { NodeView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { StatusIcon, toneOf, type Tone } from "../../parts/status.tsx";
import type { Box } from "../layout.ts";
import { cardDetail } from "../graph-words.ts";
import type { GraphNode } from "../model.ts";
import type { ChangeKind } from "../compare-definitions.ts";
import { ChangeMark, changeLooks } from "./change-mark.tsx";
import type { GraphMark } from "./graph-mark.ts";
import { heatStyle, type HeatTone } from "./heat-style.ts";
import { statusOfNode } from "./node-status.ts";
import { isSameCard } from "./same-card.ts";
import { StateIcon } from "./state-icon.tsx";

export interface CardProps {
  readonly node: GraphNode;
  readonly box: Box;
  readonly view: NodeView | undefined;
  /** Words beside the name in place of the time: what an overlay says. */
  readonly note?: string | undefined;
  /** From 0 to 1: how strongly an overlay tints it. */
  readonly heat?: number | undefined;
  readonly heatTone: HeatTone;
  /** How it differs from an earlier definition. */
  readonly change?: ChangeKind | undefined;
  /** What is said in place of the status. */
  readonly mark?: GraphMark | undefined;
  readonly isSelected: boolean;
  /** The one card that Tab reaches; arrows lead to the others. */
  readonly isEntry: boolean;
  readonly hasRun: boolean;
  readonly onSelect: (key: string) => void;
  /** What else is to be said of it where it is not written. */
  readonly words?: string | undefined;
}

const borders: Readonly<Record<Tone, string>> = {
  ok: "border-ok/70 bg-ok-soft",
  fail: "border-fail/80 bg-fail-soft",
  run: "border-run bg-run-soft shadow-[0_0_0_3px_var(--run-soft)]",
  wait: "border-wait/80 bg-wait-soft",
  off: "border-line-strong bg-off-soft",
};

/** A state: its name, what it does, and what became of it. */
export const GraphCard = memo(function GraphCard({
  node,
  box,
  view,
  note,
  heat,
  heatTone,
  change,
  mark,
  isSelected,
  isEntry,
  hasRun,
  onSelect,
  words,
}: CardProps) {
  const { graph: told } = useText();
  const status = statusOfNode(view);
  const tone = mark?.tone ?? (status && toneOf(status));
  const look =
    change !== undefined
      ? changeLooks[change]
      : tone === undefined
        ? `bg-surface ${hasRun ? "border-dashed border-line text-dim" : "border-line"}`
        : borders[tone];
  return (
    <button
      type="button"
      data-key={node.key}
      tabIndex={isEntry ? 0 : -1}
      aria-pressed={isSelected}
      title={node.comment === undefined ? node.name : `${node.name}\n${node.comment}`}
      onClick={() => onSelect(node.key)}
      style={{
        left: box.x,
        top: box.y,
        width: box.width,
        height: box.height,
        ...heatStyle(heat, heatTone),
      }}
      className={`absolute flex items-center gap-2.5 rounded-lg border px-2.5 text-left transition-colors ${look} ${isSelected ? "outline-2 outline-offset-2 outline-accent" : ""}`}
    >
      <span className="grid h-7 w-7 shrink-0 place-items-center rounded-md bg-bg/70 text-dim">
        <StateIcon type={node.type} resource={node.resource} />
      </span>
      <span className="flex min-w-0 grow flex-col leading-tight">
        <span className="truncate text-[13px] font-semibold">
          <CardName {...{ node, view, note, change, mark, words }} />
        </span>
        <span className={`truncate text-[11px] ${dimOn(heat)}`}>{cardDetail(node, told)}</span>
      </span>
      {change !== undefined && <ChangeMark kind={change} />}
      {mark?.sign}
      {view !== undefined && status !== undefined && (
        <span className="flex shrink-0 flex-col items-end gap-0.5 text-[11px] text-dim tabular-nums">
          <StatusIcon status={status} size={13} />
          <CardTime view={view} note={note} />
        </span>
      )}
      {view === undefined && note !== undefined && (
        <span className={`shrink-0 text-[11px] tabular-nums ${dimOn(heat)}`}>{note}</span>
      )}
    </button>
  );
}, isSameCard);

/** Dim words are too pale on a tint. */
function dimOn(heat: number | undefined): string {
  return heat === undefined || heat <= 0 ? "text-dim" : "text-text";
}

function CardTime({ view, note }: { readonly view: NodeView; readonly note: string | undefined }) {
  const format = useFormat();
  const ended = view.succeeded + view.caught;
  if (note !== undefined) return note;
  if (view.entries > 1) return `×${format.number(view.entries)}`;
  if (ended > 0) return format.duration(view.totalMs / ended);
  return view.attempts > 1 ? `#${view.attempts}` : null;
}

/** A Parallel or a Map: a box with a header; its states are drawn in it. */
export const GraphContainer = memo(function GraphContainer({
  node,
  box,
  view,
  note,
  heat,
  heatTone,
  change,
  mark,
  isSelected,
  isEntry,
  hasRun,
  onSelect,
  words,
}: CardProps) {
  const format = useFormat();
  const text = useText();
  const status = statusOfNode(view);
  const tone = mark?.tone ?? (status && toneOf(status));
  const look =
    change !== undefined
      ? changeLooks[change].split(" ")[0]
      : tone === undefined
        ? `border-line ${hasRun ? "border-dashed" : ""}`
        : borders[tone].split(" ")[0];
  const items = view?.items;
  return (
    <div
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className={`absolute rounded-xl border bg-surface/60 ${look} ${isSelected ? "outline-2 outline-offset-2 outline-accent" : ""}`}
    >
      <button
        type="button"
        data-key={node.key}
        tabIndex={isEntry ? 0 : -1}
        aria-pressed={isSelected}
        title={node.comment === undefined ? node.name : `${node.name}\n${node.comment}`}
        onClick={() => onSelect(node.key)}
        style={heatStyle(heat, heatTone)}
        className="pointer-events-auto flex h-[34px] w-full items-center gap-2 rounded-t-xl border-b border-line bg-surface px-3 text-left"
      >
        <StateIcon type={node.type} resource={node.resource} size={13} />
        <span className="truncate text-[13px] font-semibold">
          <CardName {...{ node, view, note, change, mark, words }} />
        </span>
        <span className={`shrink-0 text-[11px] tabular-nums ${dimOn(heat)}`}>
          {items === undefined
            ? cardDetail(node, text.graph)
            : `${text.app.of(format.number(items.succeeded + items.failed), format.number(items.total))}`}
        </span>
        <span className="grow" />
        {change !== undefined && <ChangeMark kind={change} />}
        {mark?.sign}
        {items !== undefined && items.total > 0 && (
          <span className="flex h-1.5 w-20 overflow-hidden rounded-full bg-sunken">
            <span
              className="bg-ok"
              style={{ width: `${(items.succeeded / items.total) * 100}%` }}
            />
            <span className="bg-fail" style={{ width: `${(items.failed / items.total) * 100}%` }} />
          </span>
        )}
        {note !== undefined && (
          <span className={`shrink-0 text-[11px] tabular-nums ${dimOn(heat)}`}>{note}</span>
        )}
        {status !== undefined && <StatusIcon status={status} size={13} />}
      </button>
    </div>
  );
}, isSameCard);

/** A state's name, and what a screen reader says with it: "Pick item, Task, running". */
function CardName({
  node,
  view,
  note,
  change,
  mark,
  words: more,
}: Pick<CardProps, "node" | "view" | "note" | "change" | "mark" | "words">) {
  const text = useText();
  const format = useFormat();
  const status = statusOfNode(view);
  const words = [node.name, node.type];
  if (status !== undefined) words.push(text.status[status]);
  if (view?.items !== undefined) {
    words.push(text.app.of(format.number(view.items.succeeded), format.number(view.items.total)));
  }
  if (view?.error !== undefined) words.push(view.error);
  if (mark !== undefined) words.push(mark.word);
  if (note !== undefined) words.push(note);
  if (change !== undefined) words.push(text.graph.changes[change]);
  if (more !== undefined) words.push(more);
  return (
    <>
      <span aria-hidden className={change === "removed" ? "line-through" : undefined}>
        {node.name}
      </span>
      <span className="sr-only">{words.join(", ")}</span>
    </>
  );
}
