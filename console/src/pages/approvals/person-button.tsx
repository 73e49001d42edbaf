import { UserRound } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { inputLook, Labelled } from "./form/field.tsx";
import { longestName, setPerson, usePerson, useSignedInName } from "./person.ts";

/** Who sits here, to be changed. */
export function PersonButton({ onPress }: { readonly onPress: () => void }) {
  const { approvals: text } = useText();
  const person = usePerson();
  // It is in the menu at the top, and cannot be changed.
  if (useSignedInName() !== undefined) return null;
  return (
    <Button onPress={onPress} className="max-w-56">
      <UserRound aria-hidden size={14} className="shrink-0" />
      <span className="truncate">{person === "" ? text.sayName : text.youAre(person)}</span>
    </Button>
  );
}

/** Asks for the name that claims and answers are told under. */
export function PersonDialog({
  isOpen,
  onClose,
  onSaved,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSaved?: ((name: string) => void) | undefined;
}) {
  const { approvals: text } = useText();
  return (
    <Dialog title={text.nameTitle} isOpen={isOpen} onClose={onClose} width="max-w-md">
      <NameForm
        onClose={onClose}
        onSaved={(name) => {
          setPerson(name);
          onClose();
          if (name.trim() !== "") onSaved?.(name.trim());
        }}
      />
    </Dialog>
  );
}

function NameForm({
  onClose,
  onSaved,
}: {
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}) {
  const text = useText();
  const [written, setWritten] = useState(usePerson());
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSaved(written);
      }}
    >
      <Labelled label={text.approvals.name} description={text.approvals.nameHint}>
        {(ids) => (
          <input
            {...ids}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- a dialog moves the focus anyway; this is where it is wanted
            autoFocus
            autoComplete="name"
            maxLength={longestName}
            value={written}
            className={inputLook}
            onChange={({ target }) => setWritten(target.value)}
          />
        )}
      </Labelled>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button type="submit" look="primary">
          {text.approvals.saveName}
        </Button>
      </div>
    </form>
  );
}
