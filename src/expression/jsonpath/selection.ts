import { EvaluationError } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import type { Segment } from "./path-syntax.ts";

/** One evaluation of a path that may select many nodes. */
export interface Selection {
  /** The document, which `$` in a filter means. */
  readonly document: JsonValue;
  readonly found: JsonValue[];
  /** What all of the evaluation, with the filters in it, may still visit. */
  readonly budget: { nodes: number };
  /** A member of the path was not there on some way: what an existence test asks. */
  incomplete: boolean;
}

/** Adds what the rest of a path selects below `node` to the selection. */
export type Visit = (node: JsonValue, selection: Selection) => void;

/**
 * Nodes that one evaluation may visit. *Our choice*: a payload of 256 KiB has at most 130,000 nodes, so
 * that every single scan of one is possible and `$..*..*..*` ends in some tens of milliseconds.
 */
export const maximumVisits = 1_000_000;

/** Depth of a document that a scan walks down. *Our choice*: that of the usual JSON parsers. */
export const maximumDepth = 1_000;

export function newSelection(document: JsonValue, budget = { nodes: maximumVisits }): Selection {
  return { document, found: [], budget, incomplete: false };
}

/** Compiles the steps of a path: passed to filters, which have paths in them. */
export type CompileVisit = (segments: readonly Segment[]) => Visit;

/** Counts visited nodes, and what a filter compares at length as so many of them. */
export function spend(selection: Selection, nodes = 1): void {
  selection.budget.nodes -= nodes;
  if (selection.budget.nodes < 0) {
    throw new EvaluationError(
      "States.Runtime",
      `The path visits more than ${maximumVisits} nodes of the data`,
    );
  }
}
