import type { VisitView } from "../../../../src/console/view-types.ts";
import { lineDiff } from "../workflows/line-diff.ts";

/** A state as one of two executions entered it, or both did: `a` and `b` stand beside each other. */
export interface RunPair {
  readonly a?: VisitView;
  readonly b?: VisitView;
  /** The state in the definition: see `nodeKey`. */
  readonly key: string;
  readonly name: string;
  /** How many states hold it. */
  readonly level: number;
  /** The branch or item that it is the first state of, where its holder has several. */
  readonly lane?: { readonly kind: "branch" | "item"; readonly index: number };
}

/**
 * The states of two executions beside each other. What follows one another is aligned so that as many states as can be are
 * in both; so a loop's further rounds are on one side only. Branches and items are those with the same index, and what a
 * state holds is aligned where the state itself is in both. Exchanging the executions exchanges the sides, nothing else.
 */
export function alignRuns(a: readonly VisitView[], b: readonly VisitView[]): readonly RunPair[] {
  const [ofA, ofB] = [new Lanes(a), new Lanes(b)];
  const pairs: RunPair[] = [];
  const within = (
    holderA: VisitView | undefined,
    holderB: VisitView | undefined,
    level: number,
  ) => {
    const [idA, idB] = [idOf(holderA, level), idOf(holderB, level)];
    const indexes = new Set([...ofA.indexes(idA), ...ofB.indexes(idB)]);
    for (const index of [...indexes].sort((x, y) => x - y)) {
      const aligned = alignLane(ofA.states(idA, index), ofB.states(idB, index));
      aligned.forEach(([one, other], place) => {
        const state = (one ?? other) as VisitView;
        const kind = (holderA ?? holderB)?.type === "Parallel" ? "branch" : "item";
        pairs.push({
          ...(one && { a: one }),
          ...(other && { b: other }),
          key: state.key,
          name: state.name,
          level,
          ...(level > 0 && place === 0 && { lane: { kind, index } }),
        });
        if (state.within > 0 || (other?.within ?? 0) > 0) within(one, other, level + 1);
      });
    }
  };
  within(undefined, undefined, 0);
  return pairs;
}

type Sides = readonly [a: VisitView | undefined, b: VisitView | undefined];

/** The states of one line of control: both are in the order of entry. */
function alignLane(a: readonly VisitView[], b: readonly VisitView[]): readonly Sides[] {
  if (a.length === 0 || b.length === 0) {
    return [
      ...a.map((one): Sides => [one, undefined]),
      ...b.map((other): Sides => [undefined, other]),
    ];
  }
  const [left = "", right = ""] = [a, b].map((lane) =>
    lane.map(({ key }) => JSON.stringify(key)).join("\n"),
  );
  // Where two alignments are as good, the one is taken that does not depend on which side is which.
  const isTurned = left > right;
  const lines = isTurned ? lineDiff(right, left) : lineDiff(left, right);
  const sides = lines.map(({ left: one, right: other }): Sides => {
    const [inA, inB] = isTurned ? [other, one] : [one, other];
    return [inA === undefined ? undefined : a[inA - 1], inB === undefined ? undefined : b[inB - 1]];
  });
  return aloneInTurn(sides);
}

/** Between two states that are in both, those of A come before those of B. */
function aloneInTurn(sides: readonly Sides[]): readonly Sides[] {
  const ordered: Sides[] = [];
  let ofB: Sides[] = [];
  for (const each of sides) {
    if (each[0] === undefined) ofB.push(each);
    else if (each[1] === undefined) ordered.push(each);
    else {
      ordered.push(...ofB, each);
      ofB = [];
    }
  }
  return [...ordered, ...ofB];
}

/** The visit that holds; 0 is the execution, and none is a holder that this side does not have. */
function idOf(holder: VisitView | undefined, level: number): number | undefined {
  return level === 0 ? 0 : holder?.id;
}

/** Visits by what holds them. */
class Lanes {
  readonly #lanes = new Map<number, Map<number, VisitView[]>>();

  constructor(visits: readonly VisitView[]) {
    for (const visit of visits) {
      const lanes = this.#lanes.get(visit.parent) ?? new Map<number, VisitView[]>();
      this.#lanes.set(visit.parent, lanes);
      const states = lanes.get(visit.lane);
      if (states === undefined) lanes.set(visit.lane, [visit]);
      else states.push(visit);
    }
  }

  indexes(holder: number | undefined): Iterable<number> {
    return holder === undefined ? [] : (this.#lanes.get(holder)?.keys() ?? []);
  }

  states(holder: number | undefined, index: number): readonly VisitView[] {
    return holder === undefined ? [] : (this.#lanes.get(holder)?.get(index) ?? []);
  }
}
