import { ImageDown, Maximize, Minus, Plus } from "lucide-react";
import {
  Fragment,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from "react";
import { useText } from "../i18n/language.tsx";
import { IconButton } from "../parts/button.tsx";
import { Failure, Loading } from "../parts/layout.tsx";
import type { Box, GraphLayout } from "./layout.ts";
import type { GraphNode, GraphScope } from "./model.ts";
import { EdgeLabels, GraphEdges } from "./view/graph-edges.tsx";
import { GraphCard, GraphContainer } from "./view/graph-card.tsx";
import { nextInDirection } from "./view/next-in-direction.ts";
import { part } from "../app/missing-part.ts";
import type { GraphDecoration } from "./view/graph-mark.ts";
import type { HeatTone } from "./view/heat-style.ts";
import { takenCounts, type GraphStatus } from "./view/node-status.ts";
import { useLayout } from "./view/use-layout.ts";
import { fitted, showing, useGestures, useSize, zoomed, type View } from "./view/viewport.ts";

const saving = part(() => import("./view/save-graph.ts"));

export interface FlowGraphProps {
  /** The definition as JSON text. */
  readonly definition: string;
  /** An earlier definition: what is not as it was is marked, and what is gone is drawn, too. */
  readonly before?: string | undefined;
  /** What a run has made of it; absent: the definition alone. */
  readonly status?: GraphStatus | undefined;
  /** What an overlay writes on a state, by its key. */
  readonly notes?: ReadonlyMap<string, string> | undefined;
  /** How strongly an overlay tints a state, from 0 to 1, by its key. */
  readonly heat?: ReadonlyMap<string, number> | undefined;
  /** The colour of the tint. */
  readonly heatTone?: HeatTone | undefined;
  /** Marks in place of the statuses of a run. */
  readonly decoration?: GraphDecoration | undefined;
  readonly selected?: string | undefined;
  readonly onSelect?: ((key: string) => void) | undefined;
  readonly className?: string;
}

/** More cards than these are drawn only where they are seen. */
const allDrawn = 150;
/** Below this scale nobody reads: the words on the edges are left out. */
const readable = 0.45;

/** A definition, or a run of it, as a graph that is moved by drag and wheel and walked by arrows. */
export function FlowGraph({
  definition,
  before,
  status,
  notes,
  heat,
  heatTone = "run",
  decoration,
  selected,
  onSelect,
  className = "",
}: FlowGraphProps) {
  const { model, changes, layout, problem } = useLayout(definition, before);
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  const [isFitted, setFitted] = useState<GraphLayout>();
  useGestures(area, setView);

  const isSeen = size.width > 0 && size.height > 0;
  useEffect(() => {
    if (layout === undefined || !isSeen || isFitted === layout) return;
    setView(firstView(layout, size.width, size.height));
    setFitted(layout);
  }, [layout, isSeen, isFitted, size]);

  const select = useCallback((key: string) => onSelect?.(key), [onSelect]);
  useEffect(() => {
    const box = selected === undefined ? undefined : layout?.nodes.get(selected);
    if (box !== undefined && isFitted === layout) {
      setView((before) => showing(before, box, size.width, size.height));
    }
  }, [selected, layout, isFitted, size]);

  const views = useMemo(() => new Map(status?.nodes.map((node) => [node.key, node])), [status]);
  const changed = useMemo(
    () => new Map(changes?.states.map(({ key, kind }) => [key, kind])),
    [changes],
  );
  const edges = useMemo(() => [...model.edges.values()], [model]);
  const taken = useMemo(() => {
    const counts = takenCounts(status?.edges ?? []);
    return (edge: (typeof edges)[number]) => counts(edge, views);
  }, [status, views]);

  const nodes = useMemo(() => [...model.nodes.values()], [model]);
  const drawn = useMemo(
    () => (layout === undefined ? [] : visibleNodes(nodes, layout, view, size)),
    [nodes, layout, view, size],
  );

  /** The state that the keys have led to: its card may not be drawn before it has come into view. */
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const selector = `[data-key="${CSS.escape(wanted.current)}"]`;
    const card = area.current?.querySelector<HTMLElement>(selector);
    if (!card) return;
    wanted.current = undefined;
    card.focus({ preventScroll: true });
  });

  const zoom = (factor: number) =>
    setView((before) =>
      zoomed(before, before.scale * factor, { x: size.width / 2, y: size.height / 2 }),
    );
  const fit = () => layout !== undefined && setView(fitted(layout, size.width, size.height));

  function onKeyDown(event: KeyboardEvent): void {
    const direction = event.key.startsWith("Arrow") ? event.key.slice(5) : undefined;
    if (direction !== undefined && layout !== undefined && event.target instanceof HTMLElement) {
      const from = event.target.dataset["key"];
      const next = from === undefined ? undefined : nextInDirection(layout, from, direction);
      if (next === undefined) return;
      event.preventDefault();
      select(next);
      wanted.current = next;
    } else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "f") fit();
    else if (event.key === "0") zoom(1 / view.scale);
  }

  const text = useText();
  const entry = selected ?? nodes.find(({ type }) => type !== "Start")?.key;
  const common = (node: GraphNode, box: Box) => ({
    node,
    box,
    view: views.get(node.key),
    note: notes?.get(node.key),
    change: decoration === undefined ? changed.get(node.key) : undefined,
    mark: decoration?.marks.get(node.key),
    heat: heat?.get(node.key),
    heatTone,
    isSelected: node.key === selected,
    isEntry: node.key === entry,
    hasRun: status !== undefined || decoration !== undefined,
    onSelect: select,
  });
  return (
    <div
      ref={area}
      role="group"
      aria-label={text.graph.name}
      onKeyDown={onKeyDown}
      className={`relative touch-none overflow-hidden bg-bg bg-[radial-gradient(var(--dots)_1px,transparent_1px)] [background-size:18px_18px] ${className}`}
    >
      {problem !== undefined && <Failure error={problem} />}
      {layout === undefined && problem === undefined && <Loading />}
      {layout !== undefined && isFitted === layout && (
        <div
          className="absolute top-0 left-0 origin-top-left"
          style={{
            width: layout.width,
            height: layout.height,
            transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
          }}
        >
          {drawn
            .filter(({ node }) => node.scopes.length > 0)
            // What holds another is larger, and lies beneath it with its lanes.
            .toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height)
            .map(({ node, box }) => (
              <Fragment key={node.key}>
                <GraphContainer {...common(node, box)} />
                <Lanes scopes={node.scopes} layout={layout} />
              </Fragment>
            ))}
          <GraphEdges
            edges={edges}
            layout={layout}
            taken={taken}
            changes={changes?.edges}
            toneOf={decoration?.toneOfEdge}
          />
          {view.scale >= readable && <EdgeLabels edges={edges} layout={layout} taken={taken} />}
          {drawn
            .filter(({ node }) => node.scopes.length === 0)
            .map(({ node, box }) =>
              node.type === "Start" || node.type === "End" ? (
                <Pill key={node.key} node={node} box={box} />
              ) : (
                <GraphCard key={node.key} {...common(node, box)} />
              ),
            )}
        </div>
      )}
      <div className="absolute bottom-2 left-2 flex flex-col rounded-lg border border-line bg-surface shadow-card">
        <IconButton label={text.graph.zoomIn} onPress={() => zoom(1.25)}>
          <Plus aria-hidden size={15} />
        </IconButton>
        <IconButton label={text.graph.zoomOut} onPress={() => zoom(0.8)}>
          <Minus aria-hidden size={15} />
        </IconButton>
        <IconButton label={text.graph.fit} onPress={fit}>
          <Maximize aria-hidden size={14} />
        </IconButton>
        {layout !== undefined && (
          <IconButton
            label={text.runHead.saveImage}
            onPress={() =>
              void saving().then(({ saveGraph }) =>
                saveGraph({ model, layout, views, taken, decoration, text }),
              )
            }
          >
            <ImageDown aria-hidden size={15} />
          </IconButton>
        )}
      </div>
    </div>
  );
}

