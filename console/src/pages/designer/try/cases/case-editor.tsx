import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useText } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Field, inputLook, Problem } from "../../../../parts/field.tsx";
import { JsonEditor } from "../../../../parts/json-editor.tsx";
import { caseDraft, caseOfDraft, mistakeIn, type CaseDraft } from "./case-draft.ts";
import { MocksEditor } from "./mocks-editor.tsx";

const statuses = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;

/** A case: its input, the answers of its calls, and what it should come to. */
export function CaseEditor({
  testCase,
  taken,
  onSave,
  onCancel,
}: {
  readonly testCase: TestCase;
  /** The names of the others. */
  readonly taken: readonly string[];
  readonly onSave: (testCase: TestCase) => Promise<void>;
  readonly onCancel: () => void;
}) {
  const texts = useDesignerText().trying;
  const text = texts.cases;
  const [draft, setDraft] = useState(() => caseDraft(testCase));
  const change = (part: Partial<CaseDraft>) => setDraft({ ...draft, ...part });
  const mistake = mistakeIn(draft, taken);
  const save = useMutation({ mutationFn: () => onSave(caseOfDraft(draft)) });
  const said = mistake === undefined ? "" : mistake === "notJson" ? texts.notJson : text[mistake];
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (mistake === undefined && !save.isPending) save.mutate();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label={text.name} className="grow">
          {(ids) => (
            <input
              {...ids}
              maxLength={80}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
              className={`${inputLook} h-8`}
            />
          )}
        </Field>
        <Button onPress={onCancel}>{text.cancel}</Button>
        <Button type="submit" look="primary" isDisabled={mistake !== undefined || save.isPending}>
          {text.save}
        </Button>
      </div>
      <p role="status" className="text-xs text-wait empty:hidden">
        {said}
      </p>
      <Problem error={save.error} />
      <div className="grid gap-x-4 gap-y-3 xl:grid-cols-3">
        <JsonEditor
          label={text.input}
          rows={8}
          value={draft.input}
          onChange={(input) => change({ input })}
        />
        <div className="min-w-0">
          <p className="mb-1 flex min-h-6 items-center text-[13px] font-medium">{text.mocks}</p>
          <MocksEditor mocks={draft.mocks} onChange={(mocks) => change({ mocks })} />
        </div>
        <ExpectationFields draft={draft} onChange={change} />
      </div>
    </form>
  );
}

function ExpectationFields({
  draft,
  onChange,
}: {
  readonly draft: CaseDraft;
  readonly onChange: (part: Partial<CaseDraft>) => void;
}) {
  const text = useDesignerText().trying.cases;
  const status = useText().status;
  const area = (name: "output" | "path", rows: number, hint: string) => (
    <Field label={text[name]} hint={hint}>
      {(ids) => (
        <textarea
          {...ids}
          rows={rows}
          spellCheck={false}
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
          className={`${inputLook} block resize-y py-2 font-mono text-xs!`}
        />
      )}
    </Field>
  );
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="sr-only">{text.expectation}</legend>
      <Field label={text.status}>
        {(ids) => (
          <select
            {...ids}
            value={draft.status}
            onChange={({ target }) =>
              onChange({ status: statuses.find((each) => each === target.value) ?? "" })
            }
            className={`${inputLook} h-8`}
          >
            <option value="">{text.anyStatus}</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {status[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {area("output", 4, text.outputHint)}
      <Field label={text.error}>
        {(ids) => (
          <input
            {...ids}
            spellCheck={false}
            value={draft.error}
            onChange={(event) => onChange({ error: event.target.value })}
            className={`${inputLook} h-8`}
          />
        )}
      </Field>
      {area("path", 4, text.pathHint)}
    </fieldset>
  );
}
