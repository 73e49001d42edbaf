import { Trash2 } from "lucide-react";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { decodedDocument, type HolderKind, listAll, useChange, useIam } from "./iam-api.ts";
import { firstDocument, PolicyEditor, usePolicyProblem } from "./policy-editor.tsx";

interface Edited {
  readonly name: string;
  readonly document: string;
  readonly isNew: boolean;
}

/** The policies that are a part of a user, a group or a role. */
export function InlinePolicies({
  kind,
  name,
}: {
  readonly kind: HolderKind;
  readonly name: string;
}) {
  const { access: text } = useText();
  const named = { [`${kind}Name`]: name };
  const [edited, setEdited] = useState<Edited>();
  const query = useIam([kind, name, "inline"], () =>
    listAll<string>(`List${kind}Policies`, "PolicyNames", named),
  );
  const remove = useChange((PolicyName: string) =>
    server.iam(`Delete${kind}Policy`, { ...named, PolicyName }),
  );
  const open = useChange(
    (PolicyName: string) =>
      server.iam<{ readonly PolicyDocument: string }>(`Get${kind}Policy`, { ...named, PolicyName }),
    ({ PolicyDocument }) =>
      setEdited((before) => before && { ...before, document: decodedDocument(PolicyDocument) }),
  );
  const edit = (policy: string) => {
    setEdited({ name: policy, document: "", isNew: false });
    open.mutate(policy);
  };
  return (
    <Card title={text.inline}>
      <Read query={query}>
        {(names) => (
          <ul className="mb-3 flex flex-col gap-1">
            {names.length === 0 && <li className="text-dim">{text.nothing}</li>}
            {names.map((policy) => (
              <li key={policy} className="flex items-center gap-2">
                <span className="grow break-all">{policy}</span>
                <Button onPress={() => edit(policy)}>{text.edit}</Button>
                <IconButton label={text.removeOf(policy)} onPress={() => remove.mutate(policy)}>
                  <Trash2 aria-hidden size={14} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Read>
      <Problem error={remove.error ?? open.error} />
      {edited === undefined ? (
        <Button onPress={() => setEdited({ name: "", document: firstDocument, isNew: true })}>
          {text.newInline}
        </Button>
      ) : (
        <InlineForm
          kind={kind}
          named={named}
          edited={edited}
          onChange={setEdited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  );
}

function InlineForm({
  kind,
  named,
  edited: { name, document, isNew },
  onChange,
  onClose,
}: {
  readonly kind: HolderKind;
  readonly named: object;
  readonly edited: Edited;
  readonly onChange: (edited: Edited) => void;
  readonly onClose: () => void;
}) {
  const { access: text, app } = useText();
  const isWrong = usePolicyProblem(document, "identity") !== undefined;
  const save = useChange(
    () => server.iam(`Put${kind}Policy`, { ...named, PolicyName: name, PolicyDocument: document }),
    onClose,
  );
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      {isNew ? (
        <Field label={text.inlineName}>
          {(ids) => (
            <input
              {...ids}
              autoComplete="off"
              spellCheck={false}
              value={name}
              className={`${inputLook} h-8 font-mono`}
              onChange={({ target }) => onChange({ name: target.value, document, isNew })}
            />
          )}
        </Field>
      ) : (
        <p className="font-medium">{name}</p>
      )}
      <PolicyEditor
        kind="identity"
        document={document}
        onChange={(changed) => onChange({ name, document: changed, isNew })}
      />
      <Problem error={save.error} />
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{app.cancel}</Button>
        <Button
          look="primary"
          isDisabled={isWrong || name === "" || save.isPending}
          onPress={() => save.mutate()}
        >
          {save.isPending ? text.saving : text.save}
        </Button>
      </div>
    </div>
  );
}
