import { toDouble } from "../../exact-number.ts";
import { jsonataError } from "../jsonata-error.ts";
import { mergeSort } from "../merge-sort.ts";
import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { FilterStage, SortNode } from "../syntax-tree.ts";
import { asSequence, itemsOf, type Value } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { compileFilter, filterAll } from "./filter.ts";

/** `^(a, >b)`: sorts what the path found so far. */
export function compileSort(node: SortNode, scope: Scope, compile: Compile): Evaluate {
  const order = compileOrder(node, scope, compile);
  const filters = (node.stages ?? []).map((stage) =>
    compileFilter((stage as FilterStage).expr, scope, compile),
  );
  return (input, frame, run) => {
    const items = itemsOf(input);
    const sorted =
      items.length <= 1
        ? asSequence([...items])
        : order(
            items,
            (item) => item,
            () => frame,
            run,
          );
    return filterAll(filters, sorted, frame, run);
  };
}

/** Sorts any items whose context and frame can be told. */
export type SortItems = <T>(
  items: readonly T[],
  contextOf: (item: T) => Value,
  frameOf: (item: T) => Frame,
  run: Run,
) => T[];

/** Compiles the terms: compared in turn, as numbers or strings; what has no value comes last. */
export function compileOrder(node: SortNode, scope: Scope, compile: Compile): SortItems {
  const terms = node.terms.map((term) => ({
    evaluate: compile(term.expression, scope),
    descending: term.descending,
  }));
  const steps = stepsOf(node);
  return (items, contextOf, frameOf, run) => {
    // The value of each term is found once per item, when a comparison first needs it.
    const keys = terms.map(() => new Map<number, Value>());
    run.spend(items.length * steps);
    const keyOf = (item: number, term: number): Value => {
      const known = keys[term] as Map<number, Value>;
      if (known.has(item)) return known.get(item);
      const element = items[item] as (typeof items)[number];
      const key = (terms[term] as (typeof terms)[number]).evaluate(
        contextOf(element),
        frameOf(element),
        run,
      );
      known.set(item, key);
      return key;
    };
    const isAfter = (a: number, b: number): boolean => {
      for (let term = 0; term < terms.length; term++) {
        const order = compareKeys(
          keyOf(a, term),
          keyOf(b, term),
          terms[term]?.descending === true,
          run,
        );
        if (order !== 0) return order > 0;
      }
      return false;
    };
    const positions = items.map((_, index) => index);
    return mergeSort(positions, isAfter, run).map(
      (index) => items[index] as (typeof items)[number],
    );
  };
}

function compareKeys(givenA: Value, givenB: Value, descending: boolean, run: Run): number {
  const a = toDouble(givenA);
  const b = toDouble(givenB);
  if (a === undefined) return b === undefined ? 0 : 1;
  if (b === undefined) return -1;
  if (!isSortable(a) || !isSortable(b)) {
    throw jsonataError("T2008", { value: isSortable(a) ? b : a });
  }
  if (typeof a !== typeof b) throw jsonataError("T2007", { value: a, value2: b });
  run.spendComparison(a, b);
  if (a === b) return 0;
  return a < b === descending ? 1 : -1;
}

function isSortable(value: Value): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
