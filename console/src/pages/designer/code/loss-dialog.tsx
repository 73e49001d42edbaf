import type { ConvertedText } from "../../../designer/document/convert-notation.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat, useText } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { Dialog } from "../../../parts/dialog.tsx";

/** Says what a text has that the other notation does not, before it is lost. */
export function LossDialog({
  loss: { comments },
  onTake,
  onClose,
}: {
  readonly loss: ConvertedText;
  readonly onTake: () => void;
  readonly onClose: () => void;
}) {
  const { code } = useDesignerText();
  const { app } = useText();
  const format = useFormat();
  return (
    <Dialog title={code.convertText} isOpen onClose={onClose}>
      <p className="mb-4 text-[13px]">
        {comments > 0 ? code.commentsLost(format.number(comments)) : code.anchorsLost}
      </p>
      <div className="flex justify-end gap-2">
        <Button onPress={onClose}>{app.cancel}</Button>
        <Button look="primary" onPress={onTake}>
          {code.convertAnyway}
        </Button>
      </div>
    </Dialog>
  );
}
