import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { EditResult } from "../../../designer/edits/edit-result.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import type { Place } from "../../../designer/edits/place.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Failure, Loading } from "../../../parts/layout.tsx";
import { useProblems } from "../problems/use-problems.ts";
import { useTryStore, useTryView } from "../try/try-store.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { Announcer } from "./announcer.tsx";
import { useAutoPan } from "./auto-pan.ts";
import { CanvasCommands } from "./canvas-commands.ts";
import type { CanvasItem } from "./canvas-item.ts";
import { CanvasStage } from "./canvas-stage.tsx";
import { placedAt, type At, type CanvasTool } from "./canvas-tool.ts";
import { CanvasTools } from "./canvas-tools.tsx";
import { useCanvasView } from "./canvas-view.ts";
import { Creator } from "./creator.tsx";
import { DragGhost } from "./drag-overlay.tsx";
import { EmptyCanvas } from "./empty-canvas.tsx";
import { ExtractDialog } from "./extract-dialog.tsx";
import { insertPoints } from "./insert-points.ts";
import { Minimap } from "./minimap.tsx";
import { OutlineTree } from "./outline-tree.tsx";
import { PalettePane } from "./palette-pane.tsx";
import { rememberItem } from "./recent-items.ts";
import { SelectionBar, type SelectionActions } from "./selection-bar.tsx";
import { RetargetList, WrapList } from "./selection-lists.tsx";
import { stateBadges } from "./state-badges.ts";
import { useSteadyGraph } from "./steady-graph.ts";
import { useCanvasItems } from "./use-canvas-items.ts";
import { useCanvasKeys } from "./use-canvas-keys.ts";
import { useClipboard } from "./use-clipboard.ts";
import { useCollapsed } from "./use-collapsed.ts";
import { useDrags } from "./use-drags.ts";
import { useFocus } from "./use-focus.ts";
import { useKeptSelection } from "./use-kept-selection.ts";
import { useStable } from "./use-stable.ts";

