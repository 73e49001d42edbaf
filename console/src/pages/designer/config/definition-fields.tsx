import { useState } from "react";
import { setWorkflowField } from "../../../designer/edits/fields.ts";
import { objectOf } from "../../../graph/json.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { Field, inputLook } from "../../../parts/field.tsx";
import { Card } from "../../../parts/layout.tsx";
import { Segments } from "../../../parts/segments.tsx";
import { useConversion } from "../conversion/conversion-context.ts";
import { useDesigner, useDesignerView } from "../use-designer.ts";

/** Documented: CreateStateMachine, the longest time-out in seconds. */
const longestSeconds = 99_999_999;

/** Members of the definition itself: each change is an edit of the text. */
export function DefinitionFields() {
  const { config, conversion } = useDesignerText().code;
  const { store } = useDesigner();
  const { convert } = useConversion();
  const value = useDesignerView((view) => view.document.value);
  const isReadable = useDesignerView((view) => view.document.faults.length === 0);
  const { Comment, QueryLanguage, TimeoutSeconds } = objectOf(value);
  const language = QueryLanguage === "JSONata" ? "JSONata" : "JSONPath";
  const set = (name: string, given: unknown) =>
    store.edit("setField", (document) => setWorkflowField(document, [name], given));
  return (
    <Card title={config.inText}>
      <p className="mb-3 text-xs text-dim">{isReadable ? config.inTextHint : config.unreadable}</p>
      <fieldset disabled={!isReadable} className="flex min-w-0 flex-col gap-4">
        <LateField
          key={`comment ${String(Comment)}`}
          label={config.comment}
          value={typeof Comment === "string" ? Comment : ""}
          isLong
          onTake={(typed) => set("Comment", typed === "" ? undefined : typed)}
        />
        <div>
          <p className="mb-1 text-[13px] font-medium">{config.queryLanguage}</p>
          <div className="flex flex-wrap items-center gap-2">
            <Segments
              label={config.queryLanguage}
              options={(["JSONata", "JSONPath"] as const).map((id) => ({
                id,
                label: id,
              }))}
              selected={language}
              onSelect={(chosen) => set("QueryLanguage", chosen)}
            />
            {language === "JSONPath" && (
              <Button isDisabled={!isReadable} onPress={() => convert()}>
                {conversion.workflow}
              </Button>
            )}
          </div>
          <p className="mt-1 text-xs text-dim">
            {config.languageHint}
            {language === "JSONPath" && ` ${config.jsonataLater}`}
          </p>
        </div>
        <LateField
          key={`timeout ${String(TimeoutSeconds)}`}
          label={config.timeout}
          hint={config.timeoutHint}
          value={typeof TimeoutSeconds === "number" ? String(TimeoutSeconds) : ""}
          mistake={(typed) => (typed === "" || isSeconds(typed) ? undefined : config.timeoutWrong)}
          onTake={(typed) => set("TimeoutSeconds", typed === "" ? undefined : Number(typed))}
        />
      </fieldset>
    </Card>
  );
}

function isSeconds(text: string): boolean {
  return /^[1-9]\d*$/.test(text) && Number(text) <= longestSeconds;
}

/** A text that becomes an edit when it is left, or by Enter: not each letter is a step of the history. */
function LateField({
  label,
  hint,
  value,
  isLong = false,
  mistake = () => undefined,
  onTake,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly isLong?: boolean;
  readonly mistake?: (typed: string) => string | undefined;
  readonly onTake: (typed: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  const wrong = mistake(typed);
  const take = () => {
    if (typed !== value && wrong === undefined) onTake(typed);
  };
  const Control = isLong ? "textarea" : "input";
  return (
    <Field
      label={label}
      hint={wrong === undefined ? hint : <span className="text-fail">{wrong}</span>}
    >
      {(ids) => (
        <Control
          {...ids}
          {...(isLong ? { rows: 2 } : { inputMode: "numeric" as const })}
          aria-invalid={wrong !== undefined}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey) {
              event.preventDefault();
              take();
            }
          }}
          className={`${inputLook} ${isLong ? "py-1.5" : "h-8"}`}
        />
      )}
    </Field>
  );
}
