import type { VisitView } from "../../../../src/console/view-types.ts";

/** A variable that got a value: the exit of a state gave it one. */
export interface Assignment {
  readonly visit: VisitView;
  /** The event that has the value. */
  readonly eventId: number;
  readonly at: number;
}

/** A variable as a state sees it. */
export interface VariableInScope {
  readonly name: string;
  /** What gave it the value that the state found; absent: it had none, and the state assigned it. */
  readonly found?: Assignment;
  /** The state itself assigned it when it was left. */
  readonly own?: Assignment;
  /** Every value that it had until then, the newest first. */
  readonly history: readonly Assignment[];
}

/**
 * The variables that a visit can read, and those that it assigned. *Spec*: a branch or an item reads what is outside of it
 * and assigns only its own; what is within a Parallel or Map is gone when that is left. `visits` are as they were at the
 * moment that is looked at: what had not been left then had not assigned anything.
 */
export function variablesInScope(
  visits: readonly VisitView[],
  visit: VisitView,
): readonly VariableInScope[] {
  const scopes = scopesOf(visits, visit);
  const found = new Map<string, Assignment[]>();
  for (const each of visits) {
    const { exitEventId, exitedAt, assigned } = each;
    if (assigned === undefined || exitEventId === undefined) continue;
    if (each.id !== visit.id && (exitEventId > visit.id || !scopes.has(scopeOf(each)))) continue;
    for (const name of assigned) {
      const assignments = found.get(name) ?? [];
      assignments.push({ visit: each, eventId: exitEventId, at: exitedAt ?? each.enteredAt });
      found.set(name, assignments);
    }
  }
  return [...found]
    .map(([name, assignments]) => {
      const history = assignments.toSorted((a, b) => b.eventId - a.eventId);
      const own = history.find((each) => each.visit.id === visit.id);
      const before = history.find((each) => each.visit.id !== visit.id);
      return { name, history, ...(before && { found: before }), ...(own && { own }) };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The branch or item that it is in, and those around it. */
function scopesOf(visits: readonly VisitView[], visit: VisitView): ReadonlySet<string> {
  const byId = new Map(visits.map((each) => [each.id, each]));
  const scopes = new Set<string>();
  for (let each: VisitView | undefined = visit; each !== undefined; each = byId.get(each.parent)) {
    scopes.add(scopeOf(each));
  }
  return scopes;
}

function scopeOf({ parent, lane }: VisitView): string {
  return `${parent} ${lane}`;
}
