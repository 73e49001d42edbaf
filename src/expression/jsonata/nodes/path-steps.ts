import { isFunction } from "../callable.ts";
import type { Run } from "../run.ts";
import type { Scope } from "../scope.ts";
import type { FilterStage, SyntaxNode } from "../syntax-tree.ts";
import {
  asSequence,
  isConstructed,
  isSequence,
  type Items,
  type Value,
  type ValueObject,
} from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { compileFilter, filterAll } from "./filter.ts";
import { compileName } from "./name.ts";
import { compileSort } from "./sort.ts";

/**
 * Steps of a path one after the other; the result is not settled yet. With `endsPath`, the last of them is the
 * path's last.
 */
export function compileSteps(
  nodes: readonly SyntaxNode[],
  scope: Scope,
  compile: Compile,
  endsPath = true,
): Evaluate {
  const steps = nodes.map((node, index) => {
    const isLast = endsPath && index === nodes.length - 1;
    return compileStep(node, index === 0, isLast, scope, compile);
  });
  const [first, ...rest] = steps;
  if (first === undefined) return () => undefined;
  return (input, frame, run) => {
    let current = first(input, frame, run);
    for (let index = 0; index < rest.length; index++) {
      if (current === undefined || isEmptyArray(current)) return current;
      current = (rest[index] as Evaluate)(current, frame, run);
    }
    return current;
  };
}

function compileStep(
  node: SyntaxNode,
  isFirst: boolean,
  isLast: boolean,
  scope: Scope,
  compile: Compile,
): Evaluate {
  if (node.type === "sort") return compileSort(node, scope, compile);
  if (isFirst && node.consarray === true) return arrayStep(compile(node, scope));
  const evaluate = compileWithStages(node, scope, compile);
  if (isFirst && node.type === "variable") return isLast ? evaluate : nextOfOne(evaluate);
  const steps = stepsOf(node);
  if (isLast) return lastStep(evaluate, steps);
  return node.type === "name" && node.stages === undefined
    ? nextName(node.value, evaluate)
    : nextStep(evaluate, steps);
}

function compileWithStages(node: SyntaxNode, scope: Scope, compile: Compile): Evaluate {
  const evaluate = node.type === "name" ? compileName(node.value) : compile(node, scope);
  if (node.stages === undefined) return evaluate;
  const filters = node.stages.map((stage) =>
    compileFilter((stage as FilterStage).expr, scope, compile),
  );
  const [only] = filters;
  if (filters.length === 1 && only !== undefined) {
    return (input, frame, run) => only(evaluate(input, frame, run), frame, run);
  }
  return (input, frame, run) => filterAll(filters, evaluate(input, frame, run), frame, run);
}

/** Only an array constructor as the first step gives one; it is the result of the path. *Observed.* */
export function isEmptyArray(value: Value): boolean {
  return Array.isArray(value) && value.length === 0;
}

/**
 * An array constructor as the first step is evaluated once, not for each item of a context that is an array.
 * With a predicate it may give something else than an array, which the next step finds nothing in, or, in a
 * string, its characters. *Observed.*
 */
function arrayStep(evaluate: Evaluate): Evaluate {
  return (input, frame, run) => {
    const value = evaluate(Array.isArray(input) ? input : asSequence([input]), frame, run);
    if (typeof value === "string") return value.length === 0 ? undefined : value.split("");
    return Array.isArray(value) ? value : undefined;
  };
}

/** Items found by a step for one item. */
function nextOfOne(evaluate: Evaluate): Evaluate {
  return (input, frame, run) => {
    const found = evaluate(input, frame, run);
    if (!Array.isArray(found)) return found;
    if (isConstructed(found)) return [found];
    return found.length === 0 ? undefined : found;
  };
}

function nextStep(evaluate: Evaluate, steps: number): Evaluate {
  const ofOne = nextOfOne(evaluate);
  return (input, frame, run) => {
    if (!Array.isArray(input)) return ofOne(input, frame, run);
    run.spend(input.length * steps);
    const items: Value[] = [];
    for (let index = 0; index < input.length; index++) {
      addFound(items, evaluate(input[index], frame, run), run);
    }
    return items.length === 0 ? undefined : items;
  };
}

/** {@link nextStep} for a name, with the usual case, an array of objects without arrays in them, first. */
function nextName(name: string, evaluate: Evaluate): Evaluate {
  if (name in Object.prototype) return nextStep(evaluate, 1);
  const ofOne = nextOfOne(evaluate);
  return (input, frame, run) => {
    if (!Array.isArray(input)) return ofOne(input, frame, run);
    run.spend(input.length);
    const items: Value[] = [];
    for (let index = 0; index < input.length; index++) {
      const item = input[index] as Value;
      if (typeof item !== "object" || item === null) continue;
      const found =
        Array.isArray(item) || isFunction(item)
          ? evaluate(item, frame, run)
          : (item as ValueObject)[name];
      if (found !== undefined) addFound(items, found, run);
    }
    return items.length === 0 ? undefined : items;
  };
}

function addFound(items: Value[], found: Value, run: Run): void {
  if (Array.isArray(found) && !isConstructed(found)) {
    run.spendGrownItems(items.length + found.length, found.length);
    for (let index = 0; index < found.length; index++) items.push(found[index]);
  } else if (found !== undefined) items.push(found);
}

/** The last step. For one item, an array that is data is the result itself: `[1]` stays `[1]`. */
export function lastStep(evaluate: Evaluate, steps: number): Evaluate {
  return (input, frame, run) => {
    if (!Array.isArray(input)) return evaluate(input, frame, run);
    run.spend(input.length * steps);
    const items: Value[] = [];
    // A single result that is an array of data is the result of the path as it is.
    let single: Items | undefined;
    let results = 0;
    for (let index = 0; index < input.length; index++) {
      const found = evaluate(input[index], frame, run);
      if (found === undefined) continue;
      if (++results === 1 && Array.isArray(found) && !isSequence(found)) single = found;
      else {
        if (single !== undefined) {
          addFound(items, single, run);
          single = undefined;
        }
        addFound(items, found, run);
      }
    }
    return single ?? asSequence(items);
  };
}
