import { useText } from "../../i18n/language.tsx";
import type { Completion } from "./filter-completion.ts";

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** What the word that is being written may become; the focus stays where it is written. */
export function FilterSuggestions({
  id,
  completions,
  active,
  onChoose,
}: {
  readonly id: string;
  readonly completions: readonly Completion[];
  readonly active: number;
  readonly onChoose: (completion: Completion) => void;
}) {
  const text = useText();
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={text.executions.filter.suggestions}
      hidden={completions.length === 0}
      className="absolute top-full left-0 z-30 mt-1 max-h-80 w-full max-w-lg overflow-auto rounded-lg border border-line bg-raised p-1 shadow-high"
    >
      {completions.map((completion, index) => (
        <li
          key={completion.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(completion)}
          className={`flex min-h-8 cursor-pointer items-center gap-3 rounded-md px-2.5 py-1 text-[13px] ${index === active ? "bg-accent-soft" : "hover:bg-sunken"}`}
        >
          <span className="min-w-0 truncate font-mono">
            <span className={completion.value === undefined ? "" : "text-dim"}>
              {completion.field}:
            </span>
            {completion.value}
          </span>
          {completion.value === undefined && (
            <span className="ml-auto shrink-0 text-xs text-dim max-sm:hidden">
              {text.executions.filter.fields[completion.field]}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
