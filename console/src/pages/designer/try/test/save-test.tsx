import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { caseOfStateTest } from "../../../../../../src/console/designer/try/case-of-state-test.ts";
import type { StateEntry } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useText } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Dialog } from "../../../../parts/dialog.tsx";
import { Field, inputLook, Problem } from "../../../../parts/field.tsx";
import { CaseNameField } from "../cases/case-name-field.tsx";
import { freeName, withCase } from "../cases/case-list.ts";
import { isMockable } from "../cases/mockable.ts";
import { useDesigner } from "../../use-designer.ts";
import { runCases, withStatus } from "../cases/run-cases.ts";
import { newestDefinition } from "../definition-json.ts";
import { useCases } from "../cases/use-cases.ts";
import type { DoneTest } from "../try-store.ts";
import { stateTestOf } from "./state-test-of.ts";

/** Makes a test case of the workflow in which the state does what it did. */
export function SaveTest({
  entry,
  done,
  onClose,
}: {
  readonly entry: StateEntry;
  readonly done: DoneTest;
  readonly onClose: (saved?: string) => void;
}) {
  const texts = useDesignerText().trying;
  const text = texts.saveCase;
  const app = useText().app;
  const { store, workflow, settings } = useDesigner();
  const { cases, put } = useCases();
  const [name, setName] = useState(() => freeName(entry.name.slice(0, 60), cases));
  const [baseName, setBase] = useState("");
  const base = cases.find((each) => each.name === baseName);
  const canAnswer = isMockable(entry);
  const save = useMutation({
    mutationFn: async () => {
      const test = stateTestOf(entry.name, done, canAnswer);
      const made = caseOfStateTest(name.trim(), test, base);
      // A draft that cannot be run yet has a case all the same: one that expects success.
      const testCase = await withStatus(made, (all) =>
        runCases(workflow, settings.settings, newestDefinition(store), all),
      ).catch(() => made);
      await put(withCase(cases, testCase));
    },
    onSuccess: () => onClose(text.saved(name.trim())),
  });
  const isTaken = cases.some((each) => each.name === name.trim());
  const isAllowed = name.trim() !== "" && !isTaken && !save.isPending;
  return (
    <Dialog title={text.title} isOpen onClose={() => onClose()} width="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed) save.mutate();
        }}
      >
        <p className="text-[13px] text-dim">
          {canAnswer ? text.mocked(entry.name) : text.unmockable}
        </p>
        <CaseNameField label={text.name} name={name} isTaken={isTaken} onChange={setName} />
        {cases.length > 0 && (
          <Field label={text.base}>
            {(ids) => (
              <select
                {...ids}
                value={baseName}
                onChange={(event) => setBase(event.target.value)}
                className={`${inputLook} h-8`}
              >
                <option value="">{text.baseNone}</option>
                {cases.map((each) => (
                  <option key={each.name} value={each.name}>
                    {each.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Problem error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={() => onClose()}>{app.cancel}</Button>
          <Button type="submit" look="primary" isDisabled={!isAllowed}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
