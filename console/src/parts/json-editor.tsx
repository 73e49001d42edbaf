import { CircleAlert } from "lucide-react";
import { useMemo, useRef, type ReactNode, type RefObject } from "react";
import { useFormat, useText } from "../i18n/language.tsx";
import { Button } from "./button.tsx";
import { Field, inputLook } from "./field.tsx";
import { formatJson } from "./format-json.ts";
import { jsonMistake } from "./json-mistake.ts";

/** A JSON text to type, with the place of its first mistake while there is one. */
export function JsonEditor({
  label,
  hint,
  value,
  onChange,
  rows = 10,
  autoFocus = false,
  area,
}: {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly autoFocus?: boolean;
  /** The text area, for who leads to places in it. */
  readonly area?: RefObject<HTMLTextAreaElement | null>;
}) {
  const text = useText();
  const format = useFormat();
  const own = useRef<HTMLTextAreaElement>(null);
  const ref = area ?? own;
  const mistake = useMemo(() => jsonMistake(value), [value]);
  return (
    <div>
      <Field
        label={label}
        hint={hint}
        aside={
          <Button
            look="quiet"
            className="h-6! px-2! text-xs!"
            isDisabled={mistake !== undefined}
            onPress={() => onChange(formatJson(value))}
          >
            {text.start.format}
          </Button>
        }
      >
        {(ids) => (
          <textarea
            {...ids}
            ref={ref}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
            autoFocus={autoFocus}
            rows={rows}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            wrap="off"
            aria-invalid={mistake !== undefined}
            className={`${inputLook} block resize-y py-2 font-mono text-xs! leading-5 ${mistake === undefined ? "" : "border-fail/60!"}`}
          />
        )}
      </Field>
      <div role="status" className="mt-1 min-h-6 text-xs">
        {mistake !== undefined && (
          <span className="flex flex-wrap items-center gap-x-2 text-fail">
            <CircleAlert aria-hidden size={13} className="shrink-0" />
            {text.start.mistake(
              format.number(mistake.line),
              format.number(mistake.column),
              text.start.expected[mistake.expected],
            )}
            <button
              type="button"
              className="min-h-6 rounded px-1 underline"
              onClick={() => showPlace(ref.current, mistake.offset)}
            >
              {text.start.goToMistake}
            </button>
          </span>
        )}
      </div>
    </div>
  );
}

/** Puts the caret to a place, with its line in view. */
export function showPlace(area: HTMLTextAreaElement | null, offset: number): void {
  if (area === null) return;
  area.focus();
  area.setSelectionRange(offset, Math.min(offset + 1, area.value.length));
  const line = area.value.slice(0, offset).split("\n").length - 1;
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
  if (Number.isFinite(lineHeight)) {
    area.scrollTop = Math.max(0, line * lineHeight - area.clientHeight / 2);
  }
}
