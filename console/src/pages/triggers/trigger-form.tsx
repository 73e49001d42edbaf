import type { ReactNode } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";

/** A form of a trigger in its dialog: its fields, why it was refused, and its two buttons. */
export function TriggerForm({
  save,
  action,
  canSave,
  onClose,
  children,
}: {
  readonly save: {
    readonly mutate: () => void;
    readonly error: unknown;
    readonly isPending: boolean;
  };
  /** What the form does. */
  readonly action: string;
  readonly canSave: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const text = useText();
  const { triggers: words } = useAroundText();
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) save.mutate();
      }}
    >
      {children}
      <Problem error={save.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={!canSave || save.isPending}>
          {save.isPending ? words.saving : action}
        </Button>
      </div>
    </form>
  );
}