/** The graph of the text, edited by hand and by keys. */
export function CanvasPane({ hasPalette = false }: { readonly hasPalette?: boolean }) {
  const text = useDesignerText().canvas;
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const chosen = useDesignerView((view) => view.selected);
  const chosenEdge = useDesignerView((view) => view.edge);
  const pane = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const commands = useMemo(() => new CanvasCommands(store), [store]);
  const items = useCanvasItems();
  const [tool, setTool] = useState<CanvasTool>();
  const [said, setSaid] = useState<{ readonly text: string }>();
  const [hasMinimap, setMinimap] = useState(false);
  const [hasOutline, setOutline] = useState(false);
  const { collapsed, turn } = useCollapsed(store, chosen, commands);
  const { graph, problem } = useSteadyGraph(document, collapsed);
  const selected = useMemo(
    () => chosen.filter((key) => graph?.index.states.has(key) === true),
    [chosen, graph],
  );
  const edge =
    chosenEdge !== undefined && graph?.model.edges.has(chosenEdge) === true
      ? chosenEdge
      : undefined;
  const canvas = useCanvasView(area, graph, selected);
  const problems = useProblems().list;
  const tried = useTryStore();
  const breakpoints = useTryView((view) => view.breakpoints);
  const badges = useMemo(() => {
    if (graph === undefined) return new Map<NodeKey, never[]>();
    const counts = new Map<NodeKey, number>();
    for (const { key } of problems)
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    return stateBadges(graph.index, graph.model, counts, graph.collapsed, breakpoints);
  }, [graph, problems, breakpoints]);
  const points = useMemo(
    () => (graph === undefined ? [] : insertPoints(graph.model, graph.layout, graph.index)),
    [graph],
  );
  const focusSelected = useFocus(area, graph, store);
  useKeptSelection(store, graph, selected, focusSelected);
  const drags = useDrags({ store, commands, graph, points, canvas, onDropped: focusSelected });
  useAutoPan(area, drags, canvas.pan);

  const boxOf = (key: NodeKey | undefined) => graph?.layout.nodes.get(key ?? "");
  const toArea = ({ x, y }: At): At => ({
    x: x * canvas.view.scale + canvas.view.x,
    y: y * canvas.view.scale + canvas.view.y,
  });
  /** Beneath what is selected, or in the middle. */
  const atSelection = (): At => {
    const box = boxOf(selected.at(-1));
    const point = points.find((each) => each.edge !== undefined && each.edge === edge);
    const middle = { x: canvas.size.width / 2 - 160, y: canvas.size.height / 3 };
    const at =
      point !== undefined
        ? toArea({ x: point.x + 12, y: point.y + 12 })
        : box !== undefined
          ? toArea({ x: box.x + 24, y: box.y + Math.min(box.height, 52) + 10 })
          : middle;
    return placedAt(at, canvas.size);
  };
  const create = (place: Place = commands.place, at: At = atSelection()): void =>
    setTool({ kind: "creator", place, at });
  const close = (): void => {
    setTool(undefined);
    focusSelected();
  };
  /** After an edit by keys or pointer the card that it selects has the focus. */
  const then = (result?: EditResult): void => {
    setTool(undefined);
    if (result === undefined || !isRefused(result)) focusSelected();
  };
  const put = (item: CanvasItem, place?: Place): void => {
    const result = commands.insert(item, place);
    if (!isRefused(result)) rememberItem(item);
    then(result);
  };
  const done = (run: () => unknown) => (): void => {
    run();
    focusSelected();
  };

  const first = selected[0];
  const isCollapsed = first !== undefined && collapsed.has(first);
  const hasScopes = graph?.index.states.get(first ?? "")?.scopes.length !== 0;
  const withSelection = (run: () => void) => () => {
    if (selected.length > 0) run();
    else commands.duplicate();
  };
  const rename = (): void => {
    if (first !== undefined) setTool({ kind: "rename", key: first });
  };
  const openRetarget = (): void => {
    const way =
      edge ?? [...(graph?.model.edges.values() ?? [])].find(({ source }) => source === first)?.id;
    if (way !== undefined) setTool({ kind: "retarget", edge: way, at: atSelection() });
  };
  const removeEdge = (): void => {
    if (edge !== undefined) then(commands.removeWay(edge));
  };
  const actions = useStable({
    create: () => create(),
    rename,
    duplicate: done(() => commands.duplicate()),
    remove: () => (edge === undefined ? done(() => commands.remove("rejoin"))() : removeEdge()),
    removeChain: done(() => commands.remove("chain")),
    wrap: withSelection(() => setTool({ kind: "wrap", at: atSelection() })),
    unwrap: done(() => commands.unwrap()),
    extract: withSelection(() => setTool({ kind: "extract" })),
    collapse: done(() => first !== undefined && hasScopes && turn(first)),
    retarget: openRetarget,
    breakpoint: () => first !== undefined && tried.toggleBreakpoint(first),
    selectAll: () => commands.selectAll(),
    moveBeside: (direction) => done(() => commands.moveBeside(direction))(),
    fit: canvas.fit,
    actualSize: canvas.actualSize,
    minimap: () => setMinimap((is) => !is),
    outline: () => setOutline((is) => !is),
  } satisfies Parameters<typeof useCanvasKeys>[1]);
  useCanvasKeys(pane, actions);
  const onCopied = useCallback((count: number) => setSaid({ text: text.copied(count) }), [text]);
  useClipboard(pane, commands, onCopied, focusSelected);
  useEffect(() => {
    const box = graph?.layout.nodes.get(chosen[0] ?? "");
    if (box !== undefined) canvas.show(box);
    // Only when something else is selected: a move of the graph has its own rule.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen]);

  const select = useCallback(
    (key: NodeKey, isAdded: boolean) => {
      const { selected: before } = store.view;
      const isIn = before.includes(key);
      if (!isAdded) store.select([key]);
      else store.select(isIn ? before.filter((each) => each !== key) : [...before, key]);
    },
    [store],
  );
  const isEmpty = graph !== undefined && graph.index.root.states.size === 0;
  const barActions: SelectionActions =
    selected.length > 0
      ? {
          add: actions.create,
          ...(selected.length === 1 && { rename }),
          duplicate: actions.duplicate,
          wrap: actions.wrap,
          ...(hasScopes && { unwrap: actions.unwrap, collapse: actions.collapse }),
          extract: actions.extract,
          ...(selected.length === 1 && { breakpoint: actions.breakpoint }),
          remove: actions.remove,
        }
      : { add: actions.create, retarget: openRetarget, remove: removeEdge };
  return (
    <div ref={pane} className="flex h-full min-h-0">
      <SideColumn>
        {hasPalette && (
          <PalettePane
            items={items}
            onPress={(event, item) => drags.press(event, { kind: "item", item }, item.name)}
            onPick={(item) => put(item)}
          />
        )}
        {hasOutline && graph !== undefined && (
          <OutlineTree
            graph={graph}
            selected={selected}
            onSelect={select}
            onPress={(event, key, name) => {
              const keys = selected.includes(key) ? selected : [key];
              drags.press(event, { kind: "states", keys }, name);
            }}
          />
        )}
      </SideColumn>
      <div className="relative min-w-0 grow">
        <CanvasStage
          area={area}
          graph={graph}
          canvas={canvas}
          points={points}
          badges={badges}
          selected={selected}
          edge={edge}
          drags={drags}
          renaming={tool?.kind === "rename" ? tool.key : undefined}
          onRename={(key, name) => {
            const result = commands.rename(key, name);
            return !isRefused(result);
          }}
          onRenamed={() => then()}
          onSelect={select}
          onAdd={(point) =>
            create(point.place, placedAt(toArea({ x: point.x + 12, y: point.y + 12 }), canvas.size))
          }
          onCreate={() => create()}
          onRemoveBranch={(scope) => then(commands.removeBranch(scope))}
        />
        {problem !== undefined && <Failure error={problem} />}
        {graph === undefined && problem === undefined && <Loading />}
        {isEmpty && tool === undefined && (
          <EmptyCanvas items={items.all} onPick={(item) => put(item)} onMore={() => create()} />
        )}
        {(selected.length > 0 || edge !== undefined) && (
          <SelectionBar actions={barActions} count={selected.length} isCollapsed={isCollapsed} />
        )}
        {!isEmpty && (
          <CanvasTools
            canvas={canvas}
            onAdd={actions.create}
            onMinimap={actions.minimap}
            onOutline={actions.outline}
          />
        )}
        {hasMinimap && graph !== undefined && !isEmpty && (
          <Minimap graph={graph} selected={selected} canvas={canvas} />
        )}
        {tool?.kind === "creator" && (
          <Creator
            items={items}
            at={tool.at}
            onPick={(item) => put(item, tool.place)}
            onClose={close}
          />
        )}
        {tool?.kind === "wrap" && (
          <WrapList
            at={tool.at}
            onClose={close}
            onWrap={(wrapping) => {
              commands.wrap(wrapping);
              then();
            }}
          />
        )}
        {tool?.kind === "retarget" && graph !== undefined && (
          <RetargetList
            graph={graph}
            edge={tool.edge}
            at={tool.at}
            onClose={close}
            onRetarget={(target) => {
              commands.retarget(tool.edge, target);
              close();
            }}
          />
        )}
        <Announcer said={said} />
      </div>
      {tool?.kind === "extract" && <ExtractDialog commands={commands} onClose={() => then()} />}
      <DragGhost drags={drags} />
    </div>
  );
}

/** The palette over the outline; as wide as the wider, and gone if both are. */
function SideColumn({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-0 shrink-0 flex-col divide-y divide-line border-r border-line bg-surface empty:hidden max-md:border-r-0">
      {children}
    </div>
  );
}
