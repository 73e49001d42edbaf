import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Problem } from "../../parts/field.tsx";
import { useChange } from "./iam-api.ts";

/** What is looked at, the way back, and how it is deleted: by a second press. */
export function DetailHead({
  name,
  arn,
  onBack,
  remove,
}: {
  readonly name: string;
  readonly arn: string | undefined;
  readonly onBack: () => void;
  /** Absent: it cannot be. */
  readonly remove?: (() => Promise<unknown>) | undefined;
}) {
  const { access: text } = useText();
  const [isSure, setSure] = useState(false);
  const deleted = useChange(remove ?? (async () => {}), onBack);
  return (
    <div className="mb-4 flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <IconButton label={text.back} onPress={onBack}>
          <ArrowLeft aria-hidden size={16} />
        </IconButton>
        <h2 className="text-[17px] font-semibold break-words">{name}</h2>
        {arn !== undefined && <CopyButton value={arn} label={text.copyArn} />}
        <span className="grow font-mono text-xs break-all text-dim">{arn}</span>
        {remove !== undefined && (
          <Button
            look="danger"
            isDisabled={deleted.isPending}
            onPress={() => (isSure ? deleted.mutate() : setSure(true))}
          >
            {isSure ? text.deleteSure(name) : text.delete}
          </Button>
        )}
      </div>
      <Problem error={deleted.error} />
    </div>
  );
}
