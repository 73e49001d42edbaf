import type { ReactNode } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Field, inputLook } from "../../../../parts/field.tsx";

/** What a test case is called. */
export function CaseNameField({
  label,
  name,
  isTaken,
  onChange,
}: {
  readonly label: string;
  readonly name: string;
  readonly isTaken: boolean;
  readonly onChange: (name: string) => void;
}): ReactNode {
  const { cases } = useDesignerText().trying;
  return (
    <Field label={label} hint={isTaken ? cases.nameTaken : undefined}>
      {(ids) => (
        <input
          {...ids}
          autoFocus
          // A name is proposed: what is typed takes its place.
          onFocus={(event) => event.currentTarget.select()}
          maxLength={80}
          value={name}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputLook} h-8`}
        />
      )}
    </Field>
  );
}
