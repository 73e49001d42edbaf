import { useMutation } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import type { Renaming } from "../../../../designer/edits/key-moves.ts";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button, IconButton } from "../../../../parts/button.tsx";
import { Problem } from "../../../../parts/field.tsx";
import { Notice } from "../../ship/notice.tsx";
import { useDesignerView } from "../../use-designer.ts";
import { renameInCases, strangersIn } from "./rename-in-cases.ts";
import { useCases } from "./use-cases.ts";

/** After a state was renamed, or that was undone: offers to rename it in the test cases that name it. */
export function RenamedInCases() {
  const renamed = useDesignerView((view) => view.renamed);
  const [dismissed, setDismissed] = useState<Renaming>();
  if (renamed === undefined || renamed === dismissed) return null;
  return <Offer renamed={renamed} onDismiss={() => setDismissed(renamed)} />;
}

function Offer({
  renamed: { from, to },
  onDismiss,
}: {
  readonly renamed: Renaming;
  readonly onDismiss: () => void;
}) {
  const text = useDesignerText();
  const names = useDesignerView((view) => graphIndex(view.readable).names);
  const { cases, put } = useCases();
  const rename = useMutation({ mutationFn: () => put(renameInCases(cases, { [from]: to })) });
  const naming = cases.filter((each) => strangersIn([each], names).includes(from));
  if (naming.length === 0 || !names.has(to)) return null;
  return (
    <Notice look="wait">
      <span className="grow basis-60">
        {text.trying.cases.stillNamed(from, to, naming.map(({ name }) => name).join(", "))}
      </span>
      <Button isDisabled={rename.isPending} onPress={() => rename.mutate()}>
        {text.trying.cases.rename}
      </Button>
      <IconButton label={text.ship.dismiss} onPress={onDismiss} className="h-6! w-6!">
        <X aria-hidden size={14} />
      </IconButton>
      <Problem error={rename.error} />
    </Notice>
  );
}
