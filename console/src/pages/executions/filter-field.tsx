import { ListFilter, Search, TextCursorInput, X } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { useText } from "../../i18n/language.tsx";
import { IconButton } from "../../parts/button.tsx";
import { FilterChip } from "./filter-chip.tsx";
import {
  completionsOf,
  lastToken,
  type Completion,
  type FilterValues,
} from "./filter-completion.ts";
import { FilterProblems } from "./filter-problems.tsx";
import { FilterSuggestions, optionId } from "./filter-suggestions.tsx";
import { isMemberField } from "../../../../src/console/filter.ts";
import { isField, piecesOf, textOf } from "./filter-pieces.ts";

/** A filter as chips that are added by writing, or as the text that they are. */
export function FilterField({
  filter,
  values,
  unindexed,
  onChange,
  onOpen,
  ref,
}: {
  readonly filter: string;
  readonly values: FilterValues;
  readonly unindexed: readonly string[];
  readonly onChange: (filter: string) => void;
  /** Suggestions are about to be shown. */
  readonly onOpen: () => void;
  readonly ref: Ref<HTMLInputElement>;
}) {
  const text = useText();
  const [draft, setDraft] = useState("");
  const [isText, setText] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const own = useRef<HTMLInputElement>(null);
  const pieces = isText ? [] : piecesOf(filter);
  const token = lastToken(draft);
  const completions = isOpen ? completionsOf(token, values) : [];

  const write = (next: string) => {
    setDraft(next);
    setActive(-1);
  };
  const commit = (added: string) => {
    const whole = isText ? added : textOf([...pieces, ...piecesOf(added)]);
    onChange(textOf(piecesOf(whole)));
    write("");
    setText(false);
  };
  const type = (next: string) => {
    setOpen(true);
    // A blank ends a term, unless it is within quotes or right behind a colon.
    const isEnded = /\s$/.test(next) && next.trim() !== "" && lastToken(next) === "";
    if (!isText && isEnded && !endsWithField(next.trim())) commit(next);
    else write(next);
  };
  const choose = ({ insert, value }: Completion) => {
    const next = draft.slice(0, draft.length - token.length) + insert;
    if (isText) write(value === undefined ? next : `${next} `);
    else if (value === undefined) write(next);
    else commit(next);
    own.current?.focus();
  };
  const toText = () => {
    setText(!isText);
    write(isText ? "" : filter === "" ? "" : `${filter} `);
    if (isText) onChange(textOf(piecesOf(draft)));
    own.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = completions[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      onOpen();
      setOpen(true);
      const count = completions.length;
      if (count > 0) {
        const move = event.key === "ArrowDown" ? active + 1 : active < 0 ? count - 1 : active - 1;
        setActive(move >= count ? -1 : move);
      }
    } else if (event.key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === "Enter") {
      commit(draft);
      setOpen(false);
    } else if (event.key === "Escape") {
      if (isOpen) setOpen(false);
      else if (isText) toText();
      else write("");
    } else if (event.key === "Backspace" && draft === "" && pieces.length > 0) {
      event.preventDefault();
      edit(pieces.length - 1);
    }
  };
  const edit = (index: number) => {
    const piece = pieces[index];
    if (piece === undefined) return;
    onChange(textOf(pieces.filter((_, each) => each !== index)));
    write(piece.raw);
    own.current?.focus();
  };

  return (
    <div>
      <div
        role="group"
        aria-label={text.executions.filter.label}
        className="relative flex min-h-10 items-center gap-2 rounded-lg border border-line bg-surface py-1 pr-1 pl-3 shadow-card focus-within:border-accent"
      >
        {isText ? (
          <TextCursorInput aria-hidden size={15} className="shrink-0 text-dim" />
        ) : (
          <Search aria-hidden size={15} className="shrink-0 text-dim" />
        )}
        <div className="flex min-w-0 grow flex-wrap items-center gap-1.5">
          {pieces.map((piece, index) => (
            <FilterChip
              key={`${index} ${piece.raw}`}
              piece={piece}
              onEdit={() => edit(index)}
              onRemove={() => onChange(textOf(pieces.filter((_, each) => each !== index)))}
            />
          ))}
          <input
            ref={(element) => {
              own.current = element;
              if (typeof ref === "function") ref(element);
              else if (ref !== null) ref.current = element;
            }}
            role="combobox"
            aria-label={text.executions.filter.add}
            aria-expanded={completions.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active < 0 ? undefined : optionId(listId, active)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={draft}
            placeholder={
              pieces.length === 0 ? text.executions.filter.placeholder : text.executions.filter.add
            }
            onChange={(event) => type(event.target.value)}
            onKeyDown={onKeyDown}
            onFocus={onOpen}
            onClick={() => setOpen(true)}
            onBlur={() => setOpen(false)}
            className="h-7.5 min-w-32 grow bg-transparent font-mono text-[13px] outline-none placeholder:font-sans placeholder:text-faint"
          />
        </div>
        <div className="flex shrink-0 self-start">
          {(filter !== "" || draft !== "") && (
            <IconButton
              label={text.executions.filter.clear}
              onPress={() => {
                onChange("");
                write("");
                setText(false);
                own.current?.focus();
              }}
            >
              <X aria-hidden size={15} />
            </IconButton>
          )}
          <IconButton
            label={isText ? text.executions.filter.asChips : text.executions.filter.asText}
            onPress={toText}
          >
            {isText ? (
              <ListFilter aria-hidden size={15} />
            ) : (
              <TextCursorInput aria-hidden size={15} />
            )}
          </IconButton>
        </div>
        <FilterSuggestions
          id={listId}
          completions={completions}
          active={active}
          onChoose={choose}
        />
      </div>
      <FilterProblems pieces={piecesOf(isText ? draft : filter)} unindexed={unindexed} />
    </div>
  );
}

function endsWithField(draft: string): boolean {
  const [, field = ""] = /(?:^|\s)([A-Za-z]+|(?:in|out)put\.[^\s":]+):$/.exec(draft) ?? [];
  return isField(field.toLowerCase()) || isMemberField(field);
}
