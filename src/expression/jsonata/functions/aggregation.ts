import { toDouble } from "../../exact-number.ts";
import type { Run } from "../run.ts";
import { isItems, type Items, type Value } from "../value.ts";
import { define, type Definition, type Definitions } from "./definition.ts";

/** Nothing of nothing; of no numbers, too, unless `ofNone` says otherwise. */
function aggregate(compute: (numbers: readonly number[]) => number, ofNone?: number): Definition {
  return define("<a<n>:n>", 1, ([values], run) => {
    if (!isItems(values)) return undefined;
    return values.length === 0 ? ofNone : compute(charged(values, run));
  });
}

function charged(values: Items, run: Run): readonly number[] {
  run.spendItems(values.length);
  return values.map((value) => toDouble(value) as number);
}

export const aggregationFunctions: Definitions = {
  sum: aggregate(total, 0),
  average: aggregate((numbers) => total(numbers) / numbers.length),
  max: aggregate((numbers) => numbers.reduce((a, b) => Math.max(a, b))),
  min: aggregate((numbers) => numbers.reduce((a, b) => Math.min(a, b))),
  count: define("<a:n>", 1, ([values]: readonly Value[]) => (isItems(values) ? values.length : 0)),
};

function total(numbers: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < numbers.length; index++) sum += numbers[index] as number;
  return sum;
}