export function Lanes({
  scopes,
  layout,
}: {
  readonly scopes: readonly GraphScope[];
  readonly layout: GraphLayout;
}) {
  return scopes.map(({ key }) => {
    const lane = layout.lanes.get(key);
    if (lane === undefined) return null;
    return (
      <div
        key={key}
        aria-hidden
        style={{ left: lane.x, top: lane.y, width: lane.width, height: lane.height }}
        className="pointer-events-none absolute rounded-lg bg-sunken/60"
      />
    );
  });
}

export function Pill({ node, box }: { readonly node: GraphNode; readonly box: Box }) {
  const text = useText();
  return (
    <span
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      className="absolute grid place-items-center rounded-full border border-line bg-surface text-xs text-dim"
    >
      {node.type === "Start" ? text.graph.start : text.graph.end}
    </span>
  );
}

/** All of it where that can be read; else its beginning, as large as its width allows. */
export function firstView(layout: GraphLayout, width: number, height: number): View {
  const whole = fitted(layout, width, height);
  if (whole.scale >= 0.55) return whole;
  const wide = fitted({ width: layout.width, height: 1 }, width, height);
  const scale = Math.max(wide.scale, 0.55);
  return { scale, x: Math.max(24, (width - layout.width * scale) / 2), y: 24 };
}

export function visibleNodes(
  nodes: readonly GraphNode[],
  layout: GraphLayout,
  view: View,
  size: { readonly width: number; readonly height: number },
): readonly { readonly node: GraphNode; readonly box: Box }[] {
  const placed = nodes.flatMap((node) => {
    const box = layout.nodes.get(node.key);
    return box === undefined ? [] : [{ node, box }];
  });
  if (placed.length <= allDrawn) return placed;
  const left = -view.x / view.scale;
  const top = -view.y / view.scale;
  const right = left + size.width / view.scale;
  const bottom = top + size.height / view.scale;
  return placed.filter(
    ({ box }) =>
      box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top,
  );
}
