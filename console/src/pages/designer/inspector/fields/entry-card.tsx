import { ArrowDown, ArrowUp, ChevronRight, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { removeEntry, reorder, type EntryField } from "../../../../designer/edits/entries.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { IconButton } from "../../../../parts/button.tsx";
import { useInspected } from "../inspected.ts";

/** One of a list whose order counts: a line that says what it is, opened to be changed. */
export function EntryCard({
  field,
  index,
  count,
  title,
  aside,
  children,
  startsOpen = false,
}: {
  readonly field: EntryField;
  readonly index: number;
  readonly count: number;
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly startsOpen?: boolean;
}) {
  const { inspector: text } = useDesignerText();
  const { state, edit } = useInspected();
  const [isOpen, setOpen] = useState(startsOpen);
  const move = (to: number) =>
    edit("reorder", (document) => reorder(document, { state: state.key, field }, index, to));
  return (
    <li className="rounded-lg border border-line bg-surface">
      <div className="flex min-h-10 items-center gap-0.5 pr-1">
        <button
          type="button"
          aria-expanded={isOpen}
          className="flex min-h-10 min-w-0 grow items-center gap-1.5 rounded-lg pl-2 text-left"
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight
            aria-hidden
            size={13}
            className={`shrink-0 text-dim ${isOpen ? "rotate-90" : ""}`}
          />
          <span className="shrink-0 text-xs text-faint tabular-nums">{index + 1}</span>
          <span className="min-w-0 truncate font-mono text-xs" title={title}>
            {title}
          </span>
          {aside}
        </button>
        <IconButton
          label={text.moveUp(title)}
          isDisabled={index === 0}
          className="h-7! w-6!"
          onPress={() => move(index - 1)}
        >
          <ArrowUp aria-hidden size={13} />
        </IconButton>
        <IconButton
          label={text.moveDown(title)}
          isDisabled={index === count - 1}
          className="h-7! w-6!"
          onPress={() => move(index + 1)}
        >
          <ArrowDown aria-hidden size={13} />
        </IconButton>
        <IconButton
          label={text.removeEntry(String(index + 1), title)}
          className="h-7! w-7!"
          onPress={() =>
            edit("removeEntry", (document) => removeEntry(document, state.key, field, index))
          }
        >
          <Trash2 aria-hidden size={13} />
        </IconButton>
      </div>
      {isOpen && <div className="flex flex-col gap-3 border-t border-line p-3">{children}</div>}
    </li>
  );
}
