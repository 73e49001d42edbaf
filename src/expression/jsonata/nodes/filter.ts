import { isNumeric, isTruthy } from "../coercion.ts";
import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { SyntaxNode } from "../syntax-tree.ts";
import { asSequence, itemsOf, type Value } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

/**
 * A predicate `[…]`: a number, or an array of numbers, selects by position (from the end if negative),
 * anything else by truth. The compiled filter takes the value to be filtered and gives an unsettled sequence.
 */
export function compileFilter(predicate: SyntaxNode, scope: Scope, compile: Compile): Evaluate {
  if (predicate.type === "number") {
    const position = Math.floor(predicate.value as number);
    return (input) => {
      const items = itemsOf(input);
      const item = items[position < 0 ? items.length + position : position];
      if (item === undefined) return asSequence([]);
      return Array.isArray(item) ? item : asSequence([item]);
    };
  }
  const test = compile(predicate, scope);
  const steps = stepsOf(predicate);
  return (input, frame, run) => {
    const items = itemsOf(input);
    run.spend(items.length * steps);
    const kept: Value[] = [];
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      const verdict = test(item, frame, run);
      if (verdict === true) kept.push(item);
      else if (verdict !== false && verdict !== undefined) {
        for (let times = selects(verdict, index, items.length, run); times > 0; times--)
          kept.push(item);
      }
    }
    return asSequence(kept);
  };
}

/** How many times a predicate's value selects the item at `index`: a position may be named repeatedly. */
export function selects(verdict: Value, index: number, length: number, run: Run): number {
  if (isNumeric(verdict)) return isPosition(verdict, index, length) ? 1 : 0;
  if (!Array.isArray(verdict)) return isTruthy(verdict, run) ? 1 : 0;
  run.spend(verdict.length * stepsPerPosition);
  let times = 0;
  for (const item of verdict as readonly Value[]) {
    if (!isNumeric(item)) return isTruthy(verdict, run) ? 1 : 0;
    if (isPosition(item, index, length)) times++;
  }
  return times;
}

/** Measured, generously. */
const stepsPerPosition = 0.75;

function isPosition(number: number, index: number, length: number): boolean {
  const position = Math.floor(number);
  return (position < 0 ? length + position : position) === index;
}

/** Applies filters one after the other. */
export function filterAll(
  filters: readonly Evaluate[],
  value: Value,
  frame: Frame,
  run: Run,
): Value {
  let result = value;
  for (const filter of filters) result = filter(result, frame, run);
  return result;
}
