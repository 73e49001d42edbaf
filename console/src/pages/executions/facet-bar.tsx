import { useText } from "../../i18n/language.tsx";
import { facets, toggled } from "./facets.ts";
import { hasTerms } from "./filter-pieces.ts";

/** Filters that are often wanted, on or off by one press. */
export function FacetBar({
  filter,
  onChange,
}: {
  readonly filter: string;
  readonly onChange: (filter: string) => void;
}) {
  const text = useText();
  return (
    <div
      role="group"
      aria-label={text.executions.facets.label}
      className="flex flex-wrap items-center gap-1.5"
    >
      {facets.map((facet) => {
        const isOn = hasTerms(filter, facet.terms);
        return (
          <button
            key={facet.id}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange(toggled(filter, facet))}
            className={`h-7 rounded-full border px-3 text-xs font-medium whitespace-nowrap transition-colors ${isOn ? "border-accent bg-accent-soft text-accent" : "border-line bg-surface text-dim hover:border-line-strong hover:text-text"}`}
          >
            {text.executions.facets[facet.id]}
          </button>
        );
      })}
    </div>
  );
}
