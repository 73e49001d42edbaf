import { useState, type ReactNode } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { inputLook } from "../../../../parts/field.tsx";
import { isCommand, useDraft } from "../../expressions/use-draft.ts";

interface LiteralProps<T> {
  readonly label: string;
  readonly value: T | undefined;
  /** `undefined`: the field was emptied. */
  readonly onChange: (value: T | undefined) => void;
}

/** A text of one line, or of several. */
export function TextInput({
  label,
  value,
  onChange,
  rows = 1,
  placeholder,
  isEmptyKept = false,
}: LiteralProps<string> & {
  readonly rows?: number;
  readonly placeholder?: string;
  /** An emptied text is `""`, and not taken away. */
  readonly isEmptyKept?: boolean;
}): ReactNode {
  const { text, change, flush } = useDraft(
    value ?? "",
    (typed) => onChange(typed === "" && !isEmptyKept ? undefined : typed),
    { isSame: (draft, written) => draft === written },
  );
  const common = {
    "aria-label": label,
    value: text,
    placeholder,
    spellCheck: false,
    autoComplete: "off",
    onBlur: flush,
  };
  if (rows > 1) {
    return (
      <textarea
        {...common}
        rows={rows}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => isCommand(event) && flush()}
        className={`${inputLook} block resize-y py-1.5`}
      />
    );
  }
  return (
    <input
      {...common}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => (isCommand(event) || event.key === "Enter") && flush()}
      className={`${inputLook} h-8`}
    />
  );
}

/** A number; what is none is told, and not written. */
export function NumberInput({ label, value, onChange }: LiteralProps<number>): ReactNode {
  const { inspector: words } = useDesignerText();
  const [isWrong, setWrong] = useState(false);
  const { text, change, flush } = useDraft(
    value === undefined ? "" : String(value),
    (typed) => {
      const isNumber = typed.trim() !== "" && Number.isFinite(Number(typed));
      setWrong(!isNumber && typed.trim() !== "");
      if (isNumber) onChange(Number(typed));
      else if (typed.trim() === "") onChange(undefined);
    },
    {
      isSame: (draft, written) =>
        draft.trim() !== "" && written !== "" && Number(draft) === Number(written),
    },
  );
  return (
    <>
      <input
        aria-label={label}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={isWrong}
        onChange={(event) => change(event.target.value)}
        onBlur={flush}
        onKeyDown={(event) => (isCommand(event) || event.key === "Enter") && flush()}
        className={`${inputLook} h-8 tabular-nums ${isWrong ? "border-fail/60!" : ""}`}
      />
      {isWrong && (
        <p role="status" className="mt-1 text-xs text-fail">
          {words.notNumber}
        </p>
      )}
    </>
  );
}

/** One of a few; one that is written and not among them is shown, too. */
export function ChoiceInput({
  label,
  value,
  onChange,
  options,
  names = {},
  none,
}: LiteralProps<string> & {
  readonly options: readonly string[];
  readonly names?: Readonly<Record<string, string>>;
  /** What is said where nothing is chosen; absent: something has to be. */
  readonly none?: string;
}): ReactNode {
  const isOther = value !== undefined && value !== "" && !options.includes(value);
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
      className={`${inputLook} h-8`}
    >
      {(none !== undefined || value === undefined) && <option value="">{none ?? ""}</option>}
      {isOther && <option value={value}>{value}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {names[option] ?? option}
        </option>
      ))}
    </select>
  );
}

export function BooleanInput({ label, value, onChange }: LiteralProps<boolean>): ReactNode {
  const { inspector: words } = useDesignerText();
  return (
    <ChoiceInput
      label={label}
      value={value === undefined ? undefined : String(value)}
      onChange={(chosen) => onChange(chosen === undefined ? undefined : chosen === "true")}
      options={["true", "false"]}
      none={words.notSaid}
    />
  );
}
