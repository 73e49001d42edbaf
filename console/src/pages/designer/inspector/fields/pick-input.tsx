import { ChevronDown } from "lucide-react";
import {
  Button,
  ComboBox,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  type Key,
} from "react-aria-components";
import { inputLook } from "../../../../parts/field.tsx";
import { isCommand, useDraft } from "../../expressions/use-draft.ts";

export interface PickOption {
  /** What is written. */
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
}

/** Our choice: options that are shown at once; more are found by typing. */
const mostShown = 100;

/** A text that can be picked, or typed freely. */
export function PickInput({
  label,
  value,
  options,
  onChange,
  onType,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly PickOption[];
  readonly onChange: (value: string) => void;
  /** What is being typed, to look for options with. */
  readonly onType?: (text: string) => void;
  readonly placeholder?: string;
}) {
  const { text, change, flush, drop } = useDraft(value, onChange, { isWhole: true });
  const sought = text.toLowerCase();
  const isWhole = options.some(({ id }) => id === text);
  const found = isWhole
    ? options
    : options.filter(({ id, label: name }) => `${id} ${name}`.toLowerCase().includes(sought));
  const shown = found.slice(0, mostShown);
  // An ARN is longer than the field, and its name stands at its end.
  const named = options.find(({ id }) => id === value);
  const pick = (key: Key | null) => {
    if (key === null) return;
    change(String(key));
    flush();
  };
  return (
    <ComboBox
      aria-label={label}
      allowsCustomValue
      allowsEmptyCollection
      menuTrigger="focus"
      items={shown}
      inputValue={text}
      onInputChange={(typed) => {
        if (typed === text || shown.some(({ id, label: name }) => name === typed && id === text)) {
          return;
        }
        change(typed);
        onType?.(typed);
      }}
      onSelectionChange={pick}
      onBlur={() => {
        flush();
        drop();
      }}
      className="min-w-0"
    >
      <div className="relative">
        <Input
          placeholder={placeholder ?? ""}
          spellCheck={false}
          // What is typed next takes the place of what is there, but goes on with a beginning that was picked.
          onFocus={(event) => text === value && event.currentTarget.select()}
          onKeyDown={(event) => {
            // Enter on an option takes that.
            const isTaken = event.currentTarget.hasAttribute("aria-activedescendant");
            if (isCommand(event) || (event.key === "Enter" && !isTaken)) flush();
          }}
          className={`${inputLook} h-8 pr-8 font-mono text-xs!`}
        />
        <Button className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded-md text-dim hover:text-text">
          <ChevronDown aria-hidden size={14} />
        </Button>
      </div>
      <Popover className="z-50 w-(--trigger-width) min-w-64 overflow-auto rounded-md border border-line bg-raised shadow-high data-[placement=bottom]:mt-1">
        <ListBox className="max-h-64 overflow-auto py-1 text-xs outline-none empty:hidden">
          {(option: PickOption) => (
            <ListBoxItem
              id={option.id}
              textValue={option.id}
              className="cursor-pointer px-2.5 py-1.5 outline-none data-[focused]:bg-accent-soft data-[focused]:text-accent"
            >
              <span className="block truncate font-medium">{option.label}</span>
              {(option.detail ?? option.id) !== option.label && (
                <span className="block truncate font-mono text-[11px] text-dim">
                  {option.detail ?? option.id}
                </span>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
      {named !== undefined && named.label !== named.id && (
        <p className="mt-1 truncate text-xs text-dim">{named.label}</p>
      )}
    </ComboBox>
  );
}
