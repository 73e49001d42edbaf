import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useText } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Dialog } from "../../../../parts/dialog.tsx";
import { Problem } from "../../../../parts/field.tsx";
import { CaseNameField } from "../cases/case-name-field.tsx";
import { freeName, withCase } from "../cases/case-list.ts";
import { useCases } from "../cases/use-cases.ts";
import { caseOfRecording } from "./case-of-recording.ts";
import type { Recording } from "./recording.ts";

/** Makes a test case that expects what was recorded. */
export function SaveRecording({
  recording,
  onClose,
}: {
  readonly recording: Recording;
  readonly onClose: () => void;
}) {
  const texts = useDesignerText().trying;
  const text = texts.saveCase;
  const app = useText().app;
  const { cases, put } = useCases();
  const [name, setName] = useState(() => freeName(texts.cases.newName, cases));
  const save = useMutation({
    mutationFn: () => put(withCase(cases, caseOfRecording(name.trim(), recording))),
  });
  const isTaken = !save.isSuccess && cases.some((each) => each.name === name.trim());
  const isAllowed = name.trim() !== "" && !isTaken && !save.isPending;
  return (
    <Dialog title={text.title} isOpen onClose={onClose} width="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed) save.mutate();
        }}
      >
        {save.isSuccess ? (
          <p role="status" className="text-ok">
            {text.saved(name.trim())}
          </p>
        ) : (
          <CaseNameField label={text.name} name={name} isTaken={isTaken} onChange={setName} />
        )}
        <Problem error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>{save.isSuccess ? app.close : app.cancel}</Button>
          {!save.isSuccess && (
            <Button type="submit" look="primary" isDisabled={!isAllowed}>
              {text.save}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
