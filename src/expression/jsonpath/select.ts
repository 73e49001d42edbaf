import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../json.ts";
import { compileFilter, filterWeight } from "./filter.ts";
import { compileOperand } from "./operand.ts";
import { callPathFunction } from "./path-functions.ts";
import { isDefinite, type Segment } from "./path-syntax.ts";
import { childrenOf, scanStep, type PlainSegment } from "./scan.ts";
import { spend, type CompileVisit, type Selection, type Visit } from "./selection.ts";

/** Compiles the segments from `position` on, back to front: each step calls the one after it. */
export function compileVisit(segments: readonly Segment[], position = 0): Visit {
  const segment = segments[position];
  if (segment === undefined) return (node, selection) => void selection.found.push(node);
  if (segment.type === "scan") return compileScan(segments, position + 1);
  return compileStep(segments, position, segment, compileVisit(segments, position + 1));
}

const compileInner: CompileVisit = (segments) => compileVisit(segments);

function compileStep(
  segments: readonly Segment[],
  position: number,
  segment: PlainSegment,
  next: Visit,
): Visit {
  const isRequired = isDefinite(segments.slice(0, position));
  switch (segment.type) {
    case "member":
      return memberStep(segment.name, isRequired, next);
    case "members":
      return position === segments.length - 1
        ? mergedStep(segment.names, next)
        : eachMemberStep(segment.names, isRequired, next);
    case "index":
      return indexesStep([segment.index], next);
    case "indexes":
      return indexesStep(segment.indexes, next);
    case "slice":
      return sliceStep(segment.from, segment.to, next);
    case "wildcard":
      return wildcardStep(next);
    case "filter":
      return filterStep(
        compileFilter(segment.filter, compileInner),
        filterWeight(segment.filter),
        next,
      );
    case "function": {
      const given = segment.arguments.map((argument) => compileOperand(argument, compileInner));
      return (node, selection) => {
        const values = given.map((operand) => operand(selection.document, selection));
        const present = values.filter((value) => value !== undefined);
        spend(selection, childrenOf(node).length);
        next(callPathFunction(segment.name, node, present), selection);
      };
    }
  }
}

/** `isRequired`: all steps before this one are definite, so that it must find an object. */
function memberStep(name: string, isRequired: boolean, next: Visit): Visit {
  return (node, selection) => {
    if (!isJsonObject(node)) selection.incomplete ||= isRequired;
    else if (Object.hasOwn(node, name)) next(node[name] as JsonValue, selection);
    else selection.incomplete = true;
  };
}

/** `['a','b']` at the end of a path: one object with those that are there. */
function mergedStep(names: readonly string[], next: Visit): Visit {
  return (node, selection) => {
    if (!isJsonObject(node)) return;
    spend(selection, names.length);
    const merged: Record<string, JsonValue> = {};
    for (const name of names) {
      if (Object.hasOwn(node, name)) setMember(merged, name, node[name] as JsonValue);
      else selection.incomplete = true;
    }
    next(merged, selection);
  };
}

function eachMemberStep(names: readonly string[], isRequired: boolean, next: Visit): Visit {
  const visits = names.map((name) => memberStep(name, isRequired, next));
  return (node, selection) => {
    spend(selection, names.length);
    for (const visit of visits) visit(node, selection);
  };
}

function indexesStep(indexes: readonly number[], next: Visit): Visit {
  return (node, selection) => {
    if (!isJsonArray(node)) return;
    for (const index of indexes) visitItem(node, index, next, selection);
  };
}

function visitItem(
  items: readonly JsonValue[],
  index: number,
  next: Visit,
  selection: Selection,
): void {
  const item = items[index < 0 ? items.length + index : index];
  spend(selection);
  if (item !== undefined) next(item, selection);
}

/**
 * A slice as Jayway cuts it: with both ends they are taken as they are written, so that `[0:-1]` is
 * empty and `[-2:2]` goes over the end; with one end a negative one counts from the end of the array.
 */
function sliceStep(from: number | undefined, to: number | undefined, next: Visit): Visit {
  return (node, selection) => {
    if (!isJsonArray(node)) return;
    const { length } = node;
    let start = from ?? 0;
    let end = to ?? length;
    if (to === undefined && start < 0) start = Math.max(0, length + start);
    if (from === undefined && end < 0) end += length;
    end = Math.min(end, length);
    // A start far before the array selects nothing on its way to it.
    for (let index = Math.max(start, -length); index < end; index++) {
      visitItem(node, index, next, selection);
    }
  };
}

function wildcardStep(next: Visit): Visit {
  return (node, selection) => {
    for (const child of childrenOf(node)) {
      spend(selection);
      next(child, selection);
    }
  };
}

function filterStep(
  accepts: (item: JsonValue, selection: Selection) => boolean,
  weight: number,
  next: Visit,
): Visit {
  return (node, selection) => {
    if (isJsonArray(node)) {
      for (const item of node) {
        spend(selection, weight);
        if (accepts(item, selection)) next(item, selection);
      }
    } else if (isJsonObject(node)) {
      spend(selection, weight);
      if (accepts(node, selection)) next(node, selection);
    }
  };
}

/** `..` and the step after it. */
function compileScan(segments: readonly Segment[], position: number): Visit {
  // The parser puts no scan after a scan, and no scan at the end.
  const segment = segments[position] as PlainSegment;
  const next = compileVisit(segments, position + 1);
  return scanStep({
    segment,
    step: compileStep(segments, position, segment, next),
    next,
    accepts: segment.type === "filter" ? compileFilter(segment.filter, compileInner) : undefined,
    isLast: position === segments.length - 1,
    nameOnlyFollows: position === segments.length - 2 && segments[position + 1]?.type === "member",
  });
}
