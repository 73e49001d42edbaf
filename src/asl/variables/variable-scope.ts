import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import { wording } from "../diagnostics/wording.ts";

/** The variables that the states of one graph assign. */
export interface VariableScope {
  /**
   * The graph whose variables its states can read, and the state of it that holds this one: none for the machine
   * itself, and none for a distributed Map's processor, whose children are executions of their own.
   */
  readonly outer: OuterScope | undefined;
  readonly assignments: readonly Assignment[];
  assign(assignment: Assignment): void;
  /** Whether a state other than the one named assigns the variable. */
  isAssignedBeside(variable: string, state: string): boolean;
}

/** A scope as seen from one within it. */
export interface OuterScope {
  readonly scope: VariableScope;
  readonly holder: string;
}

/** One place where a variable is assigned. */
export interface Assignment {
  readonly variable: string;
  /** The state that makes it. */
  readonly state: string;
  readonly location: string;
}

/** A scope in which nothing is assigned yet. */
export function openScope(outer: OuterScope | undefined): VariableScope {
  const assignments: Assignment[] = [];
  const states = new Map<string, Set<string>>();
  return {
    outer,
    assignments,
    assign(assignment) {
      assignments.push(assignment);
      const known = states.get(assignment.variable);
      if (known === undefined) states.set(assignment.variable, new Set([assignment.state]));
      else known.add(assignment.state);
    },
    isAssignedBeside(variable, state) {
      const known = states.get(variable);
      return known !== undefined && (known.size > 1 || !known.has(state));
    },
  };
}

/** Documented: a scope may not assign a variable that a scope around it assigns. */
export function checkScopes(scopes: readonly VariableScope[], diagnostics: DiagnosticSink): void {
  for (const { assignments, outer } of scopes) {
    for (const { variable, location } of assignments) {
      if (!isAssignedAround(variable, outer)) continue;
      diagnostics.error(wording.variableOfOuterScope(variable), location);
    }
  }
}

/**
 * Whether a scope around assigns the variable.
 *
 * Recorded: what the holding state itself assigns does not count. It does so when the inner scope is gone.
 */
function isAssignedAround(variable: string, outer: OuterScope | undefined): boolean {
  for (let around = outer; around !== undefined; around = around.scope.outer) {
    if (around.scope.isAssignedBeside(variable, around.holder)) return true;
  }
  return false;
}
