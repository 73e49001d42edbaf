import { Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { useChange, useIam } from "./iam-api.ts";

/** A few names that one is added to and removed from: groups of a user, users of a group, policies that are attached. */
export function NameList({
  title,
  queryName,
  list,
  add,
  remove,
  addLabel,
  submit,
  suggestions = [],
  removeLabel,
  shown = (name) => name,
}: {
  readonly title: string;
  readonly queryName: readonly string[];
  readonly list: () => Promise<readonly string[]>;
  readonly add: (name: string) => Promise<unknown>;
  readonly remove: (name: string) => Promise<unknown>;
  readonly addLabel: string;
  readonly submit: string;
  readonly suggestions?: readonly string[];
  readonly removeLabel: (name: string) => string;
  readonly shown?: (name: string) => ReactNode;
}) {
  const { access: text } = useText();
  const query = useIam(queryName, list);
  const [typed, setTyped] = useState("");
  const added = useChange(add, () => setTyped(""));
  const removed = useChange(remove);
  const listId = queryName.join("-");
  return (
    <Card title={title}>
      <Read query={query}>
        {(names) => (
          <ul className="mb-3 flex flex-col gap-1">
            {names.length === 0 && <li className="text-dim">{text.nothing}</li>}
            {names.map((name) => (
              <li key={name} className="flex items-center gap-2">
                <span className="grow break-all">{shown(name)}</span>
                <IconButton
                  label={removeLabel(name)}
                  isDisabled={removed.isPending}
                  onPress={() => removed.mutate(name)}
                >
                  <Trash2 aria-hidden size={14} />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Read>
      <form
        noValidate
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "") added.mutate(typed);
        }}
      >
        <Field label={addLabel}>
          {(ids) => (
            <div className="flex gap-2">
              <input
                {...ids}
                list={listId}
                autoComplete="off"
                spellCheck={false}
                value={typed}
                className={`${inputLook} h-8 font-mono`}
                onChange={({ target }) => setTyped(target.value)}
              />
              <Button type="submit" isDisabled={typed === "" || added.isPending}>
                {submit}
              </Button>
            </div>
          )}
        </Field>
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
        <Problem error={added.error ?? removed.error} />
      </form>
    </Card>
  );
}
