import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";

/** What a tab of the page is given. */
export interface OpenState {
  /** The ARN or id of what is opened. */
  readonly open: string | undefined;
  readonly toggle: (id: string) => void;
}

/** Something with its facts beside it, that opens to show what is in it. */
export function OpenRow({
  id,
  name,
  note,
  facts,
  open,
  toggle,
  children,
}: OpenState & {
  readonly id: string;
  readonly name: string;
  /** In small letters below the name. */
  readonly note?: ReactNode;
  readonly facts: ReactNode;
  /** Made only when it is opened. */
  readonly children: () => ReactNode;
}) {
  const content = useId();
  const isOpen = open === id;
  return (
    <li className="border-b border-line last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? content : undefined}
        onClick={() => toggle(id)}
        className="flex min-h-12 w-full cursor-pointer flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-left hover:bg-sunken"
      >
        <span className="flex min-w-0 grow basis-48 items-center gap-2">
          <ChevronRight
            aria-hidden
            size={14}
            className={`shrink-0 text-dim transition-transform ${isOpen ? "rotate-90" : ""}`}
          />
          <span className="min-w-0">
            <span className="block font-medium break-words">{name}</span>
            {note !== undefined && (
              <span className="block text-xs break-words text-dim">{note}</span>
            )}
          </span>
        </span>
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1 pl-5.5 text-[13px] text-dim tabular-nums">
          {facts}
        </span>
      </button>
      {isOpen && (
        <div id={content} className="border-t border-line bg-sunken px-4 py-3">
          {children()}
        </div>
      )}
    </li>
  );
}
