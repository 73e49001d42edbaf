import { useEffect, useMemo, useRef, useState } from "react";
import { graphIndex, type GraphIndex } from "../../../designer/edits/graph-index.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { GraphLayout } from "../../../graph/layout.ts";
import { graphModel, type GraphModel, type NodeKey } from "../../../graph/model.ts";
import { layoutOf } from "../../../graph/view/use-layout.ts";
import { carriedLayout } from "./carried-layout.ts";
import { provisionalLayout } from "./provisional-layout.ts";
import { collapsedCounts, withCollapsed } from "./collapsed.ts";

/** A definition as it is drawn: all of one moment. */
export interface SteadyGraph {
  readonly document: DefinitionDocument;
  readonly index: GraphIndex;
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  /** The places are only for now: it is still being laid out. */
  readonly isProvisional: boolean;
  /** How many states are in each collapsed container. */
  readonly collapsed: ReadonlyMap<NodeKey, number>;
}

/** A document that is to be drawn: a graph without its places. */
interface Drawing extends Pick<SteadyGraph, "document" | "index" | "model" | "collapsed"> {
  /** What is laid out. */
  readonly value: unknown;
  /** Later ones have higher ones. */
  readonly number: number;
}

/** One that has places. */
interface Placed extends Pick<SteadyGraph, "layout" | "isProvisional"> {
  readonly drawing: Drawing;
}

/** Our choice: ELK needs up to a second for 120 states of one scope, and an edit is to be seen within 150 ms. */
const mostElkNodes = 40;
/**
 * Our choice: what is laid out in this time is shown as it is to stay. More states than ELK lays out never are: they do not wait.
 */
const patienceMs = 20;

/**
 * The graph of a document, with the next picture where that can be: as it was laid out, if the edit changes no place; else with
 * places for now, until it is laid out.
 */
export function useSteadyGraph(
  document: DefinitionDocument,
  collapsed: ReadonlySet<NodeKey>,
): { readonly graph: SteadyGraph | undefined; readonly problem: string | undefined } {
  const drawing = useMemo(() => drawingOf(document, collapsed), [document, collapsed]);
  const [laidOut, setLaidOut] = useState<Placed>();
  const [problem, setProblem] = useState<string>();
  const [late, setLate] = useState<Drawing>();
  const isImpatient = late === drawing || largestScope(drawing.model) > mostElkNodes;
  /** What was drawn last, from which the next picture is made. */
  const last = useRef<Placed>(undefined);
  const placed = useMemo(() => {
    last.current = nextPlaces(last.current, laidOut, drawing, isImpatient);
    return last.current;
  }, [laidOut, drawing, isImpatient]);
  const isSettled = placed?.drawing === drawing && !placed.isProvisional;
  useWorker(isSettled ? undefined : drawing, setLaidOut, setProblem);
  useEffect(() => {
    if (isSettled || isImpatient) return undefined;
    const timer = setTimeout(() => setLate(drawing), patienceMs);
    return () => clearTimeout(timer);
  }, [drawing, isSettled, isImpatient]);
  const graph = useMemo(() => {
    if (placed === undefined) return undefined;
    const { document: of, index, model, collapsed: counts } = placed.drawing;
    const { layout, isProvisional } = placed;
    return { document: of, index, model, layout, isProvisional, collapsed: counts };
  }, [placed]);
  return { graph, problem: isSettled ? undefined : problem };
}

let newest = 0;

function drawingOf(document: DefinitionDocument, keys: ReadonlySet<NodeKey>): Drawing {
  const index = graphIndex(document);
  const value = withCollapsed(document.value, index, keys);
  const collapsed = collapsedCounts(index, keys);
  newest += 1;
  return { document, index, value, model: graphModel(value), collapsed, number: newest };
}

/** The places that are shown now, by all that is known: what was shown, the newest that is laid out, what is to be shown. */
function nextPlaces(
  shown: Placed | undefined,
  laidOut: Placed | undefined,
  drawing: Drawing,
  isImpatient: boolean,
): Placed | undefined {
  if (laidOut?.drawing === drawing) return laidOut;
  if (shown?.drawing === drawing) return shown;
  const isNewer = (laidOut?.drawing.number ?? 0) > (shown?.drawing.number ?? 0);
  const before = isNewer ? laidOut : shown;
  if (before === undefined) return undefined;
  const { model } = drawing;
  const carried = carriedLayout({ model: before.drawing.model, layout: before.layout }, model);
  if (carried !== undefined)
    return { drawing, layout: carried, isProvisional: before.isProvisional };
  const provisional = isImpatient ? provisionalLayout(before.layout, model) : undefined;
  return provisional === undefined ? before : { drawing, layout: provisional, isProvisional: true };
}

/** Lays out what is wanted in the worker. While one is being laid out, only the newest of those that come meanwhile is kept. */
function useWorker(
  drawing: Drawing | undefined,
  onLaidOut: (laidOut: Placed) => void,
  onProblem: (problem: string | undefined) => void,
): void {
  const wanted = useRef<Drawing>(undefined);
  const isBusy = useRef(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);
  useEffect(() => {
    wanted.current = drawing;
    if (isBusy.current) return;
    isBusy.current = true;
    void (async () => {
      while (wanted.current !== undefined && isThere.current) {
        const next = wanted.current;
        wanted.current = undefined;
        const made = await layoutOf(next.value, undefined, mostElkNodes);
        if (!isThere.current) break;
        onProblem("problem" in made ? made.problem : undefined);
        if ("layout" in made)
          onLaidOut({ drawing: next, layout: made.layout, isProvisional: false });
      }
      isBusy.current = false;
    })();
  }, [drawing, onLaidOut, onProblem]);
}

/** How many states the scope has that is laid out longest. */
function largestScope({ root, nodes }: GraphModel): number {
  let most = root.nodes.length;
  for (const { scopes } of nodes.values())
    for (const scope of scopes) most = Math.max(most, scope.nodes.length);
  return most;
}
