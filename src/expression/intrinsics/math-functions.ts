import type { JsonValue } from "../json.ts";
import { createRandomSource } from "../random.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import {
  fixed,
  integerArgument,
  numberArgument,
  type IntrinsicFunction,
} from "./intrinsic-function.ts";

export const mathFunctions = {
  /** *Observed*: each term is rounded, halves up, and the sum must be a 32-bit integer as well. */
  "States.MathAdd": fixed(2, ([a, b]) => int32(int32(rounded(a)) + int32(rounded(b)))),
  /**
   * A whole number from the first to below the second argument. *Documented*: the same seed gives the
   * same number. Which one is *our choice*.
   */
  "States.MathRandom": {
    minimumArguments: 2,
    maximumArguments: 3,
    run: ([first, last, seed], scope) => {
      const start = integerArgument(first);
      const span = integerArgument(last) - start;
      if (span <= 0) throw new InvalidArguments("the start must be less than the end");
      const source =
        seed === undefined ? scope.random : createRandomSource(`seed:${integerArgument(seed)}`);
      return start + Math.floor(source.next() * span);
    },
  },
} satisfies Readonly<Record<string, IntrinsicFunction>>;

function rounded(value: JsonValue | undefined): number {
  return Math.round(numberArgument(value)) + 0;
}

/** *Documented*: -2147483648 to 2147483647. */
function int32(value: number): number {
  if (value !== (value | 0)) throw new InvalidArguments("not a 32-bit integer");
  return value;
}
