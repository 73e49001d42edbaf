import { parseInstant } from "./instant.ts";
import { remembered } from "./remembered.ts";
import type { ValueOperator } from "./value-operator.ts";

const instantOf = remembered(parseInstant);

type Comparison = (given: number, value: number) => boolean;

const comparisons = {
  Equals: (given, value) => given === value,
  LessThan: (given, value) => given < value,
  LessThanEquals: (given, value) => given <= value,
  GreaterThan: (given, value) => given > value,
  GreaterThanEquals: (given, value) => given >= value,
} satisfies { readonly [name: string]: Comparison };

export type ComparisonName = keyof typeof comparisons;

/** `NumericLessThan` and the like. */
export function numeric(name: ComparisonName): ValueOperator {
  return ordered(comparisons[name], parseNumber);
}

/** `DateLessThan` and the like. */
export function date(name: ComparisonName): ValueOperator {
  return ordered(comparisons[name], instantOf);
}

function ordered(compare: Comparison, parse: (text: string) => number | undefined): ValueOperator {
  return {
    compile(text) {
      const value = parse(text);
      if (value === undefined) return undefined;
      return {
        matches(givenText) {
          const given = parse(givenText);
          return given === undefined ? "unknown" : compare(given, value);
        },
      };
    },
  };
}

/** *Documented*: an integer or a decimal. Our choice: as many digits as a double tells apart. */
const decimal = /^[-+]?\d{1,15}(?:\.\d{1,15})?$/;

function parseNumber(text: string): number | undefined {
  return decimal.test(text) ? Number(text) : undefined;
}
