import { Field, inputLook } from "../../parts/field.tsx";
import { useAroundText } from "../../i18n/around/texts.ts";

/** The name of what is made; that of what is changed can only be read. */
export function NameField({
  name,
  onChange,
  isNew,
  isNamed,
  problem,
}: {
  readonly name: string;
  readonly onChange: (name: string) => void;
  readonly isNew: boolean;
  /** Whether it is of the form that names have. */
  readonly isNamed: boolean;
  /** What is said of another form. */
  readonly problem: string;
}) {
  const { triggers: words } = useAroundText();
  const isWrong = name !== "" && !isNamed;
  return (
    <Field label={words.name} hint={isWrong ? problem : undefined}>
      {(ids) => (
        <input
          {...ids}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
          autoFocus={isNew}
          disabled={!isNew}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isWrong}
          value={name}
          className={`${inputLook} h-8 font-mono`}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
