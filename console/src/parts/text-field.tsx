import { useId, type ReactNode } from "react";
import { Field, inputLook } from "./field.tsx";

/** A line of text to type, with values to choose from where there are some. */
export function TextField({
  label,
  hint,
  value,
  onChange,
  isCode = false,
  isWrong = false,
  isDisabled = false,
  type = "text",
  min,
  max,
  placeholder,
  options,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** An ARN, a path, an expression. */
  readonly isCode?: boolean;
  readonly isWrong?: boolean;
  readonly isDisabled?: boolean;
  readonly type?: "text" | "number";
  readonly min?: number;
  readonly max?: number;
  readonly placeholder?: string | undefined;
  /** Values that are offered; any other may be typed. */
  readonly options?: readonly { readonly value: string; readonly label: string }[] | undefined;
}) {
  const list = useId();
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <>
          <input
            {...ids}
            type={type}
            min={min}
            max={max}
            autoComplete="off"
            spellCheck={false}
            disabled={isDisabled}
            aria-invalid={isWrong}
            placeholder={placeholder}
            list={options === undefined ? undefined : list}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            className={`${inputLook} h-8 ${isCode ? "font-mono text-xs!" : ""} ${isWrong ? "border-fail/60!" : ""}`}
          />
          {options !== undefined && (
            <datalist id={list}>
              {options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}
