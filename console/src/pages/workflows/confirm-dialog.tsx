import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";

/** Asks before something is deleted; with `typed`, only who types it may. */
export function ConfirmDialog({
  title,
  hint,
  typed,
  action,
  perform,
  onClose,
}: {
  readonly title: string;
  readonly hint: string;
  readonly typed?: string;
  readonly action: string;
  readonly perform: () => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const text = useText();
  const [answer, setAnswer] = useState("");
  const deletion = useMutation({ mutationFn: perform, onSuccess: onClose });
  const isAllowed = (typed === undefined || answer === typed) && !deletion.isPending;
  return (
    <Dialog title={title} isOpen onClose={onClose} width="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed) deletion.mutate();
        }}
      >
        <p className="text-dim">{hint}</p>
        {typed !== undefined && (
          <Field label={text.workflows.deleteConfirm(typed)}>
            {(ids) => (
              <input
                {...ids}
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here
                autoFocus
                autoComplete="off"
                spellCheck={false}
                value={answer}
                onChange={(event) => setAnswer(event.target.value)}
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        )}
        <Problem error={deletion.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button look="danger" type="submit" isDisabled={!isAllowed}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
