import type { DiagnosticSink } from "./diagnostics/diagnostic.ts";
import { wording } from "./diagnostics/wording.ts";

/** The transitions of one graph, collected while its states are parsed and judged when all are known. */
export interface Transitions {
  /** The state `from` can go on to `target`. */
  link(from: string, target: string, location: string): void;
  /** A state ends the graph. */
  end(): void;
  /** Some state's transitions are not known: a placeholder, or a mistake that is reported elsewhere. */
  loseTrack(): void;
  /** Reports targets that do not exist, states that cannot be reached, and a machine that cannot end. */
  check(graph: CheckedGraph): void;
}

/** A transition to a state. */
export interface Link {
  readonly target: string;
  readonly location: string;
}

/** A graph, for its transitions to be judged by. */
export interface CheckedGraph {
  /** `StartAt`. */
  readonly start: Link;
  /** The names of the states. */
  readonly states: readonly string[];
  readonly statesLocation: string;
  /** Whether it has to have a terminal state. Observed: only the machine itself has to, not a graph within. */
  readonly needsEnd: boolean;
}

/** An empty collection. `isUnknown` says of which targets nothing can be said. */
export function trackTransitions(
  diagnostics: DiagnosticSink,
  isUnknown: (target: string) => boolean,
): Transitions {
  const links = new Map<string, Link[]>();
  let hasEnd = false;
  let isComplete = true;

  function checkTarget({ target, location }: Link, names: ReadonlySet<string>): void {
    if (names.has(target) || isUnknown(target)) return;
    diagnostics.error(wording.missingTarget(target), location, "MISSING_TRANSITION_TARGET");
  }

  function reachedFrom(start: string): Set<string> {
    const reached = new Set([start]);
    // A set visits what is added to it on the way.
    for (const name of reached) {
      for (const { target } of links.get(name) ?? []) reached.add(target);
    }
    return reached;
  }

  return {
    link(from, target, location) {
      if (isUnknown(target)) isComplete = false;
      const known = links.get(from);
      if (known === undefined) links.set(from, [{ target, location }]);
      else known.push({ target, location });
    },
    end() {
      hasEnd = true;
    },
    loseTrack() {
      isComplete = false;
    },
    check({ start, states, statesLocation, needsEnd }) {
      const names = new Set(states);
      checkTarget(start, names);
      for (const link of [...links.values()].flat()) checkTarget(link, names);
      // A transition that is not known may be the one that reaches the state, or ends the graph.
      if (!isComplete || isUnknown(start.target)) return;
      if (needsEnd && !hasEnd) {
        // Observed: this one has no location, and states are not said to be unreachable beside it.
        diagnostics.error(wording.noTerminalState, undefined, "MISSING_END_STATE");
        return;
      }
      const reached = names.has(start.target) ? reachedFrom(start.target) : new Set();
      for (const name of states) {
        if (reached.has(name)) continue;
        const location = `${statesLocation}/${name}`;
        diagnostics.error(wording.unreachable(name), location, "MISSING_TRANSITION_TARGET");
      }
    },
  };
}
