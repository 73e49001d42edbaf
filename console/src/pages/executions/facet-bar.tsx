import type { FacetsView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { FacetChip } from "./facet-chip.tsx";
import { facets, toggled, type Facet } from "./facets.ts";
import { hasTerms } from "./filter-pieces.ts";

/** Filters that are often wanted, on or off by one press. */
export function FacetBar({
  filter,
  counts,
  onChange,
}: {
  readonly filter: string;
  readonly counts: FacetsView | undefined;
  readonly onChange: (filter: string) => void;
}) {
  const text = useText();
  return (
    <div
      role="group"
      aria-label={text.executions.facets.label}
      className="flex flex-wrap items-center gap-1.5"
    >
      {facets.map((facet) => (
        <FacetChip
          key={facet.id}
          label={text.executions.facets[facet.id]}
          count={countOf(facet, counts)}
          isOn={hasTerms(filter, facet.terms)}
          onPress={() => onChange(toggled(filter, facet))}
        />
      ))}
    </div>
  );
}

/** Statuses are counted, times are not. */
function countOf({ terms }: Facet, counts: FacetsView | undefined): number | undefined {
  if (counts === undefined || terms.some(({ field }) => field !== "status")) return undefined;
  return counts.status
    .filter(({ value }) => terms.some((term) => term.value === value.toLowerCase()))
    .reduce((sum, { count }) => sum + count, 0);
}
