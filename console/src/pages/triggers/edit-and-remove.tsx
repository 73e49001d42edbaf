import { Pencil, Trash2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { ConfirmDialog } from "../workflows/confirm-dialog.tsx";

/** The buttons by which a trigger is changed and deleted, with the dialogs that they open. */
export function EditAndRemove({
  name,
  hint,
  form,
  remove,
}: {
  readonly name: string;
  /** What goes with it when it is deleted. */
  readonly hint: string;
  /** The dialog in which it is changed; absent: there is none. */
  readonly form?: ((close: () => void) => ReactNode) | undefined;
  readonly remove: () => Promise<unknown>;
}) {
  const { triggers: words } = useAroundText();
  const [asks, setAsks] = useState<"edit" | "remove">();
  const close = () => setAsks(undefined);
  return (
    <>
      {form !== undefined && (
        <Button onPress={() => setAsks("edit")}>
          <Pencil aria-hidden size={14} />
          {words.edit}
        </Button>
      )}
      <Button look="danger" onPress={() => setAsks("remove")}>
        <Trash2 aria-hidden size={14} />
        {words.remove}
      </Button>
      {asks === "edit" && form?.(close)}
      {asks === "remove" && (
        <ConfirmDialog
          title={words.removeTitle(name)}
          hint={hint}
          action={words.remove}
          perform={remove}
          onClose={close}
        />
      )}
    </>
  );
}
