import { EvaluationError, type StepMeter } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { evaluationSteps, outOfSteps, weight } from "../steps.ts";
import type { Segment } from "./path-syntax.ts";

/** One evaluation of a path that may select many nodes. */
export interface Selection {
  /** The document, which `$` in a filter means. */
  readonly document: JsonValue;
  readonly found: JsonValue[];
  /** What all of the evaluation, with the filters in it, may still visit. */
  readonly budget: VisitBudget;
  /** A member of the path was not there on some way: what an existence test asks. */
  incomplete: boolean;
}

export interface VisitBudget {
  readonly granted: number;
  nodes: number;
}

/** Adds what the rest of a path selects below `node` to the selection. */
export type Visit = (node: JsonValue, selection: Selection) => void;

/**
 * Nodes that one evaluation may visit. *Our choice*: a payload of 256 KiB has at most 130,000 nodes, so
 * that every single scan of one is possible and `$..*..*..*` ends in some tens of milliseconds.
 */
export const maximumVisits = 1_000_000;

/** Visiting a node, in the steps that all expressions of a state share. */
const stepsPerVisit = evaluationSteps / maximumVisits;

/** Depth of a document that a scan walks down. *Our choice*: that of the usual JSON parsers. */
export const maximumDepth = 1_000;

export function newSelection(document: JsonValue, budget: VisitBudget): Selection {
  return { document, found: [], budget, incomplete: false };
}

/** What an evaluation may visit that shares its steps with others. */
export function visitBudget(meter: StepMeter | undefined): VisitBudget {
  const granted =
    meter === undefined ? maximumVisits : Math.min(maximumVisits, meter.left / stepsPerVisit);
  return { granted, nodes: granted };
}

/** Charges to the others what was visited. */
export function settleVisits({ granted, nodes }: VisitBudget, meter: StepMeter | undefined): void {
  meter?.spend((granted - nodes) * stepsPerVisit);
}

/** Compiles the steps of a path: passed to filters, which have paths in them. */
export type CompileVisit = (segments: readonly Segment[]) => Visit;

/** Counts visited nodes, and what a filter compares at length as so many of them. */
export function spend(selection: Selection, nodes = 1): void {
  const { budget } = selection;
  budget.nodes -= nodes;
  if (budget.nodes < 0) {
    if (budget.granted < maximumVisits) throw outOfSteps();
    throw new EvaluationError(
      "States.Runtime",
      `The path visits more than ${maximumVisits} nodes of the data`,
    );
  }
}

/** Counts what is about to be gone through with all that is in it. */
export function spendValue(selection: Selection, value: JsonValue): void {
  spend(selection, weight(value, selection.budget.nodes));
}

/** Counts comparing two values: no more than what is in the smaller one. */
export function spendComparison(selection: Selection, left: JsonValue, right: JsonValue): void {
  if (!isLong(left) || !isLong(right)) return;
  spend(selection, weight(left, weight(right, selection.budget.nodes)));
}

function isLong(value: JsonValue): boolean {
  if (typeof value === "string") return value.length > shortText;
  return isJsonArray(value) || isJsonObject(value);
}

/** Characters that are compared in no time worth counting. */
const shortText = 64;
