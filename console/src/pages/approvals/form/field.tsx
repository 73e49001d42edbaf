import { useId, type ReactNode } from "react";
import { useText } from "../../../i18n/language.tsx";
import type { AnswerField } from "./answer-schema.ts";
import { pathOf, type Draft } from "./answer-values.ts";

export const inputLook =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-[13px] text-text placeholder:text-faint aria-[invalid=true]:border-fail";

/** A label with what belongs to it: what it means, and what is wrong with what was written. */
export function Labelled({
  label,
  isOptional = false,
  description,
  problem,
  children,
}: {
  readonly label: string;
  readonly isOptional?: boolean;
  readonly description?: string | undefined;
  readonly problem?: string | undefined;
  readonly children: (ids: FieldIds) => ReactNode;
}) {
  const text = useText();
  const id = useId();
  const about = [description && `${id}-about`, problem && `${id}-problem`].filter(Boolean);
  return (
    <div>
      <label
        htmlFor={id}
        className="mb-1 flex items-baseline gap-2 text-[13px] font-medium [overflow-wrap:anywhere]"
      >
        {label}
        {isOptional && (
          <span className="text-xs font-normal text-faint">{text.approvals.optional}</span>
        )}
      </label>
      {description !== undefined && (
        <p id={`${id}-about`} className="mb-1.5 text-xs whitespace-pre-line text-dim">
          {description}
        </p>
      )}
      {children({
        id,
        "aria-invalid": problem !== undefined,
        "aria-describedby": about.length === 0 ? undefined : about.join(" "),
      })}
      {problem !== undefined && (
        <p id={`${id}-problem`} className="mt-1 text-xs text-fail">
          {problem}
        </p>
      )}
    </div>
  );
}

export interface FieldIds {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
}

interface FieldProps {
  readonly draft: Draft;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (path: string, text: string) => void;
}

/** Every field of a form, those of an inner object in a box of their own. */
export function Fields({
  fields,
  parent = "",
  ...props
}: FieldProps & { readonly fields: readonly AnswerField[]; readonly parent?: string }) {
  return fields.map((field) => {
    const path = pathOf(parent, field.name);
    if (field.kind !== "object") return <Field key={path} field={field} path={path} {...props} />;
    return (
      <fieldset key={path} className="rounded-lg border border-line px-4 pt-2 pb-4">
        <legend className="px-1 text-[13px] font-semibold">{field.title}</legend>
        {field.description !== undefined && (
          <p className="mb-2 text-xs text-dim">{field.description}</p>
        )}
        <div className="flex flex-col gap-4">
          <Fields fields={field.fields} parent={path} {...props} />
        </div>
      </fieldset>
    );
  });
}

function Field({
  field,
  path,
  draft,
  problems,
  onChange,
}: FieldProps & {
  readonly field: Exclude<AnswerField, { kind: "object" }>;
  readonly path: string;
}) {
  const { form } = useText().approvals;
  const value = draft[path] ?? "";
  const change = (text: string) => onChange(path, text);
  const isLines = field.kind === "lines";
  const description = [field.description, isLines ? form.onePerLine : undefined]
    .filter(Boolean)
    .join("\n");
  return (
    <Labelled
      label={field.title}
      isOptional={!field.isRequired}
      description={description === "" ? undefined : description}
      problem={problems.get(path)}
    >
      {(ids) => {
        const shared = { ...ids, value, required: field.isRequired, className: inputLook };
        switch (field.kind) {
          case "boolean":
            return (
              <Choice
                {...shared}
                onChoose={change}
                options={[
                  ["true", form.yes],
                  ["false", form.no],
                ]}
                none={field.isRequired ? form.choose : form.notSet}
              />
            );
          case "choice":
            return (
              <Choice
                {...shared}
                onChoose={change}
                options={field.options.map(({ label }, index) => [String(index), label])}
                none={field.isRequired ? form.choose : form.notSet}
              />
            );
          case "lines":
          case "json":
            return (
              <textarea
                {...shared}
                rows={4}
                spellCheck={isLines}
                className={`${inputLook} ${isLines ? "" : "font-mono text-xs"}`}
                onChange={({ target }) => change(target.value)}
              />
            );
          case "number":
            return (
              <input
                {...shared}
                // Not of the type number: that loses what is no number, and turns under the wheel.
                inputMode={field.isInteger ? "numeric" : "decimal"}
                className={`${inputLook} max-w-60 tabular-nums`}
                onChange={({ target }) => change(target.value)}
              />
            );
          case "text":
            return field.format === "multiline" ? (
              <textarea {...shared} rows={4} onChange={({ target }) => change(target.value)} />
            ) : (
              <input
                {...shared}
                type={inputTypes[field.format]}
                className={`${inputLook} ${field.format.startsWith("date") ? "max-w-60" : ""}`}
                onChange={({ target }) => change(target.value)}
              />
            );
        }
      }}
    </Labelled>
  );
}

const inputTypes = {
  plain: "text",
  date: "date",
  "date-time": "datetime-local",
  email: "email",
  uri: "url",
} as const;

function Choice({
  options,
  none,
  onChoose,
  ...props
}: FieldIds & {
  readonly value: string;
  readonly required: boolean;
  readonly className: string;
  readonly options: readonly (readonly [string, string])[];
  readonly none: string;
  readonly onChoose: (value: string) => void;
}) {
  return (
    <select
      {...props}
      className={`${inputLook} h-8.5 max-w-80`}
      onChange={({ target }) => onChoose(target.value)}
    >
      <option value="">{none}</option>
      {options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
