import fc from "fast-check";
import { refuseStall } from "./stall.ts";

/** Something that is given inputs which nobody would think of. */
export interface FuzzTarget {
  readonly name: string;
  /** How many of them `npm test` gives it: a second's worth. */
  readonly usualCases: number;
  /** Makes what they are given to. */
  open(): Promise<OpenTarget>;
}

export interface OpenTarget {
  check(bounds: FuzzBounds): Promise<Checked>;
  close(): Promise<void>;
}

export interface FuzzBounds {
  /** The same seed gives the same inputs. */
  readonly seed: number;
  readonly cases?: number;
  readonly milliseconds?: number;
}

export interface Checked {
  readonly cases: number;
  /** An input that should have been minded less, as small as it could be made, and what it did; absent: there was none. */
  readonly finding?: string;
}

/** Our choice: what is shown of an input. */
const mostShown = 2_000;

export async function check<T>(
  property: fc.IAsyncProperty<[T]>,
  { seed, cases = Number.MAX_SAFE_INTEGER, milliseconds }: FuzzBounds,
): Promise<Checked> {
  const details = await fc.check(property, {
    seed,
    numRuns: cases,
    ...(milliseconds !== undefined && { interruptAfterTimeLimit: milliseconds }),
  });
  const { numRuns, failed, counterexample, counterexamplePath, errorInstance } = details;
  if (!failed || counterexample === null) return { cases: numRuns };
  const why = (errorInstance as Error | null)?.stack ?? String(errorInstance);
  const shown = JSON.stringify(counterexample[0]).slice(0, mostShown);
  return { cases: numRuns, finding: `seed ${seed}, path ${counterexamplePath}: ${shown}\n${why}` };
}

/** A target that is a pure function: it may throw nothing but what `attempt` lets pass, and takes no long time. */
export function pureTarget<T>(
  name: string,
  usualCases: number,
  cases: fc.Arbitrary<T>,
  attempt: (given: T) => void,
): FuzzTarget {
  const property = fc.asyncProperty(cases, async (given) => {
    refuseStall(() => attempt(given));
    refusePollution();
  });
  return {
    name,
    usualCases,
    open: async () => ({
      check: (bounds) => check(property, bounds),
      close: async () => {},
    }),
  };
}

/** Throws if an input has reached what all objects have in common. */
export function refusePollution(): void {
  for (const [name, prototype] of [
    ["Object", Object.prototype],
    ["Array", Array.prototype],
    ["Function", Function.prototype],
  ] as const) {
    const own = Object.keys(prototype);
    if (own.length > 0) throw new Error(`${name}.prototype has ${own.join()}`);
  }
}
