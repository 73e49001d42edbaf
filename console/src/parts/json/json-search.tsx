import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { IconButton } from "../button.tsx";
import { mostFound } from "./json-lines.ts";

interface Search {
  readonly sought: string;
  /** Which of those that were found. */
  readonly at: number;
}

/** The field of a search in a document: Enter goes to the next place, Shift Enter back, Escape ends it. */
export function JsonSearch({
  label,
  search: { sought, at },
  found,
  onChange,
}: {
  readonly label: string;
  readonly search: Search;
  readonly found: number;
  readonly onChange: (search: Search | undefined) => void;
}) {
  const text = useText().json;
  const format = useFormat();
  const go = (step: number) => {
    if (found > 0) onChange({ sought, at: (at + step + found) % found });
  };
  const count = found >= mostFound ? text.foundMany : text.found;
  return (
    <div className="flex items-center gap-1 border-b border-line px-2 py-1 text-xs">
      <input
        type="search"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by the press that shows it
        autoFocus
        aria-label={label}
        placeholder={text.searching}
        value={sought}
        onChange={(event) => onChange({ sought: event.target.value, at: 0 })}
        onKeyDown={(event) => {
          if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          else if (event.key === "Escape") onChange(undefined);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        className="h-7 min-w-0 grow basis-0 rounded-md border border-line bg-surface px-2"
      />
      <span role="status" className="shrink-0 px-1 text-dim tabular-nums">
        {sought === ""
          ? ""
          : found === 0
            ? text.notFound
            : count(format.number(at + 1), format.number(found))}
      </span>
      <IconButton
        label={text.previous}
        isDisabled={found === 0}
        onPress={() => go(-1)}
        className="h-6! w-6!"
      >
        <ChevronUp aria-hidden size={13} />
      </IconButton>
      <IconButton
        label={text.next}
        isDisabled={found === 0}
        onPress={() => go(1)}
        className="h-6! w-6!"
      >
        <ChevronDown aria-hidden size={13} />
      </IconButton>
      <IconButton label={text.endSearch} onPress={() => onChange(undefined)} className="h-6! w-6!">
        <X aria-hidden size={13} />
      </IconButton>
    </div>
  );
}
