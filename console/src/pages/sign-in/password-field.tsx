import { Field, inputLook } from "../../parts/field.tsx";

/** A password, as browsers' managers know it: the one that there is, or one that is to be. */
export function PasswordField({
  label,
  hint,
  autoComplete,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly autoComplete: "current-password" | "new-password";
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          type="password"
          autoComplete={autoComplete}
          value={value}
          className={`${inputLook} h-9`}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
