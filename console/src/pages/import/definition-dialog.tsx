import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { FileButton } from "./file-button.tsx";
import { FileRefused, readDefinition, withDefinition, type ImportedFile } from "./imported-file.ts";

/** Asks for the definition, which a history does not have in it. */
export function DefinitionDialog({
  imported,
  isOpen,
  onClose,
  onChange,
}: {
  readonly imported: ImportedFile;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onChange: (imported: ImportedFile) => void;
}) {
  const text = useText();
  const [given, setGiven] = useState("");
  const use = useMutation({
    mutationFn: async (definition: string | undefined) =>
      withDefinition(imported, definition === undefined ? undefined : readDefinition(definition)),
    onSuccess(changed) {
      onChange(changed);
      onClose();
    },
  });
  return (
    <Dialog title={text.imports.definitionTitle} isOpen={isOpen} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          use.mutate(given);
        }}
      >
        <p className="text-dim">{text.imports.definitionHint}</p>
        <label className="flex flex-col gap-1">
          <span className="text-xs font-medium text-dim">{text.execution.definition}</span>
          <textarea
            value={given}
            onChange={(event) => setGiven(event.target.value)}
            rows={10}
            spellCheck={false}
            className="rounded-md border border-line bg-surface px-2.5 py-2 font-mono text-xs outline-none focus:border-accent"
          />
        </label>
        {use.isError && (
          <p role="alert" className="text-fail">
            {use.error instanceof FileRefused
              ? text.imports.faults[use.error.fault]
              : use.error.message}
          </p>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <FileButton
            label={text.imports.choose}
            onFile={(file) => void file.text().then(setGiven)}
          >
            {text.imports.choose}
          </FileButton>
          <div className="grow" />
          {!imported.run.isDerived && (
            <Button onPress={() => use.mutate(undefined)}>{text.imports.withoutDefinition}</Button>
          )}
          <Button onPress={onClose}>{text.app.cancel}</Button>
          <Button type="submit" look="primary" isDisabled={given.trim() === "" || use.isPending}>
            {text.imports.useDefinition}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
