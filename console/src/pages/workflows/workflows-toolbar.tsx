import { Search, Tag, X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { inputLook } from "../../parts/field.tsx";
import type { WorkflowsSearch } from "./workflows-search.ts";

/** What is looked for, and how it is grouped; `children` is what says what was found. */
export function WorkflowsToolbar({
  search: { q = "", tag, group },
  groups,
  field,
  onSearch,
  onEnter,
  children,
}: {
  readonly search: WorkflowsSearch;
  /** What the tags can be grouped by. */
  readonly groups: readonly string[];
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onSearch: (change: WorkflowsSearch) => void;
  /** The list shall have the focus. */
  readonly onEnter: () => void;
  readonly children: ReactNode;
}) {
  const text = useText();
  return (
    <div className="mb-3 flex flex-wrap items-center gap-3">
      <div className="relative w-full sm:w-72">
        <Search
          aria-hidden
          size={14}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
        />
        <input
          ref={field}
          type="text"
          role="searchbox"
          aria-label={text.workflows.filter}
          placeholder={text.workflows.filter}
          value={q}
          onChange={(event) => onSearch({ q: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
            if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              onEnter();
            }
          }}
          className={`${inputLook} h-8 bg-surface! pr-9! pl-8!`}
        />
        {q === "" ? (
          <kbd
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 rounded border border-line bg-sunken px-1.5 font-mono text-[11px] text-dim"
          >
            /
          </kbd>
        ) : (
          <span className="absolute top-0 right-0">
            <IconButton label={text.workflows.clearFilter} onPress={() => onSearch({ q: "" })}>
              <X aria-hidden size={14} />
            </IconButton>
          </span>
        )}
      </div>
      {tag !== undefined && (
        <span className="inline-flex h-8 max-w-72 min-w-0 items-center gap-1.5 rounded-md bg-accent-soft pl-2.5 text-[13px]">
          <Tag aria-hidden size={13} className="shrink-0 text-accent" />
          <span className="truncate">{text.workflowList.tagFiltered(tag)}</span>
          <IconButton label={text.workflowList.clearTag} onPress={() => onSearch({ tag: "" })}>
            <X aria-hidden size={14} />
          </IconButton>
        </span>
      )}
      {groups.length > 0 && (
        <select
          aria-label={text.workflowList.group}
          title={text.workflowList.group}
          value={group ?? ""}
          onChange={(event) => onSearch({ group: event.target.value })}
          className={`${inputLook} h-8 w-auto! max-w-48 bg-surface!`}
        >
          <option value="">{text.workflowList.groupNone}</option>
          {groups.map((key) => (
            <option key={key} value={key}>
              {key}
            </option>
          ))}
        </select>
      )}
      {children}
    </div>
  );
}
