import type { FilterTerm } from "../../../../src/console/filter.ts";
import { hasTerms, withOnly, withoutTerms, withTerm } from "./filter-pieces.ts";

/** Terms that are often wanted, as one press. */
export interface Facet {
  readonly id: "failed" | "running" | "slow" | "lastHour" | "lastDay";
  readonly terms: readonly FilterTerm[];
  /** It takes the place of others of its field: two times would mean either. */
  readonly isAlone: boolean;
}

export const facets: readonly Facet[] = [
  {
    id: "failed",
    terms: [
      { field: "status", value: "failed" },
      { field: "status", value: "timed_out" },
    ],
    isAlone: false,
  },
  { id: "running", terms: [{ field: "status", value: "running" }], isAlone: false },
  { id: "slow", terms: [{ field: "duration", value: ">1m" }], isAlone: true },
  { id: "lastHour", terms: [{ field: "started", value: ">-1h" }], isAlone: true },
  { id: "lastDay", terms: [{ field: "started", value: ">-24h" }], isAlone: true },
];

export function toggled(filter: string, { terms, isAlone }: Facet): string {
  if (hasTerms(filter, terms)) return withoutTerms(filter, terms);
  return isAlone ? withOnly(filter, terms) : terms.reduce(withTerm, filter);
}
