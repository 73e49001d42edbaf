import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";

export interface PickOption {
  readonly id: string;
  readonly name: string;
  readonly detail?: string;
  readonly group?: string;
  readonly sign?: ReactNode;
}

interface PickListProps {
  readonly title: string;
  readonly placeholder: string;
  /** Those that a text finds, the best first. */
  readonly find: (query: string) => readonly PickOption[];
  readonly onPick: (id: string) => void;
  /** Nothing is picked. */
  readonly onClose: () => void;
  readonly none: string;
  readonly count: (count: number) => string;
  /** Where it opens, in its frame. */
  readonly at: { readonly x: number; readonly y: number };
  /** What is said beneath: that more is to come. */
  readonly foot?: string | undefined;
}

/** Our choice: nobody reads further, and typing stays quick. */
const mostOptions = 80;

/** A field to type in with what is found under it: one types, goes down by arrow and takes it by Enter. */
export function PickList(props: PickListProps) {
  const { title, placeholder, find, onPick, onClose, none, count, at, foot } = props;
  const id = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(() => find(query), [find, query]);
  const options = found.slice(0, mostOptions);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active, query]);

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const last = options.length - 1;
      const next = active + step;
      const isRound = Math.abs(step) === 1;
      setActive(next < 0 ? (isRound ? last : 0) : next > last ? (isRound ? 0 : last) : next);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      const option = options[active];
      if (option !== undefined) onPick(option.id);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
  }

  return (
    <div
      role="dialog"
      aria-label={title}
      style={{ left: at.x, top: at.y }}
      className="absolute z-30 flex max-h-[22rem] w-80 max-w-[calc(100%-1rem)] flex-col overflow-hidden rounded-xl border border-line bg-raised shadow-high"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) onClose();
      }}
    >
      <input
        ref={input}
        role="combobox"
        aria-label={title}
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={options[active] === undefined ? undefined : `${id}-${active}`}
        value={query}
        placeholder={placeholder}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="h-10 shrink-0 border-b border-line bg-transparent px-3 text-[13px] outline-none placeholder:text-faint"
      />
      <ul
        ref={list}
        id={id}
        role="listbox"
        aria-label={title}
        className="min-h-0 overflow-y-auto p-1"
      >
        {options.map((option, index) => (
          <Row
            key={option.id}
            id={`${id}-${index}`}
            option={option}
            heading={option.group === options[index - 1]?.group ? undefined : option.group}
            isActive={index === active}
            onPick={() => onPick(option.id)}
            onHover={() => setActive(index)}
          />
        ))}
      </ul>
      <p
        aria-live="polite"
        className={`px-3 py-2 text-xs text-dim ${options.length > 0 && foot === undefined ? "sr-only" : "border-t border-line"}`}
      >
        {foot ?? (found.length === 0 ? none : count(found.length))}
      </p>
    </div>
  );
}

function Row({
  id,
  option,
  heading,
  isActive,
  onPick,
  onHover,
}: {
  readonly id: string;
  readonly option: PickOption;
  readonly heading: string | undefined;
  readonly isActive: boolean;
  readonly onPick: () => void;
  readonly onHover: () => void;
}) {
  return (
    <>
      {heading !== undefined && (
        <li
          role="presentation"
          className="px-2 pt-2 pb-1 text-[11px] font-semibold tracking-wide text-dim uppercase"
        >
          {heading}
        </li>
      )}
      {/* The field has the keys; a row is for the pointer. */}
      <li
        id={id}
        role="option"
        aria-selected={isActive}
        onPointerDown={(event) => event.preventDefault()}
        onPointerMove={onHover}
        onClick={onPick}
        className={`flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-[13px] ${isActive ? "bg-accent-soft text-text" : ""}`}
      >
        {option.sign !== undefined && <span className="shrink-0 text-dim">{option.sign}</span>}
        <span className="truncate font-medium">{option.name}</span>
        {option.detail !== undefined && (
          <span className="min-w-0 grow truncate text-right text-xs text-dim">{option.detail}</span>
        )}
      </li>
    </>
  );
}
