import { matchesError } from "../../../../src/machine/failure/failure.ts";
import type { VisitView } from "../../../../src/console/view-types.ts";

/** Why a Retrier or a Catcher did, or did not, take a failure. */
export interface Handling {
  readonly kind: "retrier" | "catcher";
  readonly index: number;
  readonly errors: readonly string[];
  readonly verdict: "took" | "exhausted" | "otherError" | "notAsked" | "terminal";
  /** Of a Retrier: how many it allows, and how many it has made. */
  readonly attempts?: { readonly used: number; readonly most: number };
  /** Of a Catcher. */
  readonly next?: string;
}

interface Rule {
  readonly ErrorEquals?: readonly string[];
  readonly MaxAttempts?: number;
  readonly Next?: string;
}

/** Documented: how many retries a Retrier makes that does not say. */
const usualAttempts = 3;

/**
 * Each Retrier and Catcher of a state in the order in which they are asked, and what it said to the visit's failure. The
 * first Retrier that names the error decides, the first Catcher after it.
 */
export function handlingOf(state: unknown, visit: VisitView): readonly Handling[] {
  const { Retry = [], Catch = [] } = (state ?? {}) as {
    readonly Retry?: readonly Rule[];
    readonly Catch?: readonly Rule[];
  };
  const failure = { error: visit.error ?? visit.attempts.at(-1)?.error, cause: undefined };
  const isTerminal = failure.error === "States.Runtime";
  const names = (rule: Rule) => rule.ErrorEquals ?? [];
  const matches = (rule: Rule) => matchesError(names(rule), failure);
  const deciding = Retry.findIndex(matches);
  const retriers = Retry.map((rule, index): Handling => {
    const most = rule.MaxAttempts ?? usualAttempts;
    const used = visit.attempts.filter(({ retrier }) => retrier === index).length;
    const verdict = isTerminal
      ? "terminal"
      : index === deciding
        ? used >= most
          ? "exhausted"
          : "took"
        : matches(rule)
          ? "notAsked"
          : "otherError";
    return { kind: "retrier", index, errors: names(rule), verdict, attempts: { used, most } };
  });
  const catching = Catch.findIndex(matches);
  const catchers = Catch.map((rule, index): Handling => {
    const verdict = isTerminal
      ? "terminal"
      : index === catching
        ? "took"
        : matches(rule)
          ? "notAsked"
          : "otherError";
    const next = rule.Next === undefined ? {} : { next: rule.Next };
    return { kind: "catcher", index, errors: names(rule), verdict, ...next };
  });
  return [...retriers, ...catchers];
}

/**
 * What went wrong before a Fail state: the newest state whose Catcher led towards it. Of any other state there is none: it failed
 * by itself.
 */
export function caughtBefore(
  visits: readonly VisitView[],
  failed: VisitView,
): VisitView | undefined {
  if (failed.type !== "Fail") return undefined;
  return visits.findLast(
    ({ id, status, parent, lane }) =>
      id < failed.id && status === "caught" && parent === failed.parent && lane === failed.lane,
  );
}

/** The state of a definition that a key names: see `nodeKey`. */
export function stateAt(definition: unknown, key: string): unknown {
  let graph = (definition ?? undefined) as Drawn | undefined;
  let state: Drawn | undefined;
  // Names may have slashes in them: the longest name that is there is the one that is meant.
  let rest = key.slice(1);
  while (rest !== "" && graph !== undefined) {
    const states: Readonly<Record<string, Drawn>> = graph.States ?? {};
    const name = Object.keys(states)
      .filter((each) => rest === each || rest.startsWith(`${each}/`) || rest.startsWith(`${each}[`))
      .sort((a, b) => b.length - a.length)[0];
    if (name === undefined) return undefined;
    state = states[name];
    rest = rest.slice(name.length);
    const [branch, index] = /^\[(\d+)\]/.exec(rest) ?? [];
    if (branch !== undefined) {
      rest = rest.slice(branch.length + 1);
      graph = state?.Branches?.[Number(index)];
    } else {
      rest = rest.slice(1);
      graph = state?.ItemProcessor ?? state?.Iterator;
    }
  }
  return rest === "" ? state : undefined;
}

interface Drawn {
  readonly States?: Readonly<Record<string, Drawn>>;
  readonly Branches?: readonly Drawn[];
  readonly ItemProcessor?: Drawn;
  readonly Iterator?: Drawn;
}
