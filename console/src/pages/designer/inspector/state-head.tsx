import { useState } from "react";
import { isRefused, type RefusalCode } from "../../../designer/edits/edit-result.ts";
import { renameState } from "../../../designer/edits/rename.ts";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { textOf } from "../../../graph/json.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { inputLook } from "../../../parts/field.tsx";
import { useConversion } from "../conversion/conversion-context.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { useInspected } from "./inspected.ts";

/** The name, to be changed wherever it is named; the type, and the language of its expressions. */
export function StateHead() {
  const { inspector: text } = useDesignerText();
  const { state, language, set } = useInspected();
  const { convert } = useConversion();
  const workflowLanguage = useDesignerView((view) => languageIn(view.readable.value));
  return (
    <header className="px-4 pt-3 pb-2">
      <div className="flex items-center gap-2">
        <span className="grid h-8 w-8 shrink-0 place-items-center rounded-md bg-sunken text-dim">
          <StateIcon type={state.type} resource={textOf(state.fields["Resource"])} />
        </span>
        <NameInput key={state.name} />
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2 text-xs text-dim">
        <span className="rounded bg-sunken px-1.5 py-0.5 font-medium">{state.type}</span>
        {workflowLanguage === "JSONata" ? (
          <span className="rounded bg-sunken px-1.5 py-0.5">{language}</span>
        ) : (
          <label className="flex items-center gap-1.5">
            {text.language}
            <select
              value={language}
              title={text.languageHint}
              onChange={(event) =>
                set(["QueryLanguage"], event.target.value === "JSONata" ? "JSONata" : undefined)
              }
              className={`${inputLook} h-6 w-auto! px-1! text-xs!`}
            >
              <option>JSONPath</option>
              <option>JSONata</option>
            </select>
          </label>
        )}
        {language === "JSONPath" && (
          <Button look="quiet" className="h-6! px-1.5! text-xs!" onPress={() => convert(state.key)}>
            {text.convert}
          </Button>
        )}
        {state.scope.holder !== undefined && <span>{text.within(state.scope.holder.name)}</span>}
      </div>
    </header>
  );
}

function languageIn(definition: unknown): unknown {
  return (definition as { readonly QueryLanguage?: unknown } | undefined)?.QueryLanguage;
}

function NameInput() {
  const { inspector: text } = useDesignerText();
  const { store } = useDesigner();
  const { state } = useInspected();
  const [name, setName] = useState(state.name);
  const [refused, setRefused] = useState<RefusalCode>();
  const rename = () => {
    if (name === state.name) return;
    const result = store.edit("rename", (document) => renameState(document, state.key, name));
    if (isRefused(result)) setRefused(result.refused);
  };
  const reason =
    refused === "nameTaken" || refused === "nameEmpty" || refused === "nameTooLong"
      ? text.nameRefused[refused]
      : refused === undefined
        ? undefined
        : text.notRenamed;
  return (
    <div className="min-w-0 grow">
      <input
        aria-label={text.name}
        aria-invalid={reason !== undefined}
        value={name}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setRefused(undefined);
          setName(event.target.value);
        }}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === "Enter") rename();
          if (event.key === "Escape") {
            setName(state.name);
            setRefused(undefined);
          }
        }}
        className={`${inputLook} h-8 border-transparent! bg-transparent! px-1.5! text-[15px]! font-semibold hover:border-line! focus:bg-sunken!`}
      />
      {reason !== undefined && (
        <p role="alert" className="px-1.5 text-xs text-fail">
          {reason}
        </p>
      )}
    </div>
  );
}
