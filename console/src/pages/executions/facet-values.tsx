import type { FilterTerm } from "../../../../src/console/filter.ts";
import type { FacetsView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { FacetChip } from "./facet-chip.tsx";
import { hasTerms, withoutTerms, withTerm } from "./filter-pieces.ts";

/** Our choice: the most frequent ones fit in a line; the others are found by writing. */
const shownOf = { workflow: 5, error: 4 } as const;
const fields = ["workflow", "error"] as const;

/** The workflows and errors that are most frequent among what the filter picks, each with its count. */
export function FacetValues({
  filter,
  facets,
  onChange,
}: {
  readonly filter: string;
  readonly facets: FacetsView;
  readonly onChange: (filter: string) => void;
}) {
  const words = useText().executions.facets;
  // One value alone leaves nothing to choose.
  const shown = fields.filter((field) => facets[field].length > (field === "workflow" ? 1 : 0));
  if (shown.length === 0) return null;
  return (
    <div role="group" aria-label={words.values} className="flex flex-wrap gap-x-5 gap-y-1.5">
      {shown.map((field) => (
        <div key={field} className="flex min-w-0 flex-wrap items-center gap-1.5">
          <span className="text-xs text-dim">{words[field]}</span>
          {facets[field].slice(0, shownOf[field]).map(({ value, count }) => {
            const term: FilterTerm = { field, value };
            const isOn = hasTerms(filter, [term]);
            return (
              <FacetChip
                key={value}
                label={value}
                count={count}
                isOn={isOn}
                onPress={() =>
                  onChange(isOn ? withoutTerms(filter, [term]) : withTerm(filter, term))
                }
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}
