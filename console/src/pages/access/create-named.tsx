import { useState } from "react";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { type Policy, useChange } from "./iam-api.ts";
import { kinds, type ListedKind } from "./kinds.ts";
import { firstDocument, firstTrust, PolicyEditor, usePolicyProblem } from "./policy-editor.tsx";

/** Makes a user, a group, a role or a policy. */
export function CreateNamed({
  kind,
  isOpen,
  onClose,
  onCreated,
}: {
  readonly kind: ListedKind;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}) {
  const { access: text } = useText();
  return (
    <Dialog title={text.create[kind]} isOpen={isOpen} onClose={onClose}>
      <CreateForm kind={kind} onClose={onClose} onCreated={onCreated} />
    </Dialog>
  );
}

function CreateForm({
  kind,
  onClose,
  onCreated,
}: {
  readonly kind: ListedKind;
  readonly onClose: () => void;
  readonly onCreated: (id: string) => void;
}) {
  const { access: text, app } = useText();
  const [name, setName] = useState("");
  const isRole = kind === "roles";
  const hasDocument = isRole || kind === "policies";
  const [document, setDocument] = useState(isRole ? firstTrust : firstDocument);
  const policyKind = isRole ? "trust" : "identity";
  const isWrong = usePolicyProblem(document, policyKind) !== undefined && hasDocument;
  const { operation, nameMember } = kinds[kind];
  const create = useChange(
    () =>
      server.iam<{ readonly Policy?: Policy }>(operation, {
        [nameMember]: name,
        ...(isRole && { AssumeRolePolicyDocument: document }),
        ...(kind === "policies" && { PolicyDocument: document }),
      }),
    ({ Policy: made }) => {
      onClose();
      onCreated(made?.Arn ?? name);
    },
  );
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== "" && !isWrong) create.mutate();
      }}
    >
      <Field label={text.name}>
        {(ids) => (
          <input
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus anyway; this is where it is wanted
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={name}
            className={`${inputLook} h-8 font-mono`}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      {isRole && <p className="text-[13px] font-medium">{text.trust}</p>}
      {hasDocument && <PolicyEditor kind={policyKind} document={document} onChange={setDocument} />}
      <Problem error={create.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{app.cancel}</Button>
        <Button
          type="submit"
          look="primary"
          isDisabled={name === "" || isWrong || create.isPending}
        >
          {create.isPending ? text.creating : text.create[kind]}
        </Button>
      </div>
    </form>
  );
}
