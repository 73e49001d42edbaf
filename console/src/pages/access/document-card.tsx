import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { useChange } from "./iam-api.ts";
import { PolicyEditor, usePolicyProblem } from "./policy-editor.tsx";

/** A policy that is there, to be changed: what is stored is saved anew when it is another one and nothing is wrong with it. */
export function DocumentCard({
  title,
  kind,
  stored,
  onSave,
}: {
  readonly title: string;
  readonly kind: "trust" | "identity";
  readonly stored: string;
  readonly onSave: (document: string) => Promise<unknown>;
}) {
  const { access: text } = useText();
  const [document, setDocument] = useState(stored);
  const isWrong = usePolicyProblem(document, kind) !== undefined;
  const save = useChange(() => onSave(document));
  return (
    <Card title={title}>
      <div className="flex flex-col gap-3">
        <PolicyEditor kind={kind} document={document} onChange={setDocument} />
        <Problem error={save.error} />
        <div className="flex justify-end">
          <Button
            look="primary"
            isDisabled={isWrong || document === stored || save.isPending}
            onPress={() => save.mutate()}
          >
            {save.isPending ? text.saving : text.save}
          </Button>
        </div>
      </div>
    </Card>
  );
}
