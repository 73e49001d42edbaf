import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { Place } from "../../../designer/edits/place.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { outlineRows, type OutlineRow } from "./outline-rows.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** Our choice: what is beyond is on the canvas; a longer list would slow each edit. */
const mostRows = 600;

/** The workflow as a tree. Its rows are selected, moved by Alt and arrows, and dragged as cards are. */
export function OutlineTree({
  graph,
  selected,
  onSelect,
  onPress,
}: {
  readonly graph: SteadyGraph;
  readonly selected: readonly NodeKey[];
  readonly onSelect: (key: NodeKey, isAdded: boolean) => void;
  readonly onPress: (event: PointerEvent, key: NodeKey, name: string) => void;
}) {
  const text = useDesignerText().canvas.outline;
  const [closed, setClosed] = useState<ReadonlySet<NodeKey>>(new Set());
  const rows = useMemo(() => outlineRows(graph.index, closed).slice(0, mostRows), [graph, closed]);
  const tree = useRef<HTMLUListElement>(null);
  const states = rows.filter((row) => row.kind === "state");
  const entry = states.find(({ key }) => selected.includes(key))?.key ?? states[0]?.key;

  const turn = (key: NodeKey, isClosed: boolean): void => {
    const next = new Set(closed);
    if (isClosed) next.add(key);
    else next.delete(key);
    setClosed(next);
  };
  const go = (key: NodeKey | undefined): void => {
    if (key === undefined) return;
    onSelect(key, false);
    tree.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus();
  };
  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || !(event.target instanceof HTMLElement)) return;
    const key = event.target.dataset["row"];
    const at = states.findIndex((row) => row.key === key);
    const row = states[at];
    if (row === undefined) return;
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(states[at + 1]?.key),
      ArrowUp: () => go(states[at - 1]?.key),
      Home: () => go(states[0]?.key),
      End: () => go(states.at(-1)?.key),
      ArrowRight: () => (closed.has(row.key) ? turn(row.key, false) : go(states[at + 1]?.key)),
      ArrowLeft: () =>
        row.hasInner && !closed.has(row.key)
          ? turn(row.key, true)
          : go(graph.index.states.get(row.key)?.scope.holder?.key),
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }
  return (
    <ul
      ref={tree}
      role="tree"
      aria-label={text.name}
      aria-multiselectable
      onKeyDown={onKeyDown}
      className="min-h-0 w-60 grow basis-1/2 overflow-auto py-2 text-[13px] max-sm:w-40"
    >
      {rows.map((row) =>
        row.kind === "scope" ? (
          <ScopeRow key={`scope ${row.key}`} row={row} />
        ) : (
          <li
            key={row.key}
            role="treeitem"
            data-row={row.key}
            tabIndex={row.key === entry ? 0 : -1}
            aria-level={row.level}
            aria-selected={selected.includes(row.key)}
            {...(row.hasInner && { "aria-expanded": !closed.has(row.key) })}
            onPointerDown={(event) => onPress(event, row.key, row.name)}
            onClick={(event) => onSelect(row.key, event.shiftKey || event.ctrlKey || event.metaKey)}
            onDoubleClick={() => row.hasInner && turn(row.key, !closed.has(row.key))}
            style={{ paddingLeft: 4 + row.level * 10 }}
            className={`flex cursor-pointer touch-none items-center gap-2 py-1 pr-2 outline-offset-[-2px] select-none ${selected.includes(row.key) ? "bg-accent-soft text-text" : "hover:bg-sunken"}`}
          >
            <span className="shrink-0 text-dim">
              <StateIcon type={row.type} resource={row.resource} size={13} />
            </span>
            <span className="truncate">{row.name}</span>
          </li>
        ),
      )}
    </ul>
  );
}

function ScopeRow({ row }: { readonly row: Extract<OutlineRow, { readonly kind: "scope" }> }) {
  const text = useDesignerText().canvas.outline;
  return (
    <li
      role="none"
      data-scope-row={row.key}
      style={{ paddingLeft: 4 + row.level * 10 }}
      className="truncate py-0.5 pr-2 text-[11px] text-dim"
    >
      {row.branch === undefined ? text.each : text.branch(row.branch)}
      {row.isEmpty && ` · ${text.empty}`}
    </li>
  );
}

/** The place that a row of the outline is: behind a state, or the beginning of a scope. `undefined`: it is no row. */
export function placeOfRow(
  element: Element | null,
): { readonly place: Place; readonly row: Element } | undefined {
  const row = element?.closest("[data-row], [data-scope-row]");
  if (!(row instanceof HTMLElement)) return undefined;
  const { row: state, scopeRow } = row.dataset;
  if (state !== undefined) return { place: { on: "after", state }, row };
  return scopeRow === undefined ? undefined : { place: { on: "start", scope: scopeRow }, row };
}
