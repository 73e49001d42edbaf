import { EvaluationError } from "../evaluation.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { filterWeight, type Predicate } from "./filter.ts";
import type { Segment } from "./path-syntax.ts";
import { maximumDepth, spend, type Visit } from "./selection.ts";

/** Any step but `..`, which has no meaning without the one after it. */
export type PlainSegment = Exclude<Segment, { type: "scan" }>;

/** The step after `..`, in the forms that a scan needs. */
export interface ScannedStep {
  readonly segment: PlainSegment;
  /** The step with all that follows. */
  readonly step: Visit;
  /** What follows the step. */
  readonly next: Visit;
  /** The step's predicate if it is a filter. */
  readonly accepts: Predicate | undefined;
  readonly isLast: boolean;
  /** One name follows the step, and nothing else. */
  readonly nameOnlyFollows: boolean;
}

/**
 * `..`: the step after it is tried at every object and array below the node, itself first.
 *
 * Jayway's rules (*observed*, `jsonpath/cases.json`): several names must all be there; a filter is tried
 * on the object or array itself; and before a single last name, an array's elements are reached by
 * their written index only (`$..[0].id`, but neither `$..[-1].id` nor `$..*.id`).
 */
export function scanStep(scanned: ScannedStep): Visit {
  const visit = visitInScan(scanned);
  const walk: (...given: [...Parameters<Visit>, number]) => void = (node, selection, depth) => {
    if (!isJsonArray(node) && !isJsonObject(node)) return;
    if (depth > maximumDepth) {
      throw new EvaluationError(
        "States.Runtime",
        `The data is nested more than ${maximumDepth} levels deep`,
      );
    }
    visit(node, selection);
    for (const child of childrenOf(node)) {
      spend(selection);
      walk(child, selection, depth + 1);
    }
  };
  return (node, selection) => walk(node, selection, 0);
}

function visitInScan(scanned: ScannedStep): Visit {
  const { segment, step, next, accepts, isLast, nameOnlyFollows } = scanned;
  switch (segment.type) {
    case "members":
      return (node, selection) => {
        spend(selection, segment.names.length);
        const hasAll =
          isJsonObject(node) && segment.names.every((name) => Object.hasOwn(node, name));
        if (hasAll || !isLast) step(node, selection);
      };
    case "filter": {
      const weight = filterWeight(segment.filter);
      return (node, selection) => {
        spend(selection, weight);
        if (accepts?.(node, selection) !== true) return;
        if (isLast || isJsonObject(node)) step(node, selection);
        else if (!nameOnlyFollows) for (const child of childrenOf(node)) next(child, selection);
      };
    }
    case "index":
      return segment.index < 0 && nameOnlyFollows ? nothing : step;
    case "indexes":
    case "slice":
    case "wildcard":
      return nameOnlyFollows ? onObjects(step) : step;
    case "function":
      return nothing;
    case "member":
      return step;
  }
}

function nothing(): void {}

function onObjects(step: Visit): Visit {
  return (node, selection) => {
    if (isJsonObject(node)) step(node, selection);
  };
}

/** The elements of an array or the members' values of an object; none of anything else. */
export function childrenOf(node: JsonValue): readonly JsonValue[] {
  if (isJsonArray(node)) return node;
  return isJsonObject(node) ? Object.values(node) : [];
}
