import { compileFilter, type FilterTerm } from "../filter.ts";
import type { FacetCount, FacetsView } from "../view-types.ts";
import type { IndexedExecution } from "./execution-index.ts";

/** Our choice: values of a field that are counted one by one. */
const mostValues = 20;

/** How many of the executions each further term would leave. What is asked of the same field is left out. */
export function facetsOf(
  executions: readonly IndexedExecution[],
  matches: readonly IndexedExecution[],
  terms: readonly FilterTerm[],
  now: number,
): FacetsView {
  const count = (
    field: FilterTerm["field"],
    valueOf: (execution: IndexedExecution) => string | undefined,
  ): readonly FacetCount[] => {
    const others = terms.filter((term) => term.field !== field);
    const isLeft = others.length === terms.length ? undefined : compileFilter(others, now);
    const counts = new Map<string, number>();
    for (const execution of isLeft === undefined ? matches : executions) {
      const value = valueOf(execution);
      if (value === undefined || isLeft?.(execution) === false) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return Array.from(counts, ([value, times]) => ({ value, count: times }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, mostValues);
  };
  return {
    status: count("status", ({ status }) => status),
    workflow: count("workflow", ({ stateMachineName }) => stateMachineName),
    error: count("error", ({ error }) => error),
  };
}
