import { useAroundText } from "../../i18n/around/texts.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";

/** The end of a form of a trigger: why it was refused, and its two buttons. */
export function FormFoot({
  error,
  action,
  canSave,
  isSaving,
  onClose,
}: {
  readonly error: unknown;
  /** What the form does. */
  readonly action: string;
  readonly canSave: boolean;
  readonly isSaving: boolean;
  readonly onClose: () => void;
}) {
  const text = useText();
  const { triggers: words } = useAroundText();
  return (
    <>
      <Problem error={error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={onClose}>{text.app.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={!canSave || isSaving}>
          {isSaving ? words.saving : action}
        </Button>
      </div>
    </>
  );
}
