import { useText } from "../../i18n/language.tsx";
import { Field, inputLook } from "../../parts/field.tsx";

/** What a workflow is called, and of which type it is: settled when it is made. */
export function NameAndType({
  name,
  isTaken,
  type,
  onChange,
}: {
  readonly name: string;
  readonly isTaken: boolean;
  readonly type: "STANDARD" | "EXPRESS";
  readonly onChange: (change: {
    readonly name?: string;
    readonly type?: "STANDARD" | "EXPRESS";
  }) => void;
}) {
  const text = useText();
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        label={text.workflows.createName}
        hint={
          isTaken ? (
            <span className="text-fail">{text.workflows.alreadyUsed}</span>
          ) : (
            text.workflows.createNameHint
          )
        }
      >
        {(ids) => (
          <input
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
            autoFocus
            required
            maxLength={80}
            pattern="[\-a-zA-Z0-9_]+"
            aria-invalid={isTaken}
            autoComplete="off"
            value={name}
            onChange={(event) => onChange({ name: event.target.value })}
            className={`${inputLook} h-8`}
          />
        )}
      </Field>
      <Field
        label={text.workflows.createType}
        hint={
          type === "STANDARD" ? text.workflows.createTypeStandard : text.workflows.createTypeExpress
        }
      >
        {(ids) => (
          <select
            {...ids}
            value={type}
            onChange={(event) => onChange({ type: event.target.value as typeof type })}
            className={`${inputLook} h-8`}
          >
            <option value="STANDARD">{text.workflows.types.STANDARD}</option>
            <option value="EXPRESS">{text.workflows.types.EXPRESS}</option>
          </select>
        )}
      </Field>
    </div>
  );
}

/** The role that a new workflow acts under. */
export function RoleField({
  role,
  onChange,
}: {
  readonly role: string;
  readonly onChange: (role: string) => void;
}) {
  const text = useText();
  return (
    <Field label={text.workflows.createRole} hint={text.workflows.createRoleHint}>
      {(ids) => (
        <input
          {...ids}
          required
          spellCheck={false}
          autoComplete="off"
          value={role}
          onChange={(event) => onChange(event.target.value)}
          className={`${inputLook} h-8 font-mono text-xs!`}
        />
      )}
    </Field>
  );
}
